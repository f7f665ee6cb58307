/* Guards of the problem and its measures. Pure: facts in, a sentence out; no text means that the guard holds. */
#include "rules/deadlines.h"
#include "rules/guards.h"

static struct label percent(struct arena *arena, const char *zh, const char *en, int64_t one, int64_t other) {
  return label_print(arena, zh, en, text_from_decimal(arena, one, 2), text_from_decimal(arena, other, 2));
}

/* A split problem may leave all measures to its parts. */
static bool split(const struct guard_facts *facts) { return row_integer(facts->after, PROBLEM_PARTS) > 0; }

static int64_t kind_days(const struct guard_facts *facts) {
  return facts->policy ? term_of(facts->policy, facts->after).days : 0;
}

static bool arrow_has_effect(const struct guard_facts *facts, enum effect_code effect) {
  for (size_t i = 0; i < ARROW_EFFECTS && facts->arrow->effects[i]; i++)
    if (facts->arrow->effects[i] == effect) return true;
  return false;
}

/* Who holds it is the lead unit until the unit starts; then it names its owner (which the form of that arrow asks). A date may also
   be one that the arrow itself reckons from the kind. */
struct label guard_has_owner_and_date(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t due = row_integer(facts->after, PROBLEM_DUE);
  bool reckoned = arrow_has_effect(facts, EFFECT_DEADLINE) && kind_days(facts) > 0;
  if (row_integer(facts->after, PROBLEM_LEAD_UNIT) == NOTHING) {
    *field = PROBLEM_LEAD_UNIT;
    return (struct label){"还没有牵头单位,请先填写", "it has no lead unit yet; fill it first"};
  }
  *field = PROBLEM_DUE;
  if (due == NOTHING && !reckoned) return (struct label){"还没有整改期限,请先填写", "it has no due date yet; fill it first"};
  if (due != NOTHING && due < facts->today && reckoned && row_integer(facts->after, PROBLEM_HISTORIC) != 1)
    return label_print(arena, "期限不能早于今天(%s)", "the due date cannot be before today (%s)", date_print(arena, facts->today));
  return HOLDS;
}

/* What is only edited, its holder unchanged, is left alone when its unit has since been closed. */
struct label guard_unit_may_hold(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *unit = facts->unit;
  uint16_t lead = facts->after->type->holders[0].field;
  int64_t to;
  (void)arena;
  *field = lead;
  if (facts->arrow->action == ACTION_EDIT && facts->before && row_integer(facts->before, lead) == row_integer(facts->after, lead))
    return HOLDS;
  if (!unit) return HOLDS; /* an empty unit is found as required */
  to = row_integer(unit, UNIT_VALID_TO);
  if (row_integer(unit, UNIT_MAY_HOLD) == 0)
    return (struct label){"该单位不能承担任务(村居不承担;街镇须由所在区决定),请改由上级单位牵头", "this unit may hold no task (villages never, streets only by their district's decision); name the unit above it"};
  if (unit->voided || (to != NOTHING && to < facts->today))
    return (struct label){"该单位已停用,请改选现行单位", "this unit is no longer in force; choose one that is"};
  return HOLDS;
}

struct label guard_measures_planned(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  return facts->measure_count || split(facts) ? HOLDS : (struct label){"本次整改还没有措施,请先制定", "this cycle has no measure yet; plan them first"};
}

struct label guard_weights_full(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t sum = 0;
  (void)field;
  for (size_t i = 0; i < facts->measure_count; i++) {
    int64_t weight = row_integer(facts->measures[i], MEASURE_WEIGHT);
    sum += weight == NOTHING ? 0 : weight;
  }
  if (sum == 10000 || facts->measure_count == 0) return HOLDS; /* none at all is said by its own guard */
  return percent(arena, "措施权重合计 %s%%,应为 %s%%", "the weights of the measures add up to %s%%; right is %s%%", sum, 10000);
}

static int64_t talk_weight(const struct row *measure) {
  int64_t kind = row_integer(measure, MEASURE_KIND), weight = row_integer(measure, MEASURE_WEIGHT);
  return (kind == MEASURE_KIND_MEETING || kind == MEASURE_KIND_PAPER) && weight != NOTHING ? weight : 0;
}

/* Of a problem that starts, or of one measure beside the others once the plan is frozen: until then people are still drawing it up. */
struct label guard_meetings_share(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *one = facts->after->type->id == RECORD_MEASURE ? facts->after : NULL;
  int64_t sum = one ? talk_weight(one) : 0, most = facts->policy->meeting_share;
  if (one && (!sum || !facts->parent || row_integer(facts->parent, PROBLEM_BASELINE_ON) == NOTHING)) return HOLDS;
  *field = one ? MEASURE_WEIGHT : 0;
  for (size_t i = 0; i < facts->measure_count; i++)
    if (!one || facts->measures[i]->id != one->id) sum += talk_weight(facts->measures[i]);
  if (sum <= most) return HOLDS;
  return percent(arena, "会议和发文权重合计 %s%%,不能超过 %s%%", "meetings and papers weigh %s%% together; at most %s%% is right", sum, most);
}

struct label guard_measures_accepted(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  size_t open = 0;
  const char *first = NULL;
  (void)field;
  for (size_t i = 0; i < facts->measure_count; i++) {
    if (facts->measures[i]->state == MEASURE_ACCEPTED) continue;
    if (!open++) first = row_text(facts->measures[i], MEASURE_TITLE);
  }
  if (facts->measure_count == 0 && !split(facts)) return (struct label){"本次整改还没有措施", "this cycle has no measure"};
  if (!open) return HOLDS;
  return label_print(arena, "还有 %zu 项措施未验收通过,如“%s”", "%zu measures are not accepted yet, such as \"%s\"", open, first ? first : "");
}

struct label guard_has_evidence(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  return facts->evidence > 0 ? HOLDS : (struct label){"本次整改还没有佐证,请至少提交一份(文件、指标、点位、诉求量曲线、回访都可以)", "this cycle has no evidence yet; add at least one piece: a file, an indicator, a site, the appeals curve or a call-back"};
}

struct label guard_not_applicant(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t user = facts->authority->user;
  int64_t applicant = row_integer(facts->after, PROBLEM_APPLICANT), endorser = row_integer(facts->after, PROBLEM_ENDORSER);
  /* nor a deputy for them */
  bool own = user == applicant || user == endorser || (facts->behalf && (facts->behalf == applicant || facts->behalf == endorser));
  (void)arena;
  (void)field;
  return own ? (struct label){"申请人、签字人不能验收自己申请的销号", "who applied or endorsed cannot accept the same result"} : HOLDS;
}

struct label guard_outside_unit(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  return authority_stands(facts->authority, ROLES_ALL, RELATION_OUTSIDE, facts->after, facts->parent)
           ? HOLDS
           : (struct label){"验收人不能是牵头单位或配合单位的人", "the acceptor cannot belong to the lead unit or a joint unit"};
}

struct label guard_publicity_over(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t until = row_integer(facts->after, PROBLEM_PUBLICITY_UNTIL);
  (void)field;
  if (until == NOTHING || facts->today > until) return HOLDS;
  return label_print(arena, "公示到 %s 为止,期满后方可销号", "it is publicised until %s; it can be closed after that day", date_print(arena, until));
}

struct label guard_watch_over(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t until = row_integer(facts->after, PROBLEM_WATCH_UNTIL);
  (void)field;
  if (until == NOTHING || facts->today > until) return HOLDS;
  return label_print(arena, "巩固期到 %s 为止,期满后方可转长效", "it is watched until %s; it can be settled after that day", date_print(arena, until));
}

/* Of the kinds that the policy names; what is kept off-line has none here. */
struct label guard_root_cause(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const char *cause = row_text(facts->after, PROBLEM_ROOT_CAUSE);
  int64_t kind = row_integer(facts->after, PROBLEM_KIND);
  const struct choice *choice = field_choice(record_field(facts->after->type, PROBLEM_KIND), kind);
  bool asked = choice && facts->policy->root_cause_kinds & 1u << kind && row_integer(facts->after, PROBLEM_SECRECY) != SECRECY_PLACEHOLDER;
  *field = PROBLEM_ROOT_CAUSE;
  if (!asked || (cause && *text_clean(arena, cause, true))) return HOLDS;
  return (struct label){arena_print(arena, "“%s”的问题须先写明原因分析", choice->label.zh),
                        arena_print(arena, "problems of the kind \"%s\" need their root cause written down first", choice->label.en)};
}

int64_t reopen_latest(const struct row *first, const struct row *problem, int64_t today, int64_t share) {
  int64_t began = first ? row_integer(first, CYCLE_BEGAN) : NOTHING, due = first ? row_integer(first, CYCLE_DUE) : NOTHING, days = 1;
  if (began == NOTHING) began = row_integer(problem, PROBLEM_ASSIGNED_ON);
  if (due == NOTHING) due = row_integer(problem, PROBLEM_DUE_ORIGINAL);
  if (began != NOTHING && due != NOTHING && due > began) days = (due - began) * share / 10000;
  return today + (days < 1 ? 1 : days);
}

/* Re-opened: the office sets a new date, at most half the first term away (PRACTICE.md). */
struct label guard_reopen_date(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *cycle = facts->first_cycle;
  int64_t due = row_integer(facts->after, PROBLEM_DUE);
  *field = PROBLEM_DUE;
  int64_t latest = reopen_latest(cycle, facts->after, facts->today, facts->policy->reopen_share);
  const char *share = text_from_decimal(arena, facts->policy->reopen_share, 2);
  if (!facts->gives_due)
    return label_print(arena, "重开须定新期限,不能晚于 %s(首期的 %s%%)",
                       "re-opening needs a new due date, not after %s (%s%% of the first term)", date_print(arena, latest), share);
  if (due < facts->today)
    return label_print(arena, "期限不能早于今天(%s)", "the due date cannot be before today (%s)", date_print(arena, facts->today));
  if (due <= latest) return HOLDS;
  return label_print(arena, "期限不能晚于 %s(首期的 %s%%)", "the due date cannot be after %s (%s%% of the first term)",
                     date_print(arena, latest), share);
}

struct label guard_publicity_off(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t route = row_integer(facts->after, PROBLEM_ROUTE);
  (void)arena;
  (void)field;
  /* withheld, with its reason */
  if (row_integer(facts->after, PROBLEM_PUBLICITY_SCOPE) == SCOPE_SKIPPED && row_integer(facts->after, PROBLEM_WITHHOLD_REASON) != NOTHING)
    return HOLDS;
  if (!policy_step_on(facts->policy, route == NOTHING ? ROUTE_A : route, STEP_PUBLICISE)) return HOLDS;
  return (struct label){"本问题须先公示,公示期满后方可销号", "this problem must be publicised first; it is closed after that"};
}

struct label guard_at_once(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  return row_integer(facts->after, PROBLEM_KIND) == KIND_AT_ONCE
             ? HOLDS
             : (struct label){"只有即知即改的问题可以签收后直接申请;请先启动整改",
                              "only problems put right at once are applied for directly; start the rectification first"};
}

/* Measures are planned and done while the unit has the problem in hand. */
struct label guard_problem_open(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *problem = facts->parent;
  const struct state_name *state = problem ? record_state(problem->type, problem->state) : NULL;
  (void)field;
  /* a provisional lead works on */
  if (!problem || problem->state == PROBLEM_TAKEN || problem->state == PROBLEM_RECTIFYING || problem->state == PROBLEM_DISPUTED)
    return HOLDS;
  return (struct label){arena_print(arena, "所属问题现为“%s”,签收后、申请销号前方可办理", state ? state->label.zh : ""),
                        arena_print(arena, "its problem is \"%s\" now; this is done after taking it and before applying for closing",
                                    state ? state->label.en : "")};
}
