/* One person's digest: groups of what waits, each a row: whose, of which type and states, by which date. A group that is empty is not
   named; when all are, there is no digest. */
#include <string.h>

#include "follow/digest_parts.h"
#include "rules/chase_list.h"
#include "rules/chasing.h"

enum due_is { DUE_ANY, DUE_PAST, DUE_SOON, DUE_LONG /* past by as many days as it takes to reach the role */ };
enum { LINE_ITEMS = 8, UNITS_MOST = 500 };

#define OPEN {PROBLEM_ASSIGNED, PROBLEM_TAKEN, PROBLEM_RECTIFYING, PROBLEM_DISPUTED}
static const struct group {
  role_set roles; struct label label; enum record_id type; state_code states[4]; uint16_t due, unit;
  enum due_is how; uint16_t above_none /* a count that must be more than 0; 0 none */; int64_t whom /* DUE_LONG: CHASE_* */;
} GROUPS[] = {
  {ROLE(ROLE_LIAISON), {"超期", "Overdue"}, RECORD_PROBLEM, OPEN, PROBLEM_DUE, PROBLEM_LEAD_UNIT, DUE_PAST, 0, 0},
  {ROLE(ROLE_LIAISON), {"将到期", "Due soon"}, RECORD_PROBLEM, OPEN, PROBLEM_DUE, PROBLEM_LEAD_UNIT, DUE_SOON, 0, 0},
  {ROLE(ROLE_LIAISON), {"被退回", "Sent back"}, RECORD_PROBLEM, {PROBLEM_RECTIFYING}, PROBLEM_DUE, PROBLEM_LEAD_UNIT, DUE_ANY, PROBLEM_SENT_BACK, 0},
  {ROLE(ROLE_LIAISON), {"待签收", "To take"}, RECORD_PROBLEM, {PROBLEM_ASSIGNED}, PROBLEM_DUE, PROBLEM_LEAD_UNIT, DUE_ANY, 0, 0},
  {ROLE(ROLE_LIAISON), {"诉求超期", "Appeals late"}, RECORD_APPEAL, {APPEAL_ASSIGNED, APPEAL_CONTACTED}, APPEAL_DUE, APPEAL_UNIT, DUE_PAST, 0, 0},
  {ROLE(ROLE_LIAISON), {"诉求将到期", "Appeals due soon"}, RECORD_APPEAL, {APPEAL_ASSIGNED, APPEAL_CONTACTED}, APPEAL_DUE, APPEAL_UNIT, DUE_SOON, 0, 0},
  {ROLE(ROLE_LIAISON), {"待报送", "Round answers"}, RECORD_ROUND_ANSWER, {ROUND_ANSWER_AWAITED, ROUND_ANSWER_LATE}, ANSWER_DUE, ANSWER_UNIT, DUE_SOON, 0, 0},
  {ROLE(ROLE_LIAISON), {"转办待答复", "Transfers to answer"}, RECORD_TRANSFER, {TRANSFER_ASKED}, TRANSFER_DUE, TRANSFER_TO, DUE_ANY, 0, 0},
  {ROLE(ROLE_LIAISON), {"催办待答复", "Chases to answer"}, RECORD_CHASE, {CHASE_WAITING}, CHASE_DUE, CHASE_UNIT, DUE_ANY, 0, 0},
  {ROLE(ROLE_UNIT_HEAD), {"待签字", "To endorse"}, RECORD_PROBLEM, {PROBLEM_APPLIED}, PROBLEM_REVIEW_UNTIL, PROBLEM_LEAD_UNIT, DUE_ANY, 0, 0},
  {ROLE(ROLE_UNIT_HEAD), {"报送待签字", "Answers to sign"}, RECORD_ROUND_ANSWER, {ROUND_ANSWER_SIGNING}, ANSWER_DUE, ANSWER_UNIT, DUE_ANY, 0, 0},
  {ROLE(ROLE_UNIT_HEAD), {"超期已催", "Overdue and chased"}, RECORD_PROBLEM, OPEN, PROBLEM_DUE, PROBLEM_LEAD_UNIT, DUE_LONG, 0, CHASE_UNIT_HEAD},
  {ROLE(ROLE_OFFICE) | ROLE(ROLE_DISTRICT_OFFICE), {"单位久拖", "Units long overdue"}, RECORD_PROBLEM, OPEN, PROBLEM_DUE, PROBLEM_LEAD_UNIT, DUE_LONG, 0, CHASE_OFFICE},
  {ROLE(ROLE_OFFICE) | ROLE(ROLE_DISTRICT_OFFICE), {"审核逾期", "Reviews late"}, RECORD_PROBLEM, {PROBLEM_ENDORSED}, PROBLEM_REVIEW_UNTIL, PROBLEM_LEAD_UNIT, DUE_PAST, 0, 0},
  {ROLE(ROLE_OFFICE), {"裁定逾期", "Rulings late"}, RECORD_RULING, {RULING_ASKED}, RULING_DUE, RULING_FROM, DUE_PAST, 0, 0},
  {ROLE(ROLE_OFFICE), {"异议核查逾期", "Objections to judge, late"}, RECORD_OBJECTION, {OBJECTION_RECEIVED, OBJECTION_PROPOSED}, OBJECTION_RECHECK_DUE, 0, DUE_PAST, 0, 0},
  {ROLE(ROLE_OFFICE), {"异议答复逾期", "Replies to objections late"}, RECORD_OBJECTION, {OBJECTION_JUDGED}, OBJECTION_REPLY_DUE, 0, DUE_PAST, 0, 0},
};
enum { GROUP_COUNT = sizeof GROUPS / sizeof *GROUPS };

/* ---- whose units ---- */

/* Units of the person's own grants in the role; *all: a grant over everything. A liaison of everything has no unit of his own, so none is
   told of. */
static size_t units_of(const struct authority *authority, role_set roles, struct value units[UNITS_MOST], uint16_t field, bool *all) {
  size_t count = 0;
  *all = false;
  for (size_t i = 0; i < authority->held_count; i++) {
    const struct held *held = &authority->held[i];
    if (!(ROLE(held->role) & roles) || held->deputy_for) continue;
    *all = *all || held->all;
    for (size_t k = 0; k < held->unit_count && count < UNITS_MOST; k++) units[count++] = value_integer(field, held->units[k]);
  }
  return count;
}

/* ---- one group ---- */

struct asked { struct value states[4], units[UNITS_MOST], dates[2], campaign, none; struct condition conditions[6]; struct query query; };

/* False: the group does not concern this person. */
static bool asked_make(const struct telling_day *day, const struct campaign_policy *campaign, const struct authority *authority,
                       const struct group *group, struct asked *asked) {
  const struct record_type *type = record_type(group->type);
  const struct field *of_campaign = record_reference(type, RECORD_CAMPAIGN);
  int64_t long_ago = group->how == DUE_LONG ? chase_reaches(&campaign->policy, group->whom) : 1;
  size_t states = 0, count = 0;
  bool all;
  size_t units = units_of(authority, group->roles, asked->units, group->unit, &all);
  bool city = all && (group->roles & ROLE(ROLE_OFFICE));
  if (!(authority->roles & group->roles) || ((!units || !group->unit) && !city) || long_ago == NOTHING) return false;
  if (!of_campaign && campaign != day->campaigns) return false; /* of no campaign: told once */
  for (; states < 4 && group->states[states]; states++) asked->states[states] = value_integer(FIELD_STATE, group->states[states]);
  asked->conditions[count++] = (struct condition){FIELD_STATE, C_IN, asked->states, states};
  if (!city) asked->conditions[count++] = (struct condition){group->unit, C_IN, asked->units, units};
  if (of_campaign) {
    asked->campaign = value_integer(of_campaign->id, campaign->id);
    asked->conditions[count++] = (struct condition){of_campaign->id, C_IS, &asked->campaign, 1};
  }
  int64_t soon = group->type == RECORD_ROUND_ANSWER ? campaign->policy.remind_days : chase_warns(&campaign->policy);
  asked->dates[0] = value_integer(group->due, group->how == DUE_SOON ? day->today + soon : day->today - long_ago);
  asked->dates[1] = value_integer(group->due, day->today);
  if (group->how != DUE_ANY) asked->conditions[count++] = (struct condition){group->due, C_AT_MOST, &asked->dates[0], 1};
  if (group->how == DUE_SOON && (group->type == RECORD_PROBLEM || group->type == RECORD_APPEAL))
    asked->conditions[count++] = (struct condition){group->due, C_AT_LEAST, &asked->dates[1], 1};
  asked->none = value_integer(group->above_none, 0);
  if (group->above_none) asked->conditions[count++] = (struct condition){group->above_none, C_MORE, &asked->none, 1};
  asked->query = (struct query){.type = type,
                                .conditions = asked->conditions,
                                .condition_count = count,
                                .sort = group->due,
                                .limit = LINE_ITEMS,
                                .expected = -1};
  return true;
}

void digest_problem(struct digest_text *text, int64_t problem) {
  for (size_t i = 0; i < text->problem_count; i++)
    if (text->problems[i] == problem) return;
  if (problem > 0 && text->problem_count < DIGEST_PROBLEMS) text->problems[text->problem_count++] = problem;
}

/* "超期 3：SJ-0001(2026-11-20)、SJ-0007(2026-11-25)…"; of which campaign, where several are under way. */
static void line_write(const struct telling_day *day, const struct campaign_policy *campaign, const struct group *group,
                       const struct rows *rows, int64_t count, struct digest_text *text) {
  const char *label = label_in(group->label, text->language);
  const struct field *of_problem = record_reference(record_type(group->type), RECORD_PROBLEM);
  bool named = day->campaign_count > 1 && record_reference(record_type(group->type), RECORD_CAMPAIGN);
  if (text->lines.size) buffer_byte(&text->lines, '\n');
  if (named) buffer_print(&text->lines, text->language == LANGUAGE_EN ? "[%s] " : "【%s】", campaign->name);
  buffer_print(&text->lines, "%s %lld%s", label, (long long)count, text->language == LANGUAGE_EN ? ": " : "：");
  for (size_t i = 0; i < rows->count; i++) {
    int64_t due = row_integer(rows->items[i], group->due);
    const char *name = group->type == RECORD_CHASE ? row_text(rows->items[i], CHASE_TITLE) : chase_name(text->arena, rows->items[i]);
    buffer_print(&text->lines, "%s%s", i ? (text->language == LANGUAGE_EN ? ", " : "、") : "", name ? name : "-");
    if (due != NOTHING) buffer_print(&text->lines, " (%s)", date_print(text->arena, due));
    if (group->type == RECORD_PROBLEM) digest_problem(text, rows->items[i]->id);
    else if (of_problem) digest_problem(text, row_integer(rows->items[i], of_problem->id));
  }
  if (count > (int64_t)rows->count) buffer_text(&text->lines, " …");
}

/* *told grows by how many wait. */
static enum store_error group_tell(struct telling_day *day, const struct campaign_policy *campaign, const struct authority *authority,
                                   const struct group *group, struct asked *asked, struct digest_text *text, int64_t *told) {
  struct rows rows = {.arena = text->arena};
  int64_t count = 0;
  if (!asked_make(day, campaign, authority, group, asked)) return STORE_OK;
  const struct scope *scope = scope_for(text->arena, authority, asked->query.type, MAY_READ);
  enum store_error error = reader_list(day->reader, &asked->query, scope, text->arena, rows_keep, &rows);
  count = (int64_t)rows.count;
  if (!error && rows.count == LINE_ITEMS) error = reader_count(day->reader, &asked->query, scope, &count);
  if (!error && rows.count) line_write(day, campaign, group, &rows, count, text);
  if (!error) *told += count;
  return error;
}

enum store_error digest_of(struct telling_day *day, const struct authority *authority, struct digest_text *text) {
  struct asked *asked = ARENA_NEW(text->arena, struct asked);
  int64_t told[GROUP_COUNT] = {0}; /* of all campaigns: the title says each word once */
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < day->campaign_count && !error; i++)
    for (size_t k = 0; k < GROUP_COUNT && !error; k++) error = group_tell(day, &day->campaigns[i], authority, &GROUPS[k], asked, text, &told[k]);
  for (size_t k = 0; k < GROUP_COUNT; k++)
    if (told[k]) buffer_print(&text->title, "%s%s %lld", text->title.size ? " · " : "", label_in(GROUPS[k].label, text->language), (long long)told[k]);
  return error;
}
