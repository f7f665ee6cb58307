/* Effects of checks: the record that a draw makes, what a verdict brings about, and what becomes of a check whose problem is re-opened. A
   check says of itself what it was drawn from; the problem keeps the marks of its running cycle. */
#include "rules/effects.h"

enum { TITLE_MOST = 120, WORDS_MOST = 300 };

static enum store_error problem_read(struct decision *decision, int64_t id, struct row **problem) {
  enum store_error error = reader_get(decision->set->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, id, decision->set->scratch,
                                      problem);
  return error == STORE_ABSENT ? STORE_BROKEN : error;
}

/* ---- the draw ---- */

/* The ordinal of this application in its campaign and route: what a draw is made from. A cycle has one on a route, however often it is
   applied for. */
static enum store_error application_number(struct decision *decision) {
  struct row *after = decision->after;
  struct value campaign = value_integer(PROBLEM_CAMPAIGN, row_integer(after, PROBLEM_CAMPAIGN)),
               route = value_integer(PROBLEM_ROUTE, row_integer(after, PROBLEM_ROUTE)), none = value_integer(PROBLEM_APPLICATION, 1);
  struct condition conditions[] = {{.field = PROBLEM_CAMPAIGN, .how = C_IS, .values = &campaign, .count = 1},
                                   {.field = PROBLEM_ROUTE, .how = C_IS, .values = &route, .count = 1},
                                   {.field = PROBLEM_APPLICATION, .how = C_AT_LEAST, .values = &none, .count = 1}};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = conditions,
                        .condition_count = 3,
                        .sort = PROBLEM_APPLICATION,
                        .descending = true,
                        .limit = 1,
                        .with_voided = true,
                        .expected = 1};
  struct row **rows = NULL;
  size_t count = 0;
  if (row_integer(after, PROBLEM_APPLICATION) != NOTHING && route.integer == row_integer(decision->before, PROBLEM_ROUTE)) return STORE_OK;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  if (error == STORE_OK) row_set_integer(after, PROBLEM_APPLICATION, count ? row_integer(rows[0], PROBLEM_APPLICATION) + 1 : 1);
  return error;
}

/* The drawn check of this cycle: the one that waits, else the last; *check NULL: it was never drawn, or before checks were records. */
static enum store_error drawn_find(struct decision *decision, const struct row *problem, const struct row **check) {
  struct value of = value_integer(CHECK_PROBLEM, problem->id);
  struct condition condition = {.field = CHECK_PROBLEM, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_CHECK), .conditions = &condition, .condition_count = 1, .expected = 0};
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  *check = NULL;
  for (size_t i = 0; i < count; i++) {
    bool this = row_integer(rows[i], CHECK_KIND) == CHECK_DRAWN && row_integer(rows[i], CHECK_CYCLE) == row_integer(problem, PROBLEM_CYCLE);
    if (this && !(*check && (*check)->state == CHECK_WAITING)) *check = rows[i];
  }
  return error;
}
static bool waits(const struct row *check) { return check && check->state == CHECK_WAITING; }

static int64_t route_of(const struct row *problem) {
  int64_t route = row_integer(problem, PROBLEM_ROUTE);
  return route < ROUTE_A || route > ROUTE_C ? ROUTE_A : route;
}

enum store_error check_draw(struct decision *decision, bool drawn) {
  const struct row *after = decision->after, *check = NULL;
  enum store_error error = application_number(decision);
  if (error == STORE_OK && drawn) error = drawn_find(decision, after, &check);
  if (error != STORE_OK || !drawn || waits(check)) return error;
  struct value values[] = {value_integer(CHECK_PROBLEM, after->id), value_integer(CHECK_KIND, CHECK_DRAWN), value_integer(CHECK_POPULATION, row_integer(after, PROBLEM_APPLICATION)),
                           value_integer(CHECK_SHARE, decision->policy->draw[route_of(after)]), value_text(CHECK_SEED, decision->policy->draw_seed)};
  effect_change(decision, RECORD_CHECK, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  return STORE_OK;
}

/* ---- the record ---- */

static const struct { uint16_t from, to; } CARRIED[] = {
  {PROBLEM_CYCLE, CHECK_CYCLE}, {PROBLEM_ROUTE, CHECK_ROUTE}, {PROBLEM_LEAD_UNIT, CHECK_UNIT}, {PROBLEM_CAMPAIGN, CHECK_CAMPAIGN}, {PROBLEM_CATEGORY, CHECK_CATEGORY},
  {PROBLEM_SOURCE, CHECK_SOURCE}, {PROBLEM_KIND, CHECK_PROBLEM_KIND}, {PROBLEM_LEVEL, CHECK_LEVEL}, {PROBLEM_SECRECY, CHECK_SECRECY}};

enum store_error effect_check_open(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after, *problem = NULL;
  struct arena *scratch = decision->set->scratch;
  enum store_error error = problem_read(decision, row_integer(after, CHECK_PROBLEM), &problem);
  if (error != STORE_OK) return error;
  (void)arrow;
  const char *number = row_text(problem, PROBLEM_NUMBER), *title = effect_one_line(scratch, row_text(problem, PROBLEM_TITLE), TITLE_MOST);
  row_set_text(after, CHECK_TITLE, arena_print(scratch, "%s%s%s", number ? number : "", number ? " " : "", title ? title : ""));
  for (size_t i = 0; i < sizeof CARRIED / sizeof *CARRIED; i++) row_set_integer(after, CARRIED[i].to, row_integer(problem, CARRIED[i].from));
  if (row_integer(after, CHECK_KIND) == NOTHING) row_set_integer(after, CHECK_KIND, CHECK_LOOK_BACK);
  if (row_integer(after, CHECK_DRAWN_ON) == NOTHING) row_set_integer(after, CHECK_DRAWN_ON, decision_date(decision));
  return STORE_OK;
}

/* ---- passed where the problem stands: at its acceptance, or when its sample is checked ---- */

/* What was drawn before checks were records has its check from now on. */
static enum store_error sample_passes(struct decision *decision) {
  const struct row *after = decision->after, *check = NULL;
  int64_t visited = row_integer(after, PROBLEM_VISITED_ON), user = decision->authority->user;
  enum store_error error = drawn_find(decision, after, &check);
  struct value values[] = {value_integer(CHECK_CHECKED_ON, visited == NOTHING ? decision_date(decision) : visited),
                           value_text(CHECK_PLACE, row_text(after, PROBLEM_VISIT_PLACE)),
                           value_integer(CHECK_CHECKER, user ? user : NOTHING),
                           value_integer(CHECK_PROBLEM, after->id),
                           value_integer(CHECK_KIND, CHECK_DRAWN),
                           value_integer(CHECK_DRAWN_ON, row_integer(after, PROBLEM_DRAWN_ON)),
                           value_text(CHECK_SEED, row_text(after, PROBLEM_DRAWN_SEED))};
  if (error == STORE_OK && (!check || waits(check)))
    effect_change(decision, RECORD_CHECK, check ? check->id : 0, ACTION_CHECK_SAMPLE, values, check ? 3 : sizeof values / sizeof *values,
                  NULL);
  return error;
}

enum store_error effect_sample_checked(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  row_set_integer(decision->after, PROBLEM_CHECKED_ON, decision_date(decision));
  return sample_passes(decision);
}

/* A B that was drawn is seen on site before it is accepted. */
enum store_error effect_checked(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  if (decision->passing || row_integer(decision->after, PROBLEM_DRAWN_ON) == NOTHING || row_integer(decision->after, PROBLEM_ON_SITE) != 1) return STORE_OK;
  row_set_integer(decision->after, PROBLEM_CHECKED_ON, decision_date(decision));
  return sample_passes(decision);
}

/* ---- the verdict ---- */

static bool on_its_way(const struct row *problem) {
  return problem->state == PROBLEM_ENDORSED || problem->state == PROBLEM_ACCEPTED || problem->state == PROBLEM_PUBLICISED;
}

static enum store_error failed(struct decision *decision, const struct row *problem) {
  struct arena *scratch = decision->set->scratch;
  const char *found = effect_one_line(scratch, row_text(decision->after, CHECK_FINDINGS), WORDS_MOST);
  const char *why = arena_print(scratch, "抽查不合格:%s", found ? found : "-");
  bool closed = problem->state == PROBLEM_CLOSED || problem->state == PROBLEM_SETTLED, way = on_its_way(problem);
  struct value more = value_text(PROBLEM_ASKED_MORE, why);
  int64_t times = row_integer(problem, PROBLEM_FAILED_CHECKS);
  enum store_error error = STORE_OK;
  row_set_integer(decision->after, CHECK_CONSEQUENCE, closed ? CONSEQUENCE_REOPENED : way ? CONSEQUENCE_SENT_BACK : CONSEQUENCE_NONE);
  if (closed) error = effect_reopens(decision, problem, false, why);
  else if (way) effect_change(decision, RECORD_PROBLEM, problem->id, ACTION_SEND_BACK, &more, 1, why);
  struct value marks[] = {value_integer(PROBLEM_FAILED_CHECKS, closed || times == NOTHING ? 1 : times + 1),
                          value_integer(PROBLEM_FAILED_CHECK_ON, decision_date(decision)),
                          value_integer(PROBLEM_FAILED_CHECK_WEIGHT, closed ? 0 : row_integer(problem, PROBLEM_PROGRESS))};
  if (error == STORE_OK) effect_change(decision, RECORD_PROBLEM, problem->id, ACTION_EDIT, marks, sizeof marks / sizeof *marks, NULL);
  return error;
}

enum store_error effect_check_verdict(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after, *problem = NULL;
  enum store_error error = problem_read(decision, row_integer(after, CHECK_PROBLEM), &problem);
  if (error != STORE_OK) return error;
  if (decision->authority->user) row_set_integer(after, CHECK_CHECKER, decision->authority->user);
  if (arrow->to == CHECK_FAILED) return failed(decision, problem);
  struct value checked = value_integer(PROBLEM_CHECKED_ON, row_integer(after, CHECK_CHECKED_ON));
  bool this_cycle = row_integer(after, CHECK_CYCLE) == row_integer(problem, PROBLEM_CYCLE);
  if (row_integer(after, CHECK_KIND) == CHECK_DRAWN && this_cycle) effect_change(decision, RECORD_PROBLEM, problem->id, ACTION_EDIT, &checked, 1, NULL);
  return STORE_OK;
}

/* ---- re-opened before it was checked: there is nothing to look at any more ---- */

enum store_error effect_checks_end(struct decision *decision, const struct transition *arrow) {
  struct value of = value_integer(CHECK_PROBLEM, decision->after->id), waiting = value_integer(FIELD_STATE, CHECK_WAITING);
  struct condition conditions[] = {{.field = CHECK_PROBLEM, .how = C_IS, .values = &of, .count = 1}, {.field = FIELD_STATE, .how = C_IS, .values = &waiting, .count = 1}};
  struct query query = {.type = record_type(RECORD_CHECK), .conditions = conditions, .condition_count = 2, .expected = 0};
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  (void)arrow;
  for (size_t i = 0; i < count && error == STORE_OK; i++) effect_change(decision, RECORD_CHECK, rows[i]->id, ACTION_DROP, NULL, 0, "核查前已重开");
  return error;
}
