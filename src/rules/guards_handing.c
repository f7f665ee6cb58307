/* Guards of hand-overs: transfers, disputes, rulings, what is approved within limits, slips, successors, deputies. Pure: facts in,
   a sentence out; no text means that the guard holds. */
#include "rules/guards.h"

/* ---- passing on (DOMAIN.md 8, no passing the parcel) ---- */

struct label guard_no_ruling_open(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  if (row_integer(facts->before, PROBLEM_RULING) != NOTHING)
    return (struct label){"已提请裁定,裁定前不能再转办、再提异议或挂账",
                          "a ruling is awaited; until then it cannot be transferred, disputed or suspended"};
  if (row_integer(facts->before, PROBLEM_TRANSFER_TO) != NOTHING)
    return (struct label){"已有一项转办待对方答复,请等答复或先撤回",
                          "a transfer waits for its answer already; wait for it or withdraw it first"};
  return HOLDS;
}

struct label guard_not_bound(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t bound = row_integer(facts->before, PROBLEM_BOUND_UNIT);
  (void)arena;
  (void)field;
  if (bound == NOTHING || bound != row_integer(facts->before, PROBLEM_LEAD_UNIT)) return HOLDS;
  return (struct label){"已裁定由本单位牵头,裁定后不得再转办或提出异议", "a ruling names this unit; it cannot be transferred or disputed again"};
}

/* The days begin with the day after the assignment. */
struct label guard_dispute_in_time(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t assigned = row_integer(facts->before, PROBLEM_ASSIGNED_ON), reopened = row_integer(facts->before, PROBLEM_REOPENED_ON), basis = 0,
          last;
  (void)field;
  if (reopened > assigned) assigned = reopened;
  if (assigned == NOTHING) return HOLDS;
  last = calendar_add_working_days(facts->calendar, assigned, facts->policy->dispute_days, &basis);
  if (facts->today <= last) return HOLDS;
  return label_print(arena, "异议须在 %s 前提出(交办后 %lld 个工作日),现请签收或申请转办",
                     "it could be disputed until %s (%lld working days after the assignment); take it, or ask for a transfer",
                     date_print(arena, last), (long long)facts->policy->dispute_days);
}

struct label guard_receiver(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *unit = facts->receiver;
  int64_t to = unit ? row_integer(unit, UNIT_VALID_TO) : NOTHING;
  (void)arena;
  *field = PROBLEM_TRANSFER_TO;
  if (!unit) return HOLDS; /* an empty one is found as asked */
  if (unit->id == row_integer(facts->before, PROBLEM_LEAD_UNIT))
    return (struct label){"不能转给本单位自己", "it cannot be transferred to the unit that holds it"};
  if (row_integer(unit, UNIT_MAY_HOLD) == 0)
    return (struct label){"该单位不能承担任务(村居不承担;街镇须由所在区决定)",
                          "this unit may hold no task (villages never, streets only by their district's decision)"};
  if (unit->voided || (to != NOTHING && to < facts->today))
    return (struct label){"该单位已停用,请改选现行单位", "this unit is no longer in force; choose one that is"};
  return HOLDS;
}

static bool may_move(state_code state) { return state == PROBLEM_ASSIGNED || state == PROBLEM_TAKEN || state == PROBLEM_RECTIFYING; }

struct label guard_transfer_stands(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *problem = facts->problem;
  bool held = problem && row_integer(problem, PROBLEM_LEAD_UNIT) == row_integer(facts->after, TRANSFER_FROM);
  (void)arena;
  (void)field;
  if (held && may_move(problem->state) && row_integer(problem, PROBLEM_TRANSFER_TO) == row_integer(facts->after, TRANSFER_TO)) return HOLDS;
  return (struct label){"该问题已不在转出单位办理,或已申请销号、挂账;此项转办已无从接收,可由转出单位撤回",
                        "the problem is no longer with the unit that asked, or is applied for or suspended; there is nothing to take, and the asking unit may withdraw this"};
}

struct label guard_refuse_in_time(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t last = row_integer(facts->after, TRANSFER_DUE);
  (void)field;
  if (last == NOTHING || facts->today <= last) return HOLDS;
  return label_print(arena, "退回须在 %s 前提出,逾期不能再退回;确有争议请报整改办转入裁定",
                     "it could be refused until %s; if it is disputed, ask the office to refer it for a ruling", date_print(arena, last));
}

/* ---- what approvals may give ---- */

static int64_t count_of(int64_t value) { return value == NOTHING ? 0 : value; }

/* The latest date that extensions may reach: so many days, or that share of the first term, past the original date. */
static int64_t extension_latest(const struct guard_facts *facts) {
  int64_t original = row_integer(facts->before, PROBLEM_DUE_ORIGINAL), began = row_integer(facts->before, PROBLEM_ASSIGNED_ON),
          days = facts->policy->extension_days;
  if (original == NOTHING) return NOTHING;
  if (began != NOTHING && original > began) {
    int64_t share = (original - began) * facts->policy->extension_share / 10000;
    if (share < days) days = share;
  }
  return original + days;
}

struct label guard_extension_limit(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t most = facts->policy->extensions_most, latest = extension_latest(facts), due = row_integer(facts->after, PROBLEM_DUE);
  if (count_of(row_integer(facts->before, PROBLEM_EXTENSIONS)) >= most)
    return label_print(arena, "本次整改已延期 %lld 次,最多 %lld 次", "extended %lld times in this cycle; at most %lld is right",
                       (long long)count_of(row_integer(facts->before, PROBLEM_EXTENSIONS)), (long long)most);
  *field = PROBLEM_DUE;
  if (due == row_integer(facts->before, PROBLEM_DUE) || latest == NOTHING || due <= latest) return HOLDS;
  return label_print(arena, "累计延期不能晚于 %s(首次期限 %s)", "extensions together cannot reach past %s (the original date is %s)",
                     date_print(arena, latest), date_print(arena, row_integer(facts->before, PROBLEM_DUE_ORIGINAL)));
}

static struct label within(const struct guard_facts *facts, struct arena *arena, int64_t until, int64_t days) {
  int64_t latest = facts->today + days;
  if (until == NOTHING) return HOLDS; /* found as asked */
  if (until <= facts->today) return label_print(arena, "截止日期须晚于今天(%s)", "it must end after today (%s)", date_print(arena, facts->today));
  if (until <= latest) return HOLDS;
  return label_print(arena, "最长 %lld 天,不能晚于 %s", "%lld days at most, so no later than %s", (long long)days, date_print(arena, latest));
}

struct label guard_suspension_limit(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  *field = PROBLEM_SUSPENDED_UNTIL;
  return within(facts, arena, row_integer(facts->after, PROBLEM_SUSPENDED_UNTIL), facts->policy->suspension_days);
}

struct label guard_kind_limit(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t until = row_integer(facts->after, PROBLEM_KIND_UNTIL);
  if (row_integer(facts->before, PROBLEM_KIND_BEFORE) != NOTHING)
    return (struct label){"已有一项类型变更未到期", "its kind is changed for a time already"};
  *field = PROBLEM_KIND_UNTIL;
  if (until == row_integer(facts->before, PROBLEM_KIND_UNTIL)) return HOLDS;
  if (row_integer(facts->after, PROBLEM_KIND) == row_integer(facts->before, PROBLEM_KIND)) {
    *field = PROBLEM_KIND;
    return (struct label){"与现类型相同", "it is of this kind already"};
  }
  return within(facts, arena, until, facts->policy->kind_change_days);
}

/* What was assigned keeps its date and kind until more is approved (PRACTICE.md): an edit counts nothing and knows no limit. A ledger
   goes on keeping the dates of what it brought in, until one of them was approved here. */
struct label guard_by_approval(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *before = facts->before, *after = facts->after;
  bool kept_outside = facts->importing && row_integer(before, PROBLEM_IMPORTED_ON) != NOTHING &&
                      count_of(row_integer(before, PROBLEM_EXTENSIONS)) == 0;
  (void)arena;
  if (facts->system || kept_outside) return HOLDS;
  *field = PROBLEM_DUE;
  if (row_integer(before, PROBLEM_DUE) != NOTHING && row_integer(before, PROBLEM_DUE) != row_integer(after, PROBLEM_DUE))
    return (struct label){"交办后整改期限不能直接修改:由承办单位申请延期,或在退回、重开时另定;录入有误的由两人更正", "once assigned its date is not edited: the unit asks for an extension, or a new date is set when it is sent back or re-opened; an entry by mistake is corrected by two people"};
  *field = PROBLEM_KIND;
  if (row_integer(before, PROBLEM_KIND) == row_integer(after, PROBLEM_KIND)) return HOLDS;
  return (struct label){"交办后整改类型不能直接修改:由承办单位申请变更类型;录入有误的由两人更正", "once assigned its kind is not edited: the unit asks for another kind; an entry by mistake is corrected by two people"};
}

/* ---- units ---- */

/* Ended by an edit it would leave its open work with nobody; merging and splitting name who takes it. */
struct label guard_unit_ends(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  struct buffer zh = {.arena = arena}, en = {.arena = arena};
  *field = UNIT_VALID_TO;
  for (size_t i = 0; i < OPEN_WORK_COUNT; i++) {
    long long count = facts->left_behind[i];
    if (!count) continue;
    buffer_print(&zh, "%s%s %lld", zh.size ? "、" : "", OPEN_WORK[i].label.zh, count);
    buffer_print(&en, "%s%s: %lld", en.size ? ", " : "", OPEN_WORK[i].label.en, count);
  }
  if (facts->system || !zh.size) return HOLDS;
  return (struct label){arena_print(arena, "还有未了事项(%s)，不能只改停用日期：请用“并入其他单位”或“分立”写明承接单位，事项随之移交；或先办结、转出", zh.bytes),
                        arena_print(arena, "it has open work (%s), so its end is no plain edit: merge it into, or split it among, the units that take the work over; or finish or transfer it first", en.bytes)};
}

/* ---- slips ---- */

static bool of_unit(const struct row *user, int64_t unit) {
  return user && user->state == FORCE_ACTIVE && !user->voided && row_integer(user, USER_UNIT) == unit;
}

struct label guard_slip_people(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t unit = row_integer(facts->after, HAND_OVER_UNIT);
  (void)arena;
  *field = HAND_OVER_TO;
  if (unit == NOTHING || !facts->from_user || !facts->to_user) return HOLDS; /* found as required */
  if (facts->from_user->id == facts->to_user->id) return (struct label){"移交人和接收人不能是同一人", "who leaves and who follows must be two people"};
  if (!of_unit(facts->to_user, unit)) return (struct label){"接收人须是本单位在用的账号", "who follows must have an account in force in this unit"};
  if (!facts->to_granted)
    return (struct label){"接收人在本单位还没有角色,请先由安全管理员授权",
                          "who follows has no role in this unit yet; the security administrator grants one first"};
  *field = HAND_OVER_FROM;
  return of_unit(facts->from_user, unit) ? HOLDS : (struct label){"移交人须是本单位在用的账号", "who leaves must have an account in force in this unit"};
}

struct label guard_slip_from(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  return facts->authority->user == row_integer(facts->after, HAND_OVER_FROM)
             ? HOLDS
             : (struct label){"先由移交人本人确认", "who leaves confirms first, in person"};
}

struct label guard_slip_to(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  return facts->authority->user == row_integer(facts->after, HAND_OVER_TO)
             ? HOLDS
             : (struct label){"由接收人本人确认", "who follows confirms, in person"};
}

/* ---- units merged and split ---- */

static struct label successor_fits(const struct guard_facts *facts, const struct row *unit) {
  int64_t to = unit ? row_integer(unit, UNIT_VALID_TO) : NOTHING;
  if (!unit || unit->voided || (to != NOTHING && to < facts->today))
    return (struct label){"承接单位须是现行单位", "a successor must be a unit in force"};
  if (unit->id == facts->after->id) return (struct label){"承接单位不能是本单位", "a unit does not succeed itself"};
  return row_integer(unit, UNIT_MAY_HOLD) == 0 ? (struct label){"承接单位须可承担任务", "a successor must be one that may hold tasks"} : HOLDS;
}

struct label guard_successors(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  bool goes_on = facts->arrow->action == ACTION_HAND_OVER, splits = facts->arrow->action == ACTION_SPLIT;
  int64_t on = row_integer(facts->after, UNIT_SUCCEEDED_ON), left = row_integer(facts->after, UNIT_LEFT);
  if (goes_on) return facts->before && left != NOTHING && left > 0 ? HOLDS : (struct label){"没有待移交的事项", "there is nothing left to move"};
  if (!facts->before || row_integer(facts->before, UNIT_SUCCESSION) != NOTHING)
    return (struct label){"该单位已合并或分立", "this unit was merged or split already"};
  *field = UNIT_SUCCEEDED_ON;
  if (on != NOTHING && (on > facts->today || on < facts->today - 366))
    return label_print(arena, "日期须在今天(%s)之前一年内;到当天再办理",
                       "the date lies within the year before today (%s); do it on the day", date_print(arena, facts->today));
  *field = UNIT_SUCCESSORS;
  if (facts->successor_count && splits != (facts->successor_count > 1))
    return splits ? (struct label){"分立须有两个以上承接单位,首个承接在办事项",
                                   "a split has two successors or more; the first takes what is open"}
                  : (struct label){"并入只能有一个承接单位", "a merger has one successor"};
  for (size_t i = 0; i < facts->successor_count; i++) {
    struct label why = successor_fits(facts, facts->successors[i]);
    if (why.zh) return why;
  }
  return HOLDS;
}

/* ---- deputies ---- */

static bool in_force(const struct row *grant, int64_t from, int64_t to) {
  int64_t first = row_integer(grant, GRANT_FROM), last = row_integer(grant, GRANT_TO);
  return grant->state == FORCE_ACTIVE && (first == NOTHING || to == NOTHING || first <= to) && (last == NOTHING || last >= from);
}

/* Nobody lends what he does not hold: the same role, over the same unit or the whole city, on days of the deputy's. */
struct label guard_deputy_scope(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t role = row_integer(facts->after, GRANT_ROLE), unit = row_integer(facts->after, GRANT_UNIT),
          from = row_integer(facts->after, GRANT_FROM), to = row_integer(facts->after, GRANT_TO);
  (void)arena;
  *field = GRANT_DEPUTY_FOR;
  if (row_integer(facts->after, GRANT_DEPUTY_FOR) == NOTHING || facts->system) return HOLDS; /* the program only moves what stands */
  if (from == NOTHING) from = facts->today;
  for (size_t i = 0; i < facts->principal_grant_count; i++) {
    const struct row *grant = facts->principal_grants[i];
    int64_t over = row_integer(grant, GRANT_UNIT);
    if (row_integer(grant, GRANT_ROLE) != role || row_integer(grant, GRANT_DEPUTY_FOR) != NOTHING || !in_force(grant, from, to)) continue;
    if (over == NOTHING || over == unit) return HOLDS;
    for (size_t k = 0; row_integer(grant, GRANT_SUBTREE) == 1 && k < facts->above_count; k++)
      if (facts->above[k] == over) return HOLDS;
  }
  return (struct label){"被代理人没有这一角色和单位范围的授权(代理权不能转授,也不能大于本人)", "the person does not hold this role over this unit; a deputy has no more than the person has, and lends nothing on"};
}
