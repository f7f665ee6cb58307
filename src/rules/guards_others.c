/* Guards of the records that say who acts and under which rules: grants, approvals, policies, campaigns, links; and of dates. */
#include "rules/guards.h"

/* Pairs of dates that must not run backwards. */
static const struct { enum record_id type; uint16_t first, last; } PAIRS[] = {
  {RECORD_MEASURE, MEASURE_START, MEASURE_DUE}, {RECORD_GRANT, GRANT_FROM, GRANT_TO}, {RECORD_CAMPAIGN, CAMPAIGN_FROM, CAMPAIGN_TO}, {RECORD_UNIT, UNIT_VALID_FROM, UNIT_VALID_TO},
  {RECORD_ROUND, ROUND_OPENS_ON, ROUND_DUE}, {RECORD_CRITERION, CRITERION_FROM, CRITERION_TO},
  {RECORD_PLAN, PLAN_START, PLAN_DUE}, {RECORD_MECHANISM, MECHANISM_ISSUED_ON, MECHANISM_IN_FORCE_ON}};

static struct label pair_in_order(const struct row *row, uint16_t first, uint16_t last, struct arena *arena) {
  int64_t from = row_integer(row, first), to = row_integer(row, last);
  const struct field *begins = record_field(row->type, first), *ends = record_field(row->type, last);
  if (from == NOTHING || to == NOTHING || from <= to) return HOLDS;
  return (
      struct label){arena_print(arena, "“%s”不能早于“%s”(%s)", ends->label.zh, begins->label.zh, date_print(arena, from)),
                    arena_print(arena, "\"%s\" cannot be before \"%s\" (%s)", ends->label.en, begins->label.en, date_print(arena, from))};
}

struct label guard_dates_in_order(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t due, most;
  for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
    if (PAIRS[i].type != facts->after->type->id) continue;
    struct label why = pair_in_order(facts->after, PAIRS[i].first, PAIRS[i].last, arena);
    *field = PAIRS[i].last;
    if (why.zh) return why;
  }
  if (facts->after->type->id != RECORD_MEASURE || !facts->parent) return HOLDS;
  due = row_integer(facts->after, MEASURE_DUE);
  most = row_integer(facts->parent, PROBLEM_DUE);
  if (due == NOTHING || most == NOTHING || due <= most) return HOLDS;
  return label_print(arena, "措施期限不能晚于 %s(问题的整改期限)", "the measure cannot be due after %s (when its problem is due)",
                     date_print(arena, most));
}

static bool overlap(const struct row *one, const struct row *other) {
  int64_t from_one = row_integer(one, GRANT_FROM), to_one = row_integer(one, GRANT_TO), from_other = row_integer(other, GRANT_FROM),
          to_other = row_integer(other, GRANT_TO);
  if (to_one == NOTHING) to_one = INT64_MAX;
  if (to_other == NOTHING) to_other = INT64_MAX;
  return from_one <= to_other && from_other <= to_one; /* an empty beginning is INT64_MIN: before everything */
}

/* 三员分立: who administers system, security or audit does nothing else, at no time of the same days. */
struct label guard_roles_apart(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  enum role_code role = (enum role_code)row_integer(facts->after, GRANT_ROLE);
  bool administers = (ROLE(role) & ROLES_ADMINISTRATORS) != 0;
  *field = GRANT_ROLE;
  if (row_integer(facts->after, GRANT_ROLE) == NOTHING) return HOLDS;
  if (!(ROLE(role) & ROLES_ALL)) return (struct label){"这一角色属于系统本身,不能授予", "this role is the program's own and is never granted"};
  for (size_t i = 0; i < facts->grant_count; i++) {
    enum role_code other = (enum role_code)row_integer(facts->grants[i], GRANT_ROLE);
    bool other_administers = (ROLE(other) & ROLES_ADMINISTRATORS) != 0;
    if (other == role || (!administers && !other_administers) || !overlap(facts->after, facts->grants[i])) continue;
    struct label held = role_label(other), wanted = role_label(role);
    return (struct label){arena_print(arena, "该用户已是%s,不能同时是%s(三员分立;管理员不任业务角色)", held.zh, wanted.zh),
                          arena_print(arena, "this user is %s already and cannot be %s at the same time: the three administrators are kept apart from each other and from business roles", held.en, wanted.en)};
  }
  return HOLDS;
}

struct label guard_deputy_dates(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t deputy = row_integer(facts->after, GRANT_DEPUTY_FOR);
  (void)arena;
  *field = GRANT_TO;
  if (deputy == NOTHING) return HOLDS;
  if (row_integer(facts->after, GRANT_TO) == NOTHING) return (struct label){"代理须有截止日期", "a deputy's grant needs an end date"};
  *field = GRANT_DEPUTY_FOR;
  return deputy == row_integer(facts->after, GRANT_USER) ? (struct label){"不能代理本人", "nobody is his own deputy"} : HOLDS;
}

struct label guard_pending_none(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  (void)field;
  return facts->pending ? (struct label){"已有一项审批未办结,请等其办结", "an approval is pending for it already; wait until it is decided"} : HOLDS;
}

struct label guard_policy_not_past(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t from = row_integer(facts->after, POLICY_FROM);
  *field = POLICY_FROM;
  if (from == NOTHING || from >= facts->today) return HOLDS;
  return label_print(arena, "口径不能追溯,生效日期最早为 %s", "a policy does not reach back; the earliest date is %s", date_print(arena, facts->today));
}

struct label guard_campaign_open(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *campaign = facts->campaign;
  int64_t from, to;
  (void)field;
  if (!campaign) return HOLDS; /* found as required, or as not there */
  from = row_integer(campaign, CAMPAIGN_FROM);
  to = row_integer(campaign, CAMPAIGN_TO);
  if (campaign->state == FORCE_RETIRED) return (struct label){"该专项工作已收官", "this campaign has ended"};
  if (from != NOTHING && facts->today < from)
    return label_print(arena, "该专项工作 %s 才开始", "this campaign begins on %s", date_print(arena, from));
  if (to != NOTHING && facts->today > to) return label_print(arena, "该专项工作已于 %s 结束", "this campaign ended on %s", date_print(arena, to));
  return HOLDS;
}

struct label guard_approver(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t user = facts->authority->user;
  (void)arena;
  (void)field;
  if (user == row_integer(facts->after, APPROVAL_ASKED_BY) ||
      (facts->behalf && facts->behalf == row_integer(facts->after, APPROVAL_ASKED_BY)))
    return (struct label){"申请人不能审批自己的申请", "who asked cannot decide on it"};
  if (user == row_integer(facts->after, APPROVAL_FIRST_BY))
    return (struct label){"您已同意,须由另一人再同意", "you have agreed already; somebody else must agree as well"};
  return HOLDS;
}

struct label guard_ends_visible(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  *field = facts->from_there ? LINK_TO_ID : LINK_FROM_ID;
  if (!facts->from_there || !facts->to_there)
    return (struct label){"关联的记录不存在,或您看不到它", "a linked record is not there, or you may not see it"};
  if (row_integer(facts->after, LINK_FROM_TYPE) == row_integer(facts->after, LINK_TO_TYPE) &&
      row_integer(facts->after, LINK_FROM_ID) == row_integer(facts->after, LINK_TO_ID))
    return (struct label){"不能与自身关联", "a record cannot be linked to itself"};
  return HOLDS;
}
