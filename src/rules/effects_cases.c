/* Effects of cases, self-checks and mechanisms: whether a case is made or grows, reckoned again whenever what it stands on changes;
   self-checks asked of other units; whether a mechanism works. */
#include <string.h>

#include "rules/definitions_rates.h"
#include "rules/effects.h"

enum { TITLE_MOST = 160 };

static enum store_error row_find(struct decision *decision, enum record_id type, int64_t id, struct row **row) {
  *row = NULL;
  if (id == NOTHING) return STORE_OK;
  enum store_error error = reader_get(decision->set->reader, record_type(type), &SCOPE_SYSTEM, id, decision->set->scratch, row);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* ---- made or growing ---- */

static enum store_error self_checks_count(struct decision *decision, struct row *of) {
  struct value case_is = value_integer(SELF_CHECK_CASE, of->id);
  struct condition condition = {.field = SELF_CHECK_CASE, .how = C_IS, .values = &case_is, .count = 1};
  struct query query = {.type = record_type(RECORD_SELF_CHECK), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct row **rows = NULL;
  size_t count = 0;
  int64_t asked = 0, answered = 0, found = 0;
  enum store_error error = decision->before ? set_rows(decision->set, &query, &rows, &count) : STORE_OK;
  for (size_t i = 0; i < count; i++) {
    bool answers = rows[i]->state == SELF_CHECK_ANSWERED;
    asked += rows[i]->state != SELF_CHECK_CANCELLED;
    answered += answers;
    found += answers && row_integer(rows[i], SELF_CHECK_FOUND) == FOUND_SAME;
  }
  row_set_integer(of, CASE_ASKED, asked);
  row_set_integer(of, CASE_CHECKED, answered);
  row_set_integer(of, CASE_FOUND, found);
  return error;
}

/* One that is in force now. */
static enum store_error mechanism_stands(struct decision *decision, const struct row *of, bool *stands) {
  const struct value *mechanisms = row_value(of, CASE_MECHANISMS);
  enum store_error error = STORE_OK;
  *stands = false;
  for (size_t i = 0; mechanisms->kind == VALUE_MANY && i < mechanisms->count && !*stands && error == STORE_OK; i++) {
    struct row *mechanism = NULL;
    error = row_find(decision, RECORD_MECHANISM, mechanisms->many[i], &mechanism);
    *stands = mechanism && !mechanism->voided && mechanism->state == MECHANISM_IN_FORCE;
  }
  return error;
}

static bool improves(int64_t before, int64_t after, int64_t direction) {
  return before != NOTHING && after != NOTHING && (direction == DIRECTION_UP ? after > before : after < before);
}

/* Two figures of the case itself, or an indicator that has moved from its base towards its goal. */
static enum store_error effect_shows(struct decision *decision, const struct row *of, bool *shows) {
  struct row *indicator = NULL;
  enum store_error error = row_find(decision, RECORD_INDICATOR, row_integer(of, CASE_INDICATOR), &indicator);
  bool own = row_text(of, CASE_EFFECT) && row_integer(of, CASE_EFFECT_ON) != NOTHING;
  *shows = own && improves(row_integer(of, CASE_EFFECT_BEFORE), row_integer(of, CASE_EFFECT_AFTER), row_integer(of, CASE_DIRECTION));
  if (indicator && !indicator->voided)
    *shows = *shows || improves(row_integer(indicator, INDICATOR_BASE), row_integer(indicator, INDICATOR_LATEST),
                                row_integer(indicator, INDICATOR_DIRECTION));
  return error;
}

enum store_error effect_case_growth(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  struct case_facts facts = {.cause = row_text(after, CASE_CAUSE) != NULL};
  enum store_error error = self_checks_count(decision, after);
  (void)arrow;
  facts.self_checked = row_integer(after, CASE_CHECKED) > 0;
  if (error == STORE_OK) error = mechanism_stands(decision, after, &facts.mechanism);
  if (error == STORE_OK) error = effect_shows(decision, after, &facts.effect);
  if (error != STORE_OK) return error;
  bool made = case_made(&facts);
  int64_t lacks = (facts.cause ? 0 : 1 << LACKS_CAUSE) | (facts.self_checked ? 0 : 1 << LACKS_SELF_CHECK) | (facts.mechanism ? 0 : 1 << LACKS_MECHANISM) | (facts.effect ? 0 : 1 << LACKS_EFFECT);
  row_set_integer(after, CASE_GROWTH, made ? CASE_MADE : CASE_GROWING);
  row_set_integer(after, CASE_LACKS, lacks ? lacks : NOTHING);
  if (!made) row_set_integer(after, CASE_MADE_ON, NOTHING);
  else if (row_integer(after, CASE_MADE_ON) == NOTHING) row_set_integer(after, CASE_MADE_ON, decision_date(decision));
  return STORE_OK;
}

/* ---- what a case stands on has changed ---- */

static enum store_error cases_regrow(struct decision *decision, uint16_t field, int64_t id) {
  struct value of = value_integer(field, id);
  struct condition condition = {.field = field, .how = field == CASE_MECHANISMS ? C_HAS : C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_CASE), .conditions = &condition, .condition_count = 1, .expected = 0};
  struct row **rows = NULL;
  size_t count = 0;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  for (size_t i = 0; i < count && error == STORE_OK; i++)
    if (rows[i]->state != CASE_WITHDRAWN) effect_change(decision, RECORD_CASE, rows[i]->id, ACTION_REGROW, NULL, 0, NULL);
  return error;
}

enum store_error effect_cases_follow(struct decision *decision, const struct transition *arrow) {
  const struct row *after = decision->after;
  struct row *of = NULL;
  (void)arrow;
  if (decision->type->id == RECORD_MECHANISM) return cases_regrow(decision, CASE_MECHANISMS, after->id);
  if (decision->type->id == RECORD_INDICATOR_VALUE) return cases_regrow(decision, CASE_INDICATOR, row_integer(after, INDICATOR_VALUE_INDICATOR));
  enum store_error error = row_find(decision, RECORD_CASE, row_integer(after, SELF_CHECK_CASE), &of);
  if (error == STORE_OK && of && of->state != CASE_WITHDRAWN) effect_change(decision, RECORD_CASE, of->id, ACTION_REGROW, NULL, 0, NULL);
  return error;
}

/* ---- self-checks ---- */

enum store_error effect_self_check_open(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after, *of = NULL;
  struct arena *scratch = decision->set->scratch;
  enum store_error error = row_find(decision, RECORD_CASE, row_integer(after, SELF_CHECK_CASE), &of);
  (void)arrow;
  if (error != STORE_OK || !of) return error;
  row_set_text(after, SELF_CHECK_TITLE, effect_one_line(scratch, row_text(of, CASE_TITLE), TITLE_MOST));
  row_set_integer(after, SELF_CHECK_CASE_UNIT, row_integer(of, CASE_UNIT));
  row_set_integer(after, SELF_CHECK_CAMPAIGN, row_integer(of, CASE_CAMPAIGN));
  row_set_integer(after, SELF_CHECK_SECRECY, row_integer(of, CASE_SECRECY));
  row_set_text(after, SELF_CHECK_KEY, arena_print(scratch, "%lld:%lld", (long long)of->id, (long long)row_integer(after, SELF_CHECK_UNIT)));
  return STORE_OK;
}

static bool among(const struct value *many, int64_t id) {
  for (size_t i = 0; many->kind == VALUE_MANY && i < many->count; i++)
    if (many->many[i] == id) return true;
  return false;
}

/* One for each unit that was not asked before; the field keeps all units that ever were. */
enum store_error effect_self_checks_ask(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  const struct value *given = row_value(after, CASE_ASKED_UNITS), *before = row_value(decision->before, CASE_ASKED_UNITS);
  size_t old = before->kind == VALUE_MANY ? before->count : 0, count = old;
  (void)arrow;
  if (given->kind != VALUE_MANY) return STORE_OK;
  int64_t *all = ARENA_ARRAY(decision->set->scratch, int64_t, old + given->count + 1);
  if (old) memcpy(all, before->many, old * sizeof *all);
  for (size_t i = 0; i < given->count; i++) {
    struct value values[] = {value_integer(SELF_CHECK_CASE, after->id), value_integer(SELF_CHECK_UNIT, given->many[i]), value_integer(SELF_CHECK_DUE, row_integer(after, CASE_CHECK_DUE))};
    if (among(before, given->many[i])) continue;
    all[count++] = given->many[i];
    effect_change(decision, RECORD_SELF_CHECK, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  }
  struct value value = value_many(CASE_ASKED_UNITS, all, count);
  row_set(after, &value);
  return STORE_OK;
}

/* ---- does a mechanism work: by the appeals that were counted ---- */

enum store_error effect_measured(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  struct policy policy;
  int64_t before = row_integer(after, MECHANISM_APPEALS_BEFORE), campaign = row_integer(after, MECHANISM_CAMPAIGN);
  enum store_error error = policy_for(decision->set->reader, campaign == NOTHING ? 0 : campaign, decision->set->context->now, decision->set->scratch, &policy);
  struct mechanism_facts facts = {row_integer(after, MECHANISM_MONTHS), before == NOTHING ? 0 : before, row_integer(after, MECHANISM_APPEALS_AFTER)};
  (void)arrow;
  if (error != STORE_OK) return error;
  row_set_integer(after, MECHANISM_WORKS, mechanism_works(&facts, &policy));
  row_set_integer(after, MECHANISM_MEASURED_ON, decision->set->today);
  return STORE_OK;
}
