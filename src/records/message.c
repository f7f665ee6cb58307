/* The message 消息: what the program tells one user inside the product. Written by the message outbox only; its key keeps doubles out. */
#include "records/types.h"

static const struct choice kinds[] = { /* empty: one event, told as it happens and not delivered elsewhere: the digest has it */
  {MESSAGE_KIND_DIGEST, "digest", {"每日摘要", "Daily digest"}}, {MESSAGE_KIND_WEEKLY, "weekly", {"领导周报", "Weekly list"}}, {MESSAGE_KIND_CHASE, "chase", {"催办", "Chase"}},
  {MESSAGE_KIND_SYSTEM, "system", {"系统提示", "Of the system"}}, {0}};
static const struct field fields[] = {
  {MESSAGE_USER, "user", {"收件人", "To"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_USER},
  {MESSAGE_TITLE, "title", {"标题", "Title"}, F_TEXT, FIELD_REQUIRED | FIELD_FIXED, 1, 200},
  {MESSAGE_TEXT, "text", {"内容", "Text"}, F_TEXT, FIELD_FIXED, 0, 400},
  {MESSAGE_TYPE, "type", {"对象类型", "About type"}, F_CHOICE, FIELD_FIXED, .choices = RECORD_CHOICES},
  {MESSAGE_RECORD, "record", {"对象", "About"}, F_INTEGER, FIELD_FIXED},
  {MESSAGE_ENTRY, "entry_number", {"日志号", "Journal number"}, F_INTEGER, FIELD_FIXED},
  {MESSAGE_KEY, "key", {"去重键", "Key"}, F_TEXT, FIELD_REQUIRED | FIELD_UNIQUE | FIELD_FIXED | FIELD_HIDDEN, 1, 80},
  {MESSAGE_KIND, "kind", {"类别", "Kind"}, F_CHOICE, FIELD_FIXED, .choices = kinds},
  {MESSAGE_LINES, "lines", {"明细", "Lines"}, F_LONG_TEXT, FIELD_FIXED, 0, 5000}, /* numbers and dates: titles stand with the problems themselves */
  {MESSAGE_PROBLEMS, "problems", {"涉及问题", "Problems"}, F_REFERENCES, FIELD_FIXED, .target = RECORD_PROBLEM},
  {MESSAGE_WITHHELD, "withheld", {"不外送内容", "Its words stay here"}, F_YES_NO, FIELD_FIXED | FIELD_HIDDEN},
};
static const struct state_name states[] = {{MESSAGE_UNREAD, "unread", {"未读", "Unread"}}, {MESSAGE_READ, "read", {"已读", "Read"}, true}, {0}};
static const struct transition transitions[] = {
  {0, ACTION_CREATE, MESSAGE_UNREAD, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"发送", "Send"}},
  {MESSAGE_UNREAD, ACTION_READ, MESSAGE_READ, ROLES_ALL, RELATION_SELF, .label = {"标为已读", "Mark as read"}},
};
static const struct permission permissions[] = {{ROLES_ALL, RELATION_SELF, MAY_READ}};
const struct record_type TYPE_MESSAGE = {
  .id = RECORD_MESSAGE, .name = "message", .plural = "messages", .label = {"消息", "Message"}, .label_plural = {"消息", "Messages"},
  FIELDS(fields), .states = states, .first = MESSAGE_UNREAD, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{MESSAGE_USER, RELATION_SELF}}, .together = TOGETHER_DESTROY, .waits = WAITS_ELSEWHERE, .group = GROUP_PART, .title = MESSAGE_TITLE};
