/* The topic 课题: research that leads to problems, measures or mechanisms (DOMAIN.md 1). */
#include "records/types.h"

static const struct choice reasons[] = { /* domain-facts 2: the four criteria by which a monthly question is chosen */
  {REASON_COMMON, "common", {"普遍反映、矛盾突出", "Widely felt"}}, {REASON_MANY_APPEALS, "many_appeals", {"诉求量大、涉及面广", "Many appeals"}},
  {REASON_LONG_UNSOLVED, "long_unsolved", {"长期解决不好但能推动", "Long unsolved, can be moved"}}, {REASON_CITY_POLICY, "city_policy", {"适合市级出政策", "Fit for a city policy"}}, {0}};
static const struct field fields[] = {
  {TOPIC_NUMBER, "number", {"编号", "Number"}, F_TEXT, FIELD_DERIVED | FIELD_UNIQUE | FIELD_LISTED | FIELD_SEARCHED | FIELD_PARTS, 0, 32},
  {TOPIC_TITLE, "title", {"课题", "Topic"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 200},
  {TOPIC_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {TOPIC_WHY, "why", {"入选理由", "Why chosen"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 5000},
  {TOPIC_SOURCE, "source", {"课题来源", "Source"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED, .choices = SOURCE_CHOICES, .preset = SOURCE_RESEARCH, .has_preset = true},
  {TOPIC_REASONS, "reasons", {"入选标准", "Criteria met"}, F_CHOICES, FIELD_LISTED, .choices = reasons},
  {TOPIC_TREND, "trend", {"诉求量趋势", "Trend of appeals"}, F_LONG_TEXT, 0, 0, 5000},
  {TOPIC_FINDINGS, "findings", {"调研发现", "Findings"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 20000},
  {TOPIC_LEAD_UNIT, "lead_unit", {"牵头单位", "Lead unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {TOPIC_JOINT_UNITS, "joint_units", {"配合单位", "Joint units"}, F_REFERENCES, 0, .target = RECORD_UNIT},
  {TOPIC_DUE, "due", {"完成期限", "Due"}, F_DATE, FIELD_LISTED},
  {TOPIC_POLICY_COUNT, "policy_count", {"出台政策数", "Policies issued, number"}, F_INTEGER, 0, 0, 10000},
  {TOPIC_POLICIES, "policies", {"出台政策", "Policies issued"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 10000},
  {TOPIC_DONE, "done", {"完成情况", "Done"}, F_LONG_TEXT, 0, 0, 10000},
  {TOPIC_LED_TO, "led_to", {"形成成果", "Led to"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {TOPIC_SATISFACTION, "satisfaction", {"第三方满意度", "Satisfaction, third party"}, F_WEIGHT, FIELD_LISTED},
  {TOPIC_CLOSED_ON, "closed_on", {"结题日期", "Closed on"}, F_DATE, FIELD_DERIVED},
  {TOPIC_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
};
static const struct state_name states[] = {
  {TOPIC_OPEN, "open", {"调研中", "Open"}}, {TOPIC_CONCLUDED, "concluded", {"已形成结论", "Concluded"}}, {TOPIC_CLOSED, "closed", {"已结题", "Closed"}, true}, {0}};
#define MAKERS (ROLE(ROLE_OFFICE) | ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, TOPIC_OPEN, MAKERS, RELATION_LEAD, {GUARD_CAMPAIGN_OPEN}, .effects = {EFFECT_NUMBER}, .label = {"新建课题", "New topic"}},
  {TOPIC_OPEN, ACTION_EDIT, TOPIC_OPEN, MAKERS, RELATION_LEAD, .label = {"修改", "Edit"}},
  {TOPIC_OPEN, ACTION_CONCLUDE, TOPIC_CONCLUDED, MAKERS, RELATION_LEAD, .asks = {TOPIC_FINDINGS}, .label = {"形成结论", "Conclude"}},
  {TOPIC_CONCLUDED, ACTION_EDIT, TOPIC_CONCLUDED, MAKERS, RELATION_LEAD, .label = {"修改", "Edit"}},
  {TOPIC_CONCLUDED, ACTION_CLOSE, TOPIC_CLOSED, ROLE(ROLE_OFFICE), RELATION_ANY, {GUARD_TASKS_DONE}, {TOPIC_DONE}, {EFFECT_STAMP}, .label = {"结题", "Close"}},
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
  .holders = {{TOPIC_LEAD_UNIT, RELATION_LEAD}, {TOPIC_JOINT_UNITS, RELATION_JOINT}}, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_EACH, .due = TOPIC_DUE, .group = GROUP_WORK, .title = TOPIC_TITLE, .secrecy = TOPIC_SECRECY, SORTS(sorts)};
