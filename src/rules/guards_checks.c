/* Guards of checks, cases and self-checks. Pure: facts in, a sentence out; no text means that the guard holds. */
#include "rules/guards.h"

/* ---- checks ---- */

enum store_error fact_checks_waiting(struct decision *decision, struct guard_facts *facts) {
  struct value of = value_integer(CHECK_PROBLEM, row_integer(decision->after, CHECK_PROBLEM)), waiting = value_integer(FIELD_STATE, CHECK_WAITING);
  struct condition conditions[] = {{.field = CHECK_PROBLEM, .how = C_IS, .values = &of, .count = 1}, {.field = FIELD_STATE, .how = C_IS, .values = &waiting, .count = 1}};
  struct query query = {.type = record_type(RECORD_CHECK), .conditions = conditions, .condition_count = 2, .expected = 0};
  enum store_error error = reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &facts->checks_waiting);
  return error == STORE_OK ? fact_row(decision, RECORD_PROBLEM, of.integer, &facts->problem) : error;
}

/* The draw is the program's; people look back at what is closed, one look at a time. */
struct label guard_check_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *problem = facts->problem;
  (void)arena;
  *field = CHECK_PROBLEM;
  if (facts->system || !problem) return HOLDS;
  if (problem->state != PROBLEM_CLOSED && problem->state != PROBLEM_SETTLED)
    return (struct label){"只对已销号的问题发起回头看", "a look-back is of a problem that is closed"};
  if (row_integer(problem, PROBLEM_SECRECY) == SECRECY_PLACEHOLDER)
    return (struct label){"离线涉密占位的核查在线下办理", "an off-line placeholder is checked off-line"};
  return facts->checks_waiting ? (struct label){"这个问题已有待核查的抽查或回头看", "a check of this problem waits already"} : HOLDS;
}

struct label guard_check_seen(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t on = row_integer(facts->after, CHECK_CHECKED_ON), drawn = row_integer(facts->after, CHECK_DRAWN_ON);
  *field = CHECK_CHECKED_ON;
  if (on == NOTHING) return HOLDS; /* the form asks it */
  if (on > facts->today)
    return label_print(arena, "核查日期不能晚于今天(%s)", "the day of the check cannot be after today (%s)",
                       date_print(arena, facts->today));
  if (drawn != NOTHING && on < drawn)
    return label_print(arena, "核查日期不能早于抽中(发起)之日(%s)", "the day of the check cannot be before it was drawn (%s)",
                       date_print(arena, drawn));
  return HOLDS;
}

/* ---- cases ---- */

enum store_error fact_case_problem(struct decision *decision, struct guard_facts *facts) {
  return fact_row(decision, RECORD_PROBLEM, row_integer(decision->after, CASE_PROBLEM), &facts->problem);
}

struct label guard_case_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after;
  int64_t on = row_integer(after, CASE_EFFECT_ON);
  *field = CASE_PROBLEM;
  if (row_integer(after, CASE_PROBLEM) == NOTHING && row_integer(after, CASE_TOPIC) == NOTHING)
    return (struct label){"请写明出自哪个问题或课题", "say which problem or topic it comes from"};
  if (facts->problem && row_integer(facts->problem, PROBLEM_SECRECY) == SECRECY_PLACEHOLDER)
    return (struct label){"离线涉密占位不写案例", "no case is written of an off-line placeholder"};
  *field = CASE_EFFECT_ON;
  if (on != NOTHING && on > facts->today)
    return label_print(arena, "之后数值的日期不能晚于今天(%s)", "the day of the figure after cannot be after today (%s)",
                       date_print(arena, facts->today));
  *field = CASE_MATTERS;
  if (facts->arrow->action == ACTION_SUBMIT && row_integer(after, CASE_CLASS) == NOTHING && !row_text(after, CASE_MATTERS))
    return (struct label){"报送前请写明是哪一类事", "say which class of matters it is before it is submitted"};
  return HOLDS;
}

enum store_error fact_self_checks(struct decision *decision, struct guard_facts *facts) {
  struct value of = value_integer(SELF_CHECK_CASE, row_integer(decision->after, SELF_CHECK_CASE)), unit = value_integer(SELF_CHECK_UNIT, row_integer(decision->after, SELF_CHECK_UNIT));
  struct condition conditions[] = {{.field = SELF_CHECK_CASE, .how = C_IS, .values = &of, .count = 1}, {.field = SELF_CHECK_UNIT, .how = C_IS, .values = &unit, .count = 1}};
  struct query query = {.type = record_type(RECORD_SELF_CHECK), .conditions = conditions, .condition_count = 2, .expected = 0};
  enum store_error error = reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, &facts->self_checks);
  return error == STORE_OK ? fact_row(decision, RECORD_CASE, of.integer, &facts->of_case) : error;
}

struct label guard_self_check_fits(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *of = facts->of_case;
  (void)arena;
  *field = SELF_CHECK_UNIT;
  if (!of) return HOLDS; /* the field says so */
  if (row_integer(of, CASE_UNIT) == row_integer(facts->after, SELF_CHECK_UNIT))
    return (struct label){"举一反三由其他单位自查,不能是案例牵头单位", "others check themselves, not the unit that has the case"};
  if (of->state == CASE_WITHDRAWN) return (struct label){"案例已撤回", "the case was withdrawn"};
  return facts->self_checks ? (struct label){"这个单位已经被请求自查", "this unit has been asked already"} : HOLDS;
}
