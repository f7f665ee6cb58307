/* The topic 课题: research that leads to problems, measures or mechanisms (DOMAIN.md 1). */
#include "records/types.h"

static const struct field fields[] = {
  {TOPIC_NUMBER, "number", {"编号", "Number"}, F_TEXT, FIELD_DERIVED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED, 0, 32},
  {TOPIC_TITLE, "title", {"课题", "Topic"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 200},
  {TOPIC_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {TOPIC_WHY, "why", {"入选理由", "Why chosen"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 5000},
  {TOPIC_FINDINGS, "findings", {"调研发现", "Findings"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 20000},
  {TOPIC_LEAD_UNIT, "lead_unit", {"牵头单位", "Lead unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {TOPIC_JOINT_UNITS, "joint_units", {"配合单位", "Joint units"}, F_REFERENCES, 0, .target = RECORD_UNIT},
  {TOPIC_DUE, "due", {"完成期限", "Due"}, F_DATE, FIELD_LISTED},
  {TOPIC_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
};
static const struct state_name states[] = {
  {TOPIC_OPEN, "open", {"调研中", "Open"}}, {TOPIC_CONCLUDED, "concluded", {"已形成结论", "Concluded"}}, {TOPIC_CLOSED, "closed", {"已结题", "Closed"}, true}, {0}};
#define MAKERS (ROLE(ROLE_OFFICE) | ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, TOPIC_OPEN, MAKERS, RELATION_LEAD, {GUARD_CAMPAIGN_OPEN}, .effects = {EFFECT_NUMBER}, .label = {"新建课题", "New topic"}},
  {TOPIC_OPEN, ACTION_EDIT, TOPIC_OPEN, MAKERS, RELATION_LEAD, .label = {"修改", "Edit"}},
  {TOPIC_OPEN, ACTION_CONCLUDE, TOPIC_CONCLUDED, MAKERS, RELATION_LEAD, .asks = {TOPIC_FINDINGS}, .label = {"形成结论", "Conclude"}},
  {TOPIC_CONCLUDED, ACTION_CLOSE, TOPIC_CLOSED, ROLE(ROLE_OFFICE), RELATION_ANY, .label = {"结题", "Close"}},
};
static const struct permission permissions[] = {
  {ROLE(ROLE_OFFICE) | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT},
  {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD), RELATION_LEAD, MAY_READ | MAY_CREATE | MAY_EDIT | MAY_EXPORT},
  {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD), RELATION_JOINT, MAY_READ},
  {ROLE(ROLE_OFFICE), RELATION_ANY, MAY_CREATE | MAY_EDIT}};
static const uint16_t sorts[] = {TOPIC_NUMBER};
const struct record_type TYPE_TOPIC = {
  .id = RECORD_TOPIC, .name = "topic", .plural = "topics", .label = {"课题", "Topic"}, .label_plural = {"课题", "Topics"},
  FIELDS(fields), .states = states, .first = TOPIC_OPEN, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{TOPIC_LEAD_UNIT, RELATION_LEAD}, {TOPIC_JOINT_UNITS, RELATION_JOINT}}, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .group = GROUP_WORK, .title = TOPIC_TITLE, .secrecy = TOPIC_SECRECY, SORTS(sorts)};
