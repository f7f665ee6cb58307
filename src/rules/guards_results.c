/* Guards of indicators, results and data as proof. Pure: facts in, a sentence out; no text means that the guard holds. */
#include "rules/guards.h"

/* ---- indicators ---- */

struct label guard_indicator_line(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after;
  int64_t base = row_integer(after, INDICATOR_BASE), goal = row_integer(after, INDICATOR_GOAL),
          from = row_integer(after, INDICATOR_BASE_ON), to = row_integer(after, INDICATOR_GOAL_ON);
  int64_t direction = row_integer(after, INDICATOR_DIRECTION);
  (void)arena;
  *field = INDICATOR_PROBLEM;
  if ((row_integer(after, INDICATOR_PROBLEM) != NOTHING) == (row_integer(after, INDICATOR_PLAN) != NOTHING))
    return (struct label){"指标属于一个问题或一个方案,二者填其一", "an indicator belongs to a problem or to a plan: give one of the two"};
  if (base == NOTHING || goal == NOTHING || from == NOTHING || to == NOTHING || direction == NOTHING) return HOLDS; /* found as required */
  *field = INDICATOR_GOAL_ON;
  if (to <= from) return (struct label){"目标日期须晚于基期日期", "the goal's date must be after the base's"};
  *field = INDICATOR_GOAL;
  if (direction == DIRECTION_UP && goal <= base)
    return (struct label){"越高越好的指标,目标值须高于基期值", "where up is better the goal must be above the base"};
  if (direction == DIRECTION_DOWN && goal >= base)
    return (struct label){"越低越好的指标,目标值须低于基期值", "where down is better the goal must be below the base"};
  return HOLDS;
}

struct label guard_value_date(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t on = row_integer(facts->after, INDICATOR_VALUE_ON),
          from = facts->parent ? row_integer(facts->parent, INDICATOR_BASE_ON) : NOTHING;
  *field = INDICATOR_VALUE_INDICATOR;
  if (facts->parent && facts->parent->state == FORCE_RETIRED) return (struct label){"该指标已停用", "this indicator is retired"};
  *field = INDICATOR_VALUE_ON;
  if (on == NOTHING) return HOLDS;
  if (on > facts->today)
    return label_print(arena, "数值日期不能晚于今天(%s)", "a value cannot be of a day after today (%s)", date_print(arena, facts->today));
  if (from != NOTHING && on < from)
    return label_print(arena, "数值日期不能早于基期 %s", "a value cannot be of a day before the base, %s", date_print(arena, from));
  return HOLDS;
}

/* ---- results ---- */

static bool text_filled(const struct row *row, uint16_t field, struct arena *arena) {
  const char *text = row_text(row, field);
  return text && *text_clean(arena, text, true);
}

/* What the results list says is complete before the office puts its name to it; open or withheld is decided, the latter by a legal
   reason. */
struct label guard_result_complete(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after;
  int64_t publicity = row_integer(after, RESULT_PUBLICITY), secrecy = facts->parent ? row_integer(facts->parent, PROBLEM_SECRECY) : NOTHING;
  *field = RESULT_OUTCOME;
  if (row_integer(after, RESULT_OUTCOME) == NOTHING) return (struct label){"请先填写解决情况", "the outcome is not filled in yet"};
  *field = RESULT_ACHIEVED;
  if (!text_filled(after, RESULT_ACHIEVED, arena)) return (struct label){"请先填写实际成效", "what was achieved is not filled in yet"};
  *field = RESULT_PEOPLE;
  if (row_integer(after, RESULT_PEOPLE) == NOTHING)
    return (struct label){"请先填写受益人数(没有则填 0)", "the number of people served is not filled in yet (0 where there are none)"};
  *field = RESULT_PUBLICITY;
  if (publicity != PUBLICITY_OPEN && publicity != PUBLICITY_WITHHELD)
    return (struct label){"请先审定是否公开", "decide first whether it is open or withheld"};
  if (publicity == PUBLICITY_OPEN && secrecy != NOTHING && secrecy > SECRECY_INTERNAL)
    return (struct label){"限定知悉的问题,成效不能公开", "the result of a restricted problem cannot be open"};
  *field = RESULT_WITHHOLD;
  if (publicity == PUBLICITY_WITHHELD && row_integer(after, RESULT_WITHHOLD) == NOTHING)
    return (struct label){"不公开须选择法定理由", "withholding needs one of the legal reasons"};
  *field = RESULT_PUBLIC_TEXT;
  if (publicity == PUBLICITY_OPEN && !text_filled(after, RESULT_PUBLIC_TEXT, arena))
    return (struct label){"公开的成效须写明公开内容", "what is open needs its public text"};
  return HOLDS;
}

/* ---- data as proof ---- */

static const struct { enum record_id type; uint16_t problem; } OF_PROBLEM[] = {
  {RECORD_MEASURE, MEASURE_PROBLEM}, {RECORD_STAGE, STAGE_PROBLEM}, {RECORD_SITE, SITE_PROBLEM}, {RECORD_INDICATOR, INDICATOR_PROBLEM}, {RECORD_APPEAL, APPEAL_PROBLEM}, {RECORD_RESULT, RESULT_PROBLEM}};

static bool belongs(const struct row *other, const struct row *problem) {
  if (other->type->id == RECORD_PROBLEM) return other->id == problem->id;
  if (other->type->id == RECORD_INDICATOR && row_integer(other, INDICATOR_PLAN) != NOTHING)
    return row_integer(other, INDICATOR_PLAN) == row_integer(problem, PROBLEM_PLAN);
  for (size_t i = 0; i < sizeof OF_PROBLEM / sizeof *OF_PROBLEM; i++)
    if (OF_PROBLEM[i].type == other->type->id) return row_integer(other, OF_PROBLEM[i].problem) == problem->id;
  return true; /* of no problem at all: a topic, a unit */
}

/* What each kind of data must point at, and when it proves something. */
static struct label proves(const struct guard_facts *facts, int64_t kind) {
  const struct row *other = facts->other;
  enum record_id type = other ? other->type->id : RECORD_NONE;
  switch (kind) {
  case EVIDENCE_KIND_INDICATOR:
    if (type == RECORD_INDICATOR && row_integer(other, INDICATOR_LATEST) != NOTHING) return HOLDS;
    return (struct label){"指标佐证须指向一个已有数值的指标", "an indicator as proof is one that has a value"};
  case EVIDENCE_KIND_SITE:
    if (type == RECORD_SITE && (other->state == SITE_BUILT || other->state == SITE_ACCEPTED || other->state == SITE_CONFIRMED))
      return HOLDS;
    return (struct label){"点位佐证须指向一个已完工的点位", "a site as proof is one that is built"};
  case EVIDENCE_KIND_APPEALS:
    return row_integer(facts->parent, PROBLEM_APPEALS) > 0
               ? HOLDS
               : (struct label){"该问题没有关联诉求,不能以诉求量曲线作佐证",
                                "the problem has no linked appeals whose curve could prove something"};
  case EVIDENCE_KIND_CALL_BACK:
    if (type == RECORD_APPEAL && (row_integer(other, APPEAL_OUTCOME) != NOTHING || row_integer(other, APPEAL_SATISFACTION) != NOTHING))
      return HOLDS;
    return (struct label){"回访佐证须指向一件已有结果或满意度的诉求", "a call-back as proof is of an appeal with an outcome or a satisfaction"};
  default: return HOLDS;
  }
}

struct label guard_same_problem(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  bool evidence = facts->after->type->id == RECORD_EVIDENCE;
  int64_t type = evidence ? row_integer(facts->after, EVIDENCE_OF_TYPE) : RECORD_STAGE,
          id = row_integer(facts->after, evidence ? EVIDENCE_OF_ID : MEASURE_STAGE);
  (void)arena;
  *field = evidence ? EVIDENCE_OF_ID : MEASURE_STAGE;
  if (!facts->parent) return HOLDS; /* found as required */
  if (evidence && (type == NOTHING) != (id == NOTHING))
    return (struct label){"“依据”的类型和编号须一并填写", "give both the type and the id of what it is of"};
  if (id != NOTHING && (!facts->other || !belongs(facts->other, facts->parent)))
    return evidence ? (struct label){"“依据”不属于这个问题", "what it is of does not belong to this problem"}
                    : (struct label){"所属阶段不是这个问题的阶段", "the stage is not one of this problem"};
  return evidence ? proves(facts, row_integer(facts->after, EVIDENCE_KIND)) : HOLDS;
}
