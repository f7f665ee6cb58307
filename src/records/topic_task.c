/* The topic task 课题任务: what has to be done for a topic, by whom, until when. A topic is closed when its tasks are done. */
#include "records/types.h"

static const struct field fields[] = {
  {TOPIC_TASK_TOPIC, "topic", {"课题", "Topic"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_TOPIC},
  {TOPIC_TASK_TITLE, "title", {"任务", "Task"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 200},
  {TOPIC_TASK_UNIT, "unit", {"责任单位", "Unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {TOPIC_TASK_OWNER, "owner", {"责任人", "Owner"}, F_TEXT, FIELD_REQUIRED, 1, 80},
  {TOPIC_TASK_OWNER_USER, "owner_user", {"责任人(用户)", "Owner, as user"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_USER},
  {TOPIC_TASK_DUE, "due", {"完成期限", "Due"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED},
  {TOPIC_TASK_NOTE, "note", {"完成情况", "Note"}, F_LONG_TEXT, 0, 0, 5000},
  {TOPIC_TASK_DONE_ON, "done_on", {"完成日期", "Done on"}, F_DATE, FIELD_DERIVED},
};
static const struct state_name states[] = {{TASK_OPEN, "open", {"进行中", "Open"}}, {TASK_DONE, "done", {"已完成", "Done"}}, {TASK_CANCELLED, "cancelled", {"取消", "Cancelled"}, true}, {0}};
#define MAKERS (ROLE(ROLE_OFFICE) | ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
static const struct transition transitions[] = { /* led by its own unit, and by the unit that leads its topic */
  {0, ACTION_CREATE, TASK_OPEN, MAKERS, RELATION_LEAD, {GUARD_TOPIC_OPEN}, .label = {"加任务", "Add task"}},
  {TASK_OPEN, ACTION_EDIT, TASK_OPEN, MAKERS, RELATION_LEAD, {GUARD_TOPIC_OPEN}, .label = {"修改", "Edit"}},
  {TASK_OPEN, ACTION_FINISH, TASK_DONE, MAKERS, RELATION_LEAD, .asks = {TOPIC_TASK_NOTE}, .effects = {EFFECT_STAMP}, .label = {"完成", "Finish"}},
  {TASK_DONE, ACTION_REOPEN, TASK_OPEN, MAKERS, RELATION_LEAD, {GUARD_TOPIC_OPEN}, .effects = {EFFECT_STAMP}, .reason = true, .label = {"重办", "Open again"}},
  {TASK_OPEN, ACTION_CANCEL, TASK_CANCELLED, ROLE(ROLE_OFFICE), RELATION_ANY, .reason = true, .label = {"取消任务", "Cancel"}},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_PARENT, MAY_READ}, {MAKERS, RELATION_LEAD, MAY_READ | MAY_CREATE | MAY_EDIT}};
static const uint16_t indexes[][3] = {{TOPIC_TASK_TOPIC}, {TOPIC_TASK_OWNER_USER}};
const struct record_type TYPE_TOPIC_TASK = {
  .id = RECORD_TOPIC_TASK, .name = "topic_task", .plural = "topic_tasks", .label = {"课题任务", "Topic task"}, .label_plural = {"课题任务", "Topic tasks"},
  FIELDS(fields), .states = states, .first = TASK_OPEN, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{TOPIC_TASK_UNIT, RELATION_LEAD}}, .parent = TOPIC_TASK_TOPIC, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_EACH, .due = TOPIC_TASK_DUE, .group = GROUP_PART, .title = TOPIC_TASK_TITLE, INDEXES(indexes)};
