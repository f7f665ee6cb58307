/* The outbox of messages inside the product: who has to know of a step of a problem, or has to answer in a round, finds it among his
   messages. For each journal entry that is an occasion (the table below) it asks the grants who is concerned and writes one set of messages
   through the door, as the system, under a key made of epoch and entry; each message has a unique key of its own. So an entry told twice,
   after a kill or a position put back, makes nothing twice. It decides nothing about problems. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/room.h"
#include "follow/followers_parts.h"
#include "follow/house.h"

enum audience { TO_LIAISONS = 1 /* of the lead unit */, TO_JOINT = 2 /* liaisons of joint units */, TO_HEADS = 4, TO_ACCEPTORS = 8, TO_OFFICE = 16, TO_APPLICANT = 32, TO_CHASER = 64, TO_RELEASERS = 128 };

/* An arrow that was walked, who is told, and how. `state`: only when it led there (0: wherever). %s: the record's title. */
static const struct occasion { enum record_id type; enum action_code action; state_code state; unsigned to; struct label title, text; } OCCASIONS[] = {
  {RECORD_PROBLEM, ACTION_ASSIGN, 0, TO_LIAISONS | TO_JOINT, {"交办：%s", "Assigned: %s"}, {"问题已交办，请签收并制定整改措施。", "The problem was assigned. Take it and plan its measures."}},
  {RECORD_PROBLEM, ACTION_APPLY, PROBLEM_APPLIED, TO_HEADS, {"待签字：%s", "To endorse: %s"}, {"本单位申请销号，请主要负责人审核签字。", "Your unit applied for closing. Please check and endorse."}},
  {RECORD_PROBLEM, ACTION_APPLY, PROBLEM_ENDORSED, TO_ACCEPTORS, {"待验收：%s", "To accept: %s"}, {"单位申请销号，请组织验收。", "A unit applied for closing. Please examine and accept."}},
  {RECORD_PROBLEM, ACTION_ENDORSE, PROBLEM_ENDORSED, TO_ACCEPTORS, {"待验收：%s", "To accept: %s"}, {"单位主要负责人已签字，请组织验收。", "The unit's head endorsed the application. Please examine and accept."}},
  {RECORD_PROBLEM, ACTION_SEND_BACK, 0, TO_LIAISONS | TO_APPLICANT, {"退回：%s", "Sent back: %s"}, {"问题被退回，请查看理由后继续整改。", "The problem was sent back. See the reason and go on."}},
  {RECORD_PROBLEM, ACTION_ACCEPT, PROBLEM_ENDORSED, TO_ACCEPTORS, {"待再验收：%s", "To accept as well: %s"}, {"已有人验收，还须另一人到现场验收。", "Somebody has accepted; another one has to, on site."}},
  {RECORD_PROBLEM, ACTION_ACCEPT, PROBLEM_ACCEPTED, TO_LIAISONS, {"验收通过：%s", "Accepted: %s"}, {"整改通过验收。", "The rectification was accepted."}},
  {RECORD_PROBLEM, ACTION_ACCEPT, PROBLEM_CLOSED, TO_LIAISONS, {"验收通过并销号：%s", "Accepted and closed: %s"}, {"整改通过验收，已销号，进入巩固期。", "The rectification was accepted and the problem closed; its watch period begins."}},
  {RECORD_PROBLEM, ACTION_PUBLICISE, 0, TO_LIAISONS, {"公示：%s", "Publicised: %s"}, {"整改结果开始公示。", "The result is being publicised."}},
  {RECORD_PROBLEM, ACTION_CLOSE, 0, TO_LIAISONS, {"销号：%s", "Closed: %s"}, {"问题已销号，进入巩固期；请在成效清单填报成效。", "The problem was closed; its watch period begins. Please fill in its result."}},
  {RECORD_PROBLEM, ACTION_SETTLE, 0, TO_LIAISONS, {"巩固期满：%s", "Settled: %s"}, {"巩固期已满，未见反弹。", "The watch period is over without a rebound."}},
  {RECORD_PLAN, ACTION_SUBMIT, 0, TO_OFFICE, {"待批准方案：%s", "Plan to approve: %s"}, {"单位报来专项整治方案，请审批。", "A unit submitted a plan. Please decide on it."}},
  {RECORD_PLAN, ACTION_APPROVE, 0, TO_LIAISONS | TO_JOINT, {"方案已批准：%s", "Plan approved: %s"}, {"方案已批准，措施的日期和权重已冻结。", "The plan was approved; dates and weights of its measures are frozen."}},
  {RECORD_PLAN, ACTION_SEND_BACK, 0, TO_LIAISONS, {"方案退回：%s", "Plan returned: %s"}, {"方案被退回，请按理由修改后再报。", "The plan was returned. See the reason and submit it again."}},
  {RECORD_TRANSFER, ACTION_CREATE, TRANSFER_ASKED, TO_LIAISONS, {"转办待接收,请接收或退回：%s", "To take or refuse: %s"}, {"有单位申请把问题转给本单位，请在答复期限前接收，或说明理由退回。", "A unit asks yours to take a problem. Take it, or refuse it with a reason, by the date."}},
  {RECORD_TRANSFER, ACTION_REFUSE, 0, TO_JOINT, {"转办被退回：%s", "Transfer refused: %s"}, {"对方单位退回了转办，理由见转办记录。", "The other unit refused the transfer; its reason stands there."}},
  {RECORD_TRANSFER, ACTION_TAKE, 0, TO_JOINT, {"转办已接收：%s", "Transfer taken: %s"}, {"对方单位已接收，问题由其牵头。", "The other unit took it and leads the problem now."}},
  {RECORD_RULING, ACTION_CREATE, 0, TO_OFFICE, {"待裁定：%s", "To rule on: %s"}, {"牵头单位有争议，请在裁定期限前裁定。", "Units differ on who leads. Please rule by the date."}},
  {RECORD_RULING, ACTION_RULE, 0, TO_LIAISONS | TO_JOINT, {"已裁定：%s", "Ruled: %s"}, {"牵头单位已裁定，理由见裁定；裁定后不得再转。", "The lead was ruled on; the grounds stand there, and it binds."}},
  {RECORD_PROBLEM, ACTION_RESUME, 0, TO_LIAISONS, {"恢复整改：%s", "Resumed: %s"}, {"挂账结束，请继续整改。", "The suspension is over. Please go on."}},
  {RECORD_PROBLEM, ACTION_REOPEN, 0, TO_LIAISONS, {"重开：%s", "Re-opened: %s"}, {"问题重新打开，进入新一轮整改。", "The problem was re-opened for another cycle."}},
  {RECORD_PROBLEM, ACTION_ADVISE, 0, TO_LIAISONS | TO_HEADS, {"指导意见：%s", "Advice: %s"}, {"指导组或责任领导留下了指导意见，请在办理过程中查看。", "A guidance group or the responsible official left advice. See the story of the problem."}},
  {RECORD_PROBLEM, ACTION_MERGE, 0, TO_LIAISONS, {"已并入：%s", "Merged: %s"}, {"问题已并入另一问题，今后在那里办理。", "The problem was merged into another; it goes on there."}},
  {RECORD_CHASE, ACTION_CREATE, CHASE_WAITING, TO_LIAISONS, {"催办：%s", "Chased: %s"}, {"整改办催办，请办理，并在催办记录里答复。", "The office asks how it stands. Please act, and answer in the chase."}},
  {RECORD_CHASE, ACTION_REPLY, 0, TO_CHASER, {"催办已答复：%s", "Chase answered: %s"}, {"单位答复了催办，内容见催办记录。", "The unit answered; what it said stands in the chase."}},
  {RECORD_ALERT, ACTION_CREATE, ALERT_RAISED, TO_OFFICE | TO_LIAISONS, {"反弹预警：%s", "Alert of a rebound: %s"}, {"巩固期内来了与该问题同类同地的诉求，由整改办认定是否反弹。", "In the watch period an appeal came that fits the problem's class and place. The office decides whether it is a rebound."}},
  {RECORD_ALERT, ACTION_CONFIRM, 0, TO_LIAISONS | TO_HEADS, {"确认反弹：%s", "Rebound confirmed: %s"}, {"反弹预警已确认，问题重开，理由见预警。", "The alert was confirmed and the problem re-opened; the reason stands there."}},
  {RECORD_ALERT, ACTION_DISMISS, 0, TO_LIAISONS, {"排除反弹：%s", "Alert dismissed: %s"}, {"反弹预警已排除，理由见预警。", "The alert was dismissed; the reason stands there."}},
  {RECORD_RELEASE, ACTION_CREATE, RELEASE_PROPOSED, TO_RELEASERS, {"待发布审核：%s", "To review for release: %s"}, {"有内容提请向社会发布，请审核保密和隐去的姓名号码。", "Something is proposed for release. Please review it, secrecy and masked names first."}},
  {RECORD_RELEASE, ACTION_PROPOSE, RELEASE_PROPOSED, TO_RELEASERS, {"待发布审核：%s", "To review for release: %s"}, {"有内容重新提请向社会发布，请审核。", "Something is proposed for release again. Please review it."}},
  {RECORD_EVALUATION, ACTION_CREATE, EVALUATION_RECHECK, TO_OFFICE, {"差评待核实：%s", "A bad evaluation to recheck: %s"}, {"有人说没解决或不满意，请在期限内核实，由两人认定。", "Somebody says it is not solved, or is dissatisfied. Please recheck it by its date; two people judge it."}},
  {RECORD_ROUND_ANSWER, ACTION_CREATE, 0, TO_LIAISONS, {"请报送：%s", "Asked: %s"}, {"新一轮已开始。数已由台账填好，请核对后确认，或一键零报告。", "A round has begun. The figures come from the ledger: confirm them, or give a nil reply."}},
  {RECORD_ROUND_ANSWER, ACTION_REMIND, ROUND_ANSWER_AWAITED, TO_LIAISONS, {"报送提醒：%s", "To answer: %s"}, {"本轮报送将到截止日期，请核对后确认。", "The answer is due soon. Please confirm it."}},
  {RECORD_ROUND_ANSWER, ACTION_REMIND, ROUND_ANSWER_LATE, TO_LIAISONS | TO_HEADS, {"逾期催报：%s", "Late: %s"}, {"本轮报送已过截止日期，请尽快报送。", "The answer is past its date. Please give it."}},
};
static const struct { int64_t colour; struct label title, text; } WARNINGS[] = {
  {COLOUR_ORANGE, {"橙色提醒：%s", "Orange: %s"}, {"问题转为橙色，请查看原因并抓紧整改。", "The problem turned orange. See why and act."}},
  {COLOUR_RED, {"红色预警：%s", "Red: %s"}, {"问题转为红色，请查看原因并立即处理。", "The problem turned red. See why and act at once."}},
};

struct people { int64_t *ids; size_t count, room; };
struct outbox {
  struct house *house; struct arena *arena; /* one entry's */
};
/* One entry being told: what is known of it and of its record. */
struct telling {
  struct outbox *outbox; const struct entry *entry; struct reader *reader; struct row *row;
  struct label title, text; unsigned to; struct people people;
};

/* ---- who is concerned ---- */

static void people_add(struct telling *telling, int64_t user) {
  struct people *people = &telling->people;
  if (user == NOTHING || user <= 0 || user == telling->entry->actor) return; /* who did it knows */
  for (size_t i = 0; i < people->count; i++)
    if (people->ids[i] == user) return;
  ARENA_ROOM(telling->outbox->arena, people->ids, people->count, people->room, 16);
  people->ids[people->count++] = user;
}

/* The units whose grants reach this one: itself, and those above it for grants that go down the tree. */
struct line { int64_t units[32]; size_t count; };

static enum store_error line_read(struct telling *telling, int64_t unit, struct line *line) {
  enum store_error error = STORE_OK;
  line->count = 0;
  while (!error && unit != NOTHING && line->count < 32) {
    struct row *row = NULL;
    line->units[line->count++] = unit;
    error = reader_get(telling->reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, unit, telling->outbox->arena, &row);
    unit = error ? NOTHING : row_integer(row, UNIT_PARENT);
  }
  return error == STORE_ABSENT ? STORE_OK : error;
}

struct search { struct telling *telling; const struct line *line; /* NULL: any unit */ int64_t today; };

static bool in_force(const struct row *grant, int64_t today) {
  int64_t from = row_integer(grant, GRANT_FROM), to = row_integer(grant, GRANT_TO);
  return (from == NOTHING || from <= today) && (to == NOTHING || to >= today);
}

/* Liaisons and heads are told of their own unit's problems; a grant over the whole city is no unit of theirs. */
static bool reaches(const struct row *grant, const struct line *line) {
  int64_t unit = row_integer(grant, GRANT_UNIT);
  if (!line) return true;
  for (size_t i = 0; i < line->count; i++)
    if (line->units[i] == unit) return i == 0 || row_integer(grant, GRANT_SUBTREE) == 1;
  return false;
}

static bool grant_take(void *with, const struct row *grant) {
  struct search *search = with;
  int64_t ceiling = row_integer(grant, GRANT_SECRECY),
          secrecy = search->telling->row->type->secrecy ? row_integer(search->telling->row, search->telling->row->type->secrecy) : NOTHING;
  bool open = secrecy == NOTHING || secrecy == SECRECY_PLACEHOLDER || secrecy <= (ceiling == NOTHING ? SECRECY_OPEN : ceiling);
  if (open && in_force(grant, search->today) && reaches(grant, search->line)) people_add(search->telling, row_integer(grant, GRANT_USER));
  return true;
}

static enum store_error holders_find(struct telling *telling, enum role_code role, const struct line *line) {
  struct value is_role = value_integer(GRANT_ROLE, role), active = value_integer(FIELD_STATE, FORCE_ACTIVE);
  struct condition conditions[] = {{.field = GRANT_ROLE, .how = C_IS, .values = &is_role, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &active, .count = 1}};
  struct query query = {.type = record_type(RECORD_GRANT), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct search search = {telling, line, date_of_moment(telling->entry->moment)};
  return reader_list(telling->reader, &query, &SCOPE_SYSTEM, telling->outbox->arena, grant_take, &search);
}

static enum store_error unit_find(struct telling *telling, enum role_code role, int64_t unit) {
  struct line line;
  if (unit == NOTHING) return STORE_OK;
  enum store_error error = line_read(telling, unit, &line);
  return error ? error : holders_find(telling, role, &line);
}

static uint16_t holder_field(const struct record_type *type, enum relation_code relation) {
  for (size_t i = 0; i < 4 && type->holders[i].field; i++)
    if (type->holders[i].relation == relation) return type->holders[i].field;
  return 0;
}

/* Every unit that stands in a joint place of the record: several in one field, or one in each of several. */
static enum store_error joint_find(struct telling *telling) {
  const struct row *row = telling->row;
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < 4 && row->type->holders[i].field; i++) {
    const struct value *value = row_value(row, row->type->holders[i].field);
    if (row->type->holders[i].relation != RELATION_JOINT) continue;
    if (!error && value->kind == VALUE_INTEGER) error = unit_find(telling, ROLE_LIAISON, value->integer);
    for (size_t k = 0; !error && value->kind == VALUE_MANY && k < value->count; k++)
      error = unit_find(telling, ROLE_LIAISON, value->many[k]);
  }
  return error;
}
/* What a district does not show the city is told to its own office instead. */
static bool not_shown_above(const struct row *row) { return row->type->above && row_integer(row, row->type->above) == 0; }

static enum store_error audience_find(struct telling *telling) {
  const struct row *row = telling->row;
  uint16_t leads = holder_field(row->type, RELATION_LEAD);
  int64_t lead = leads ? row_integer(row, leads) : NOTHING;
  enum store_error error = STORE_OK;
  if (telling->to & TO_LIAISONS) error = unit_find(telling, ROLE_LIAISON, lead);
  if (!error && telling->to & TO_JOINT) error = joint_find(telling);
  if (!error && telling->to & TO_HEADS) error = unit_find(telling, ROLE_UNIT_HEAD, lead);
  if (!error && telling->to & (TO_ACCEPTORS | TO_OFFICE) && not_shown_above(row)) return unit_find(telling, ROLE_DISTRICT_OFFICE, lead);
  if (!error && telling->to & TO_ACCEPTORS) error = holders_find(telling, ROLE_ACCEPTOR, NULL);
  if (!error && telling->to & TO_OFFICE) error = holders_find(telling, ROLE_OFFICE, NULL);
  if (!error && telling->to & TO_RELEASERS) error = holders_find(telling, ROLE_RELEASER, NULL);
  if (telling->to & TO_APPLICANT && row->type->id == RECORD_PROBLEM) people_add(telling, row_integer(row, PROBLEM_APPLICANT));
  if (telling->to & TO_CHASER && row->type->id == RECORD_CHASE) people_add(telling, row_integer(row, CHASE_CHASED_BY));
  return error;
}

/* ---- which occasion ---- */

/* A colour newly taken: the body's own value, not the row's, which may have moved on since. */
static int64_t colour_taken(struct telling *telling) {
  struct row *row = row_new(telling->outbox->arena, record_type(RECORD_PROBLEM));
  return body_apply(telling->outbox->arena, telling->entry, row) ? row_integer(row, PROBLEM_COLOUR) : NOTHING;
}

static bool occasion_find(struct telling *telling) {
  const struct entry *entry = telling->entry;
  bool by_clock = entry->channel == CHANNEL_CLOCK; /* what time alone brings about is told to units in their daily digest, not one by one */
  if (by_clock && entry->action == ACTION_REMIND) return false;
  for (size_t i = 0; i < sizeof OCCASIONS / sizeof *OCCASIONS && entry->kind == ENTRY_CHANGE; i++) {
    const struct occasion *occasion = &OCCASIONS[i];
    if (occasion->type != (enum record_id)entry->type || occasion->action != entry->action ||
        (occasion->state && occasion->state != entry->state))
      continue;
    telling->title = occasion->title, telling->text = occasion->text, telling->to = occasion->to;
    return true;
  }
  int64_t colour = entry->kind == ENTRY_DERIVED && entry->type == RECORD_PROBLEM ? colour_taken(telling) : NOTHING;
  for (size_t i = 0; i < sizeof WARNINGS / sizeof *WARNINGS; i++) {
    if (WARNINGS[i].colour != colour) continue;
    telling->title = WARNINGS[i].title, telling->text = WARNINGS[i].text, telling->to = by_clock ? TO_OFFICE : TO_LIAISONS | TO_OFFICE;
    return true;
  }
  return false;
}

/* ---- writing ---- */

/* At most `most` characters of the text. */
static const char *cut(struct arena *arena, const char *text, size_t most) {
  size_t at = 0, width;
  for (size_t points = 0; text[at] && points < most; points++, at += width) text_next(text + at, &width);
  return text[at] ? arena_print(arena, "%.*s…", (int)at, text) : text;
}

static bool user_told(struct telling *telling, int64_t user, enum language *language) {
  struct row *row = NULL;
  if (reader_get(telling->reader, record_type(RECORD_USER), &SCOPE_SYSTEM, user, telling->outbox->arena, &row) != STORE_OK) return false;
  *language = row_integer(row, USER_LANGUAGE) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;
  return row->state == FORCE_ACTIVE && !row->voided;
}

/* What people send is delivered where they are; an event is not: the digest has it. */
static bool chased_by_message(const struct row *row) {
  return row->type->id == RECORD_CHASE && row_integer(row, CHASE_BY) == CHASED_BY_MESSAGE;
}

#define VALUES 8
static struct value *message_values(struct telling *telling, int64_t user, enum language language) {
  struct arena *arena = telling->outbox->arena;
  const struct entry *entry = telling->entry;
  struct value *values = ARENA_ARRAY(arena, struct value, VALUES);
  const char *title = row_text(telling->row, telling->row->type->title), *pattern = label_in(telling->title, language),
             *mark = strstr(pattern, "%s");
  const char *named = arena_print(arena, "%.*s%s", (int)(mark - pattern), pattern,
                                  cut(arena, title ? title : label_in(telling->row->type->label, language), 160));
  const struct value all[VALUES] = {value_integer(MESSAGE_USER, user),
                                    value_text(MESSAGE_TITLE, named),
                                    value_text(MESSAGE_TEXT, label_in(telling->text, language)),
                                    value_integer(MESSAGE_TYPE, entry->type),
                                    value_integer(MESSAGE_RECORD, entry->record),
                                    value_integer(MESSAGE_ENTRY, entry->number),
                                    value_text(MESSAGE_KEY, arena_print(arena, "%lld:%lld:%lld", (long long)entry->epoch,
                                                                        (long long)entry->number, (long long)user)),
                                    chased_by_message(telling->row) ? value_integer(MESSAGE_KIND, MESSAGE_KIND_CHASE)
                                                                    : value_nothing(MESSAGE_KIND)};
  return memcpy(values, all, sizeof all);
}

/* Refusals are told to the log and passed by: a message that cannot be written must not hold up the others. */
static enum store_error messages_write(struct telling *telling, const struct change *changes, size_t count) {
  struct arena *arena = telling->outbox->arena;
  struct context context = {.now = house_now(telling->outbox->house),
                            .authority = &AUTHORITY_SYSTEM,
                            .happened = NOTHING,
                            .channel = CHANNEL_FOLLOWER,
                            .idempotency_key = arena_print(arena, "message:%lld:%lld", (long long)telling->entry->epoch,
                                                           (long long)telling->entry->number)};
  struct outcome outcome = {0};
  if (count == 0) return STORE_OK;
  enum store_error error = change_run(telling->outbox->house->writer, &context, changes, count, arena, &outcome);
  if (error == STORE_CLASH) return STORE_OK; /* they are there */
  if (!error && outcome.verdict > VERDICT_REPEATED)
    log_line(LOG_WARNING, "messages", "those of entry %lld were refused (%s)", (long long)telling->entry->number,
             outcome.finding_count ? outcome.findings[0].code : "-");
  return error;
}

static enum store_error entry_tell(struct telling *telling) {
  enum store_error error = store_reader(telling->outbox->house->store, &telling->reader);
  if (!error)
    error = reader_get(telling->reader, record_type((enum record_id)telling->entry->type), &SCOPE_SYSTEM, telling->entry->record,
                       telling->outbox->arena, &telling->row);
  if (!error) error = audience_find(telling);
  struct change *changes = ARENA_ARRAY(telling->outbox->arena, struct change, telling->people.count + 1);
  size_t count = 0;
  for (size_t i = 0; !error && i < telling->people.count; i++) {
    enum language language;
    if (!user_told(telling, telling->people.ids[i], &language)) continue;
    changes[count++] = (struct change){.type = record_type(RECORD_MESSAGE), .seen = ANY_VERSION, .action = ACTION_CREATE,
                                       .values = message_values(telling, telling->people.ids[i], language), .value_count = VALUES};
  }
  if (telling->reader) reader_release(telling->reader); /* before the writer is waited for */
  if (error == STORE_ABSENT) return STORE_OK;           /* destroyed meanwhile */
  return error ? error : messages_write(telling, changes, count);
}

/* ---- the follower ---- */

static enum store_error messages_start(struct house *house, void **state, int64_t *at) {
  struct outbox *outbox = HEAP_NEW(struct outbox);
  *outbox = (struct outbox){.house = house, .arena = arena_new()};
  *state = outbox;
  *at = 0; /* the registry knows where it stands */
  return STORE_OK;
}

static enum store_error messages_apply(void *state, const struct entry *entry) {
  struct telling telling = {.outbox = state, .entry = entry};
  enum store_error error = STORE_OK;
  if (!entry->body) return STORE_OK;
  if (occasion_find(&telling)) error = entry_tell(&telling);
  arena_reset(telling.outbox->arena);
  return error;
}

static enum store_error messages_settle(void *state, int64_t at) {
  (void)state;
  (void)at;
  return STORE_OK; /* the registry makes the position durable */
}

static void messages_stop(void *state) {
  struct outbox *outbox = state;
  arena_free(outbox->arena);
  free(outbox);
}

#define PAUSE 100 /* each batch makes its position durable, which the disk does for changes too */
const struct follower FOLLOWER_MESSAGES = {.name = "messages", .kind = OUTBOX, .version = 1, .start = messages_start, .apply = messages_apply,
                                           .settle = messages_settle, .stop = messages_stop, .pause = PAUSE};
