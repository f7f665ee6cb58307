/* The clocks of an appeal (appeal_clock.h): rows in and out, moments, lateness. */
#include "rules/appeal_clock.h"

#include "rules/policy_rows.h"

#define HOUR (INT64_C(3600) * MOMENT_SECOND)

/* ---- rows ---- */

/* 山东省热线办理要求:5 个工作日,复杂的一般不超过 10 个工作日;某地红黄灯:1 个工作日签收并主动联系;信访工作条例(2022):15 日告知,60 日办结,可延 30 日. */
void appeal_clocks_default(struct policy *policy) {
  policy->appeal_clocks[0] = (struct appeal_clock_rule){0, 0, 1, COUNT_WORKING, 5, COUNT_WORKING, 10, COUNT_WORKING};
  policy->appeal_clocks[1] = (struct appeal_clock_rule){ORIGIN_PETITION, 0, 15, COUNT_NATURAL, 60, COUNT_NATURAL, 90, COUNT_NATURAL};
  policy->appeal_clock_count = 2;
}

static const struct choice origins[] = {
  {ORIGIN_HOTLINE, "hotline"}, {ORIGIN_PETITION, "petition"}, {ORIGIN_ONLINE, "online"}, {ORIGIN_VISIT, "visit"}, {ORIGIN_OTHER, "other"}, {0}};
static const struct choice kinds[] = {
  {APPEAL_KIND_CONSULTATION, "consultation"}, {APPEAL_KIND_HELP, "help"}, {APPEAL_KIND_COMPLAINT, "complaint"}, {APPEAL_KIND_REPORT, "report"}, {APPEAL_KIND_SUGGESTION, "suggestion"}, {0}};
static const struct choice counts[] = {{COUNT_NATURAL, "natural"}, {COUNT_WORKING, "working"}, {COUNT_HOURS, "hours"}, {0}};
static const struct row_member members[] = {
  {"origin", origins, 0, 0, offsetof(struct appeal_clock_rule, origin), false}, {"kind", kinds, 0, 0, offsetof(struct appeal_clock_rule, kind), false},
  {"contact", NULL, 1, 4000, offsetof(struct appeal_clock_rule, contact), false}, {"contact_in", counts, 0, 0, offsetof(struct appeal_clock_rule, contact_in), false},
  {"answer", NULL, 1, 4000, offsetof(struct appeal_clock_rule, answer), true}, {"answer_in", counts, 0, 0, offsetof(struct appeal_clock_rule, answer_in), false},
  {"solve", NULL, 1, 4000, offsetof(struct appeal_clock_rule, solve), false}, {"solve_in", counts, 0, 0, offsetof(struct appeal_clock_rule, solve_in), false}};
static const struct row_form form = {members, sizeof members / sizeof *members, sizeof(struct appeal_clock_rule),
                                     "[{\"kind\":\"consultation\",\"contact\":4,\"contact_in\":\"hours\",\"answer\":2,\"answer_in\":\"working\",\"solve\":5}]"};

bool appeal_clocks_parse(const char *json, struct appeal_clock_rule *rules, size_t most, size_t *count, struct arena *arena,
                         struct label *problem) {
  if (!policy_rows_parse(&form, json, rules, most, count, arena, problem)) return false;
  for (size_t i = 0; i < *count; i++)
    for (size_t k = 0; k < i; k++) {
      if (rules[i].origin != rules[k].origin || rules[i].kind != rules[k].kind) continue;
      *count = 0;
      return policy_row_wrong(arena, problem, i + 1, label_print(arena, "与第 %zu 行的渠道和类型相同", "the same origin and kind as row %zu", k + 1));
    }
  return true;
}

static int weight(const struct appeal_clock_rule *rule) { return (rule->origin ? 2 : 0) + (rule->kind ? 1 : 0); }

const struct appeal_clock_rule *appeal_clock_rule(const struct policy *policy, int64_t origin, int64_t kind) {
  const struct appeal_clock_rule *best = NULL;
  for (size_t i = 0; i < policy->appeal_clock_count; i++) {
    const struct appeal_clock_rule *rule = &policy->appeal_clocks[i];
    bool fits = (!rule->origin || rule->origin == origin) && (!rule->kind || rule->kind == kind);
    if (fits && (!best || weight(rule) > weight(best))) best = rule;
  }
  return best;
}

/* ---- moments ---- */

static int64_t end_of(int64_t date) { return moment_of_date(date + 1) - MOMENT_SECOND; }

/* Days end with their last day, which natural days move to a working one (期限末日遇节假日顺延); hours are counted from the very moment. */
static int64_t until(const struct calendar *calendar, int64_t from, int64_t number, int64_t in, int64_t *basis) {
  *basis = DUE_BASIS_CALENDAR;
  if (from == NOTHING || !number) return NOTHING;
  if (in == COUNT_HOURS) return from + number * HOUR;
  if (in == COUNT_NATURAL) return end_of(calendar_add_natural_days(calendar, date_of_moment(from), number, basis));
  return end_of(calendar_add_working_days(calendar, date_of_moment(from), number, basis));
}

struct appeal_clocks appeal_clocks_of(const struct row *appeal, const struct policy *policy, const struct calendar *calendar) {
  const struct appeal_clock_rule *rule = appeal_clock_rule(policy, row_integer(appeal, APPEAL_ORIGIN), row_integer(appeal, APPEAL_KIND));
  struct appeal_clocks clocks = {NOTHING, NOTHING, NOTHING, DUE_BASIS_CALENDAR};
  int64_t made = row_integer(appeal, APPEAL_MADE_AT), other;
  if (!rule) return clocks;
  clocks.contact = until(calendar, row_integer(appeal, APPEAL_ASSIGNED_ON), rule->contact, rule->contact_in, &other);
  clocks.solve = until(calendar, made, rule->solve, rule->solve_in, &other);
  clocks.answer = until(calendar, made, rule->answer, rule->answer_in, &clocks.basis);
  return clocks;
}

/* ---- judging ---- */

static bool appeal_open(state_code state) {
  return state == APPEAL_RECEIVED || state == APPEAL_ASSIGNED || state == APPEAL_CONTACTED || state == APPEAL_DISPUTED ||
         state == APPEAL_JOINED;
}
bool appeal_answered(state_code state) { return state == APPEAL_ANSWERED || state == APPEAL_CALL_BACK_DUE || state == APPEAL_CLOSED; }

/* The day that a person, a file or another rule gave stays; one that nobody gave follows the policy and the calendar. */
static void clocks_write(const struct row *before, struct row *after, const struct policy *policy, const struct calendar *calendar) {
  struct appeal_clocks clocks = appeal_clocks_of(after, policy, calendar);
  int64_t due = row_integer(after, APPEAL_DUE), basis = row_integer(after, APPEAL_DUE_BASIS),
          due_before = before ? row_integer(before, APPEAL_DUE) : NOTHING;
  bool given = due != NOTHING && due != due_before && basis == (before ? row_integer(before, APPEAL_DUE_BASIS) : NOTHING);
  if (given) row_set_integer(after, APPEAL_DUE_BASIS, basis = DUE_BASIS_GIVEN);
  if (due == NOTHING || basis != DUE_BASIS_GIVEN) {
    due = clocks.answer == NOTHING ? NOTHING : date_of_moment(clocks.answer);
    row_set_integer(after, APPEAL_DUE, due);
    row_set_integer(after, APPEAL_DUE_BASIS, due == NOTHING ? NOTHING : clocks.basis);
  } else clocks.answer = end_of(due);
  row_set_integer(after, APPEAL_ANSWER_DUE, clocks.answer);
  row_set_integer(after, APPEAL_CONTACT_DUE, clocks.contact);
  row_set_integer(after, APPEAL_SOLVE_DUE, clocks.solve);
}

static int64_t earlier(int64_t one, int64_t other) {
  if (one == NOTHING) return other;
  return other == NOTHING || one < other ? one : other;
}

/* The next clock that still runs. What was answered once and came back is to be solved. */
static int64_t running(const struct row *row) {
  bool contacting = row->state == APPEAL_ASSIGNED || row->state == APPEAL_DISPUTED;
  int64_t answer = row_integer(row, APPEAL_ANSWERED_ON) == NOTHING ? row_integer(row, APPEAL_ANSWER_DUE) : NOTHING;
  int64_t contact = contacting && row_integer(row, APPEAL_CONTACTED_ON) == NOTHING ? row_integer(row, APPEAL_CONTACT_DUE) : NOTHING;
  return earlier(earlier(contact, answer), row_integer(row, APPEAL_SOLVE_DUE));
}

static void judge_open(struct row *after, const struct policy *policy, int64_t now) {
  int64_t end = running(after), soon = end == NOTHING ? NOTHING : end - policy->appeal_soon_hours * HOUR;
  int64_t lateness = end == NOTHING ? NOTHING : now > end ? LATENESS_LATE : now >= soon ? LATENESS_DUE_SOON : LATENESS_IN_TIME;
  row_set_integer(after, APPEAL_LATENESS, lateness);
  row_set_integer(after, APPEAL_CLOCK_NEXT, lateness == LATENESS_IN_TIME ? soon : lateness == LATENESS_DUE_SOON ? end + 1 : NOTHING);
}

/* Said once, when it is answered: the first answer is held against the answer's clock, one after re-opening against the solution's. */
static void judge_answered(const struct row *before, struct row *after, const struct policy *policy, int64_t happened) {
  bool now_answered = before && !appeal_answered(before->state);
  bool again = before && row_integer(before, APPEAL_ANSWERED_ON) != NOTHING;
  int64_t answered = row_integer(after, APPEAL_ANSWERED_ON),
          end = row_integer(after, again && now_answered ? APPEAL_SOLVE_DUE : APPEAL_ANSWER_DUE);
  if (end != NOTHING && (now_answered || row_integer(after, APPEAL_LATENESS) == NOTHING)) {
    bool late = now_answered ? happened > end : answered != NOTHING && answered > date_of_moment(end);
    row_set_integer(after, APPEAL_LATENESS, late ? LATENESS_DONE_LATE : LATENESS_DONE_IN_TIME);
  }
  row_set_integer(after, APPEAL_CLOCK_NEXT,
                  after->state == APPEAL_ANSWERED && answered != NOTHING ? moment_of_date(answered + policy->call_back_days) : NOTHING);
}

void appeal_judge(const struct row *before, struct row *after, const struct policy *policy, const struct calendar *calendar, int64_t now,
                  int64_t happened) {
  bool timeless = after->voided || row_integer(after, APPEAL_HISTORIC) == 1 || after->state == APPEAL_DISMISSED; /* historic: no clock */
  if (timeless) {
    row_set_integer(after, APPEAL_LATENESS, NOTHING);
    row_set_integer(after, APPEAL_CLOCK_NEXT, NOTHING);
    return;
  }
  if (appeal_open(after->state) || (before && appeal_open(before->state))) clocks_write(before, after, policy, calendar);
  if (appeal_open(after->state)) judge_open(after, policy, now);
  else judge_answered(before, after, policy, happened);
}
