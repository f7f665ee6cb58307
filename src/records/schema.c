/* The list of record types, in the order in which documents show them. A new record type is a file and a row here (and its declaration in
   types.h). */
#include "records/types.h"

static const struct record_type *const types[] = {
  &TYPE_CAMPAIGN, &TYPE_POLICY, &TYPE_UNIT, &TYPE_USER, &TYPE_GRANT, &TYPE_CALENDAR_DAY, &TYPE_TOPIC, &TYPE_PROBLEM, &TYPE_CYCLE,
  &TYPE_MEASURE, &TYPE_PLAN, &TYPE_STAGE, &TYPE_INDICATOR, &TYPE_INDICATOR_VALUE, &TYPE_SITE, &TYPE_RESULT, &TYPE_APPEAL, &TYPE_EVIDENCE, &TYPE_LINK,
  &TYPE_ROUND, &TYPE_ROUND_ANSWER, &TYPE_FROZEN_TABLE, &TYPE_CORRECTION, &TYPE_APPROVAL, &TYPE_IMPORT_MAPPING, &TYPE_SAVED_VIEW, &TYPE_MESSAGE,
  &TYPE_TRANSFER, &TYPE_RULING, &TYPE_HOLDING, &TYPE_HAND_OVER,
  &TYPE_CATEGORY, &TYPE_GUIDANCE_GROUP, &TYPE_TOPIC_TASK, &TYPE_MECHANISM,
  &TYPE_CRITERION, &TYPE_OBJECTION, &TYPE_CHASE,
  &TYPE_CLASS, &TYPE_GROUPING_DECISION, &TYPE_ALERT,
  &TYPE_RELEASE, &TYPE_EVALUATION, &TYPE_SUBMISSION, &TYPE_CALL_BACK, &TYPE_EXCLUSION,
  &TYPE_CHECK, &TYPE_CASE, &TYPE_SELF_CHECK, &TYPE_DRAW};

/* version: raised whenever a declaration changes in a way that an older binary must not write under. */
const struct schema SCHEMA = {types, COUNT_OF(types), 1};

const struct choice RECORD_CHOICES[] = { /* record types as a choice: links, approvals, messages point at any of them */
  {RECORD_UNIT, "unit", {"单位", "Unit"}}, {RECORD_USER, "user", {"用户", "User"}}, {RECORD_GRANT, "grant", {"授权", "Grant"}},
  {RECORD_CAMPAIGN, "campaign", {"专项工作", "Campaign"}}, {RECORD_POLICY, "policy", {"口径", "Policy"}}, {RECORD_CALENDAR_DAY, "calendar_day", {"日历", "Calendar day"}},
  {RECORD_IMPORT_MAPPING, "import_mapping", {"导入对照", "Import mapping"}}, {RECORD_APPROVAL, "approval", {"审批", "Approval"}}, {RECORD_MESSAGE, "message", {"消息", "Message"}},
  {RECORD_TOPIC, "topic", {"课题", "Topic"}}, {RECORD_PROBLEM, "problem", {"问题", "Problem"}}, {RECORD_CYCLE, "cycle", {"第 n 次整改", "Cycle"}},
  {RECORD_MEASURE, "measure", {"措施", "Measure"}}, {RECORD_APPEAL, "appeal", {"诉求", "Appeal"}}, {RECORD_EVIDENCE, "evidence", {"佐证", "Evidence"}},
  {RECORD_LINK, "link", {"关联", "Link"}},
  {RECORD_ROUND, "round", {"轮次", "Round"}}, {RECORD_ROUND_ANSWER, "round_answer", {"报送", "Answer"}}, {RECORD_FROZEN_TABLE, "frozen_table", {"冻结表", "Frozen table"}}, {RECORD_CORRECTION, "correction", {"更正单", "Correction slip"}},
  {RECORD_PLAN, "plan", {"专项整治方案", "Plan"}}, {RECORD_STAGE, "stage", {"阶段", "Stage"}}, {RECORD_INDICATOR, "indicator", {"指标", "Indicator"}}, {RECORD_INDICATOR_VALUE, "indicator_value", {"指标值", "Indicator value"}}, {RECORD_SITE, "site", {"点位", "Site"}}, {RECORD_RESULT, "result", {"成效", "Result"}},
  {RECORD_TRANSFER, "transfer", {"转办", "Transfer"}}, {RECORD_RULING, "ruling", {"裁定", "Ruling"}}, {RECORD_HAND_OVER, "hand_over", {"交接单", "Hand-over slip"}},
  {RECORD_CRITERION, "criterion", {"销号标准", "Closing criterion"}}, {RECORD_OBJECTION, "objection", {"异议", "Objection"}}, {RECORD_CHASE, "chase", {"催办", "Chase"}},
  {RECORD_CLASS, "class", {"一类事", "Class"}}, {RECORD_GROUPING_DECISION, "grouping_decision", {"归并认定", "Grouping decision"}}, {RECORD_ALERT, "alert", {"反弹预警", "Rebound alert"}},
  {RECORD_CALL_BACK, "call_back", {"回访", "Call-back"}}, {RECORD_EXCLUSION, "exclusion", {"剔除", "Exclusion"}},

  {RECORD_RELEASE, "release", {"发布审核", "Release"}}, {RECORD_EVALUATION, "evaluation", {"评价", "Evaluation"}}, {RECORD_SUBMISSION, "submission", {"公众来件", "Submission"}},
  {RECORD_CATEGORY, "category", {"类别", "Category"}}, {RECORD_GUIDANCE_GROUP, "guidance_group", {"指导组", "Guidance group"}}, {RECORD_TOPIC_TASK, "topic_task", {"课题任务", "Topic task"}},
  {RECORD_MECHANISM, "mechanism", {"制度", "Mechanism"}}, {RECORD_CHECK, "check", {"抽查", "Check"}}, {RECORD_CASE, "case", {"案例", "Case"}}, {RECORD_SELF_CHECK, "self_check", {"举一反三自查", "Self-check"}}, {RECORD_SAVED_VIEW, "saved_view", {"存的视图", "Saved view"}}, {RECORD_DRAW, "draw", {"抽查方案", "Draw"}}, {0}};
