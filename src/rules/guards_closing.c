/* Guards of closing: who accepts and what he has seen, what is still open, what is publicised, a new date when it is sent back, a colour
   set by hand. Pure: facts in, a sentence out; no text means that the guard holds. */
#include "base/enumeration.h"
#include "rules/guards.h"
#include "rules/publication.h"

static int64_t route_of(const struct row *problem) {
  int64_t route = row_integer(problem, PROBLEM_ROUTE);
  return route < ROUTE_A || route > ROUTE_C ? ROUTE_A : route;
}

static bool among(const struct value *value, int64_t id) {
  for (size_t i = 0; value->kind == VALUE_MANY && i < value->count; i++)
    if (value->many[i] == id) return true;
  return false;
}

/* ---- who, and what he has seen ---- */

/* Two different people: acceptors of one result, judges of one objection. */
struct label guard_another_person(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t user = facts->authority->user;
  (void)arena;
  (void)field;
  const struct judged *judged = judged_of(facts->after->type->id);
  if (facts->after->type->id == RECORD_RELEASE)
    return user == row_integer(facts->after, RELEASE_PROPOSED_BY)
               ? (struct label){"发布是您提请的,须由另一人审核", "you proposed this release; somebody else must review it"}
               : HOLDS;
  if (judged)
    return user == row_integer(facts->after, judged->first_by)
               ? (struct label){"认定意见是您提的,须由另一人复核", "you proposed this verdict; somebody else must judge it"}
               : HOLDS;
  return among(row_value(facts->after, PROBLEM_ACCEPTORS), user)
             ? (struct label){"您已验收,须由另一人再验收", "you have accepted already; somebody else must accept as well"}
             : HOLDS;
}

/* Asked on routes whose steps say so, of a B that was drawn, and of a sample that is checked. */
/* Who accepts after somebody else saw the place and answered for himself; what the first said is no answer of the second. */
static bool after_another(const struct guard_facts *facts) {
  const struct value *acceptors = row_value(facts->after, PROBLEM_ACCEPTORS);
  return acceptors->kind == VALUE_MANY && acceptors->count > 0;
}

struct label guard_site_visit(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after;
  bool drawn = row_integer(after, PROBLEM_DRAWN_ON) != NOTHING, sample = facts->arrow->action == ACTION_CHECK_SAMPLE;
  const char *place = row_text(after, PROBLEM_VISIT_PLACE);
  int64_t on = row_integer(after, PROBLEM_VISITED_ON);
  *field = PROBLEM_ON_SITE;
  if (sample && !drawn) return (struct label){"本次整改没有被抽中", "this cycle was not drawn for checking"};
  if (!sample && !drawn && !policy_step_on(facts->policy, route_of(after), STEP_ON_SITE)) return HOLDS;
  if (row_integer(after, PROBLEM_ON_SITE) != 1)
    return drawn ? (struct label){"已被抽中,须到现场核查后办理", "it was drawn: it has to be checked on site"}
                 : (struct label){"本销号路径须到现场核查", "this closing route asks for a visit on site"};
  *field = PROBLEM_VISITED_ON;
  if (after_another(facts) && !facts->says_visit)
    return (struct label){"请填写您本人的核查日期和地点(前一位验收人的核查不能代替)",
                          "give the day and place of your own visit; the first acceptor's does not stand for it"};
  if (on == NOTHING || on > facts->today)
    return label_print(arena, "请填写核查日期,不晚于今天(%s)", "give the day of the visit, not after today (%s)",
                       date_print(arena, facts->today));
  if (row_integer(after, PROBLEM_APPLIED_ON) != NOTHING && on < row_integer(after, PROBLEM_APPLIED_ON))
    return label_print(arena, "核查日期不能早于申请销号之日(%s)", "the visit cannot be before the day of the application (%s)",
                       date_print(arena, row_integer(after, PROBLEM_APPLIED_ON)));
  *field = PROBLEM_VISIT_PLACE;
  return place && *place ? HOLDS : (struct label){"请填写核查地点", "give the place that was visited"};
}

/* Every required criterion answered with yes; the missing ones by their words. */
struct label guard_criteria_met(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct value none = value_nothing(PROBLEM_CRITERIA_MET),
                     *met = after_another(facts) && !facts->says_criteria ? &none : row_value(facts->after, PROBLEM_CRITERIA_MET);
  struct enumeration missing = enumeration_in(arena);
  *field = PROBLEM_CRITERIA_MET;
  for (size_t i = 0; i < facts->criterion_count; i++) {
    const struct row *criterion = facts->criteria[i];
    if (row_integer(criterion, CRITERION_REQUIRED) != 1 || among(met, criterion->id)) continue;
    enumeration_quote(&missing, row_text(criterion, CRITERION_TEXT));
  }
  struct label words = enumeration_label(&missing);
  return words.zh ? (struct label){arena_print(arena, "这些销号标准还没有答“是”:%s", words.zh),
                                   arena_print(arena, "these criteria are not answered with yes: %s", words.en)}
                  : HOLDS;
}

/* ---- three 'no closes' (domain-facts 5), and objections ---- */

/* 整改不到位不销号. Only what is put right at once may be without measures. */
struct label guard_progress_complete(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  size_t open = 0;
  const char *first = "";
  (void)field;
  for (size_t i = 0; i < facts->measure_count; i++) {
    if (facts->measures[i]->state == MEASURE_ACCEPTED) continue;
    if (!open++) first = row_text(facts->measures[i], MEASURE_TITLE);
  }
  if (open)
    return label_print(arena, "整改不到位不销号:还有 %zu 项措施未验收通过,如“%s”",
                       "not closed before it is put right: %zu measures are not accepted yet, such as \"%s\"", open, first ? first : "");
  if (facts->measure_count || row_integer(facts->after, PROBLEM_KIND) == KIND_AT_ONCE || row_integer(facts->after, PROBLEM_HISTORIC) == 1)
    return HOLDS;
  return (struct label){"整改不到位不销号:本次整改没有措施", "not closed before it is put right: this cycle has no measure"};
}

/* 验收不通过不销号. */
struct label guard_acceptance_passed(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const struct row *after = facts->after;
  (void)arena;
  (void)field;
  if (!policy_step_on(facts->policy, route_of(after), STEP_ACCEPT) || row_integer(after, PROBLEM_HISTORIC) == 1) return HOLDS;
  if (row_integer(after, PROBLEM_ACCEPTED_ON) != NOTHING && row_integer(after, PROBLEM_ACCEPTOR) != NOTHING) return HOLDS;
  return (struct label){"验收不通过不销号:本路径须有人验收,请退回后重新申请", "not closed before it is accepted: this route wants somebody's acceptance; send it back and let it be applied for again"};
}

struct label guard_objections_none(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)field;
  if (!facts->objections) return HOLDS;
  return label_print(arena, "还有 %lld 件异议没有认定,认定后方可销号", "%lld objections are not judged yet; it is closed after that",
                     (long long)facts->objections);
}

/* 群众不满意不销号: on the routes that the policy names, unless the office's reasoned request was approved. */
struct label guard_nobody_dissatisfied(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)field;
  if (!facts->dissatisfied || !(facts->policy->dissatisfied_blocks >> route_of(facts->after) & 1) ||
      row_integer(facts->after, PROBLEM_CLOSE_DESPITE) == 1)
    return HOLDS;
  return label_print(arena, "群众不满意不销号:%lld 件关联诉求不满意或未解决;请继续整改,或说明理由报批", "not closed against those who appealed: %lld linked appeals are dissatisfied or unsolved; go on, or ask for approval with a reason",
                     (long long)facts->dissatisfied);
}

/* ---- publicity ---- */

/* Not public until somebody has reviewed it; what is withheld gives its reason from the list. */
struct label guard_publicity_reviewed(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t scope = row_integer(facts->after, PROBLEM_PUBLICITY_SCOPE), why = row_integer(facts->after, PROBLEM_WITHHOLD_REASON),
          secrecy = row_integer(facts->after, PROBLEM_SECRECY);
  (void)arena;
  *field = PROBLEM_PUBLICITY_SCOPE;
  if (scope == NOTHING)
    return (struct label){"尚未公开审核:请先定公示范围(向社会、党内或不公示)",
                          "it is not reviewed yet: say first whether it is public, inside the Party, or skipped"};
  if (scope == SCOPE_PUBLIC && secrecy != NOTHING && secrecy >= SECRECY_RESTRICTED)
    return (struct label){"限定知悉的问题不能向社会公示", "a restricted problem cannot be public"};
  if (scope == SCOPE_SKIPPED && facts->arrow->action == ACTION_PUBLICISE)
    return (struct label){"已定不公示,请直接销号", "it was decided not to publicise it; close it"};
  *field = PROBLEM_WITHHOLD_REASON;
  if (scope != SCOPE_PUBLIC && why == NOTHING) return (struct label){"不向社会公示须选定不公开理由", "what is withheld needs its reason from the list"};
  return HOLDS;
}

/* ---- dates ---- */

/* A new date is no must when something is sent back; one that is given lies within the policy's days. */
struct label guard_send_back_date(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t due = row_integer(facts->after, PROBLEM_DUE), latest = facts->today + facts->policy->send_back_days;
  *field = PROBLEM_DUE;
  if (!facts->gives_due || due == NOTHING) return HOLDS;
  if (due < facts->today)
    return label_print(arena, "新期限不能早于今天(%s)", "the new date cannot be before today (%s)", date_print(arena, facts->today));
  return due <= latest ? HOLDS
                       : label_print(arena, "退回后的新期限不能晚于 %s", "the new date after sending back cannot be after %s",
                                     date_print(arena, latest));
}

struct label guard_hand_colour(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t until = row_integer(facts->after, PROBLEM_HAND_COLOUR_UNTIL), latest = facts->today + facts->policy->hand_colour_days;
  if (facts->arrow->action == ACTION_LIFT_HAND_COLOUR)
    return row_integer(facts->after, PROBLEM_HAND_COLOUR) != NOTHING ? HOLDS : (struct label){"没有人工颜色", "no colour is set by hand"};
  *field = PROBLEM_HAND_COLOUR_UNTIL;
  if (until == NOTHING) return HOLDS; /* found as required */
  if (until < facts->today)
    return label_print(arena, "截止日期不能早于今天(%s)", "the end cannot be before today (%s)", date_print(arena, facts->today));
  return until <= latest
             ? HOLDS
             : label_print(arena, "人工颜色最长到 %s", "a colour set by hand may stand until %s at most", date_print(arena, latest));
}
