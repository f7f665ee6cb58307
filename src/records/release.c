/* The release 发布审核: what of which problem, or of which result, goes public. Somebody proposes words and figures, another person, the
   releaser, looks at them and releases or withholds. Nothing else is ever public: the portal's words are those of a released release as
   they stood then, its numbers and dates live. */
#include "records/types.h"

static const struct choice figures[] = {
  {FIGURE_UNIT, "lead_unit", {"牵头单位", "Lead unit"}}, {FIGURE_DUE, "due", {"整改期限", "Due date"}}, {FIGURE_PROGRESS, "progress", {"进度", "Progress"}}, {FIGURE_SITES, "sites", {"点位各阶段数", "Sites by stage"}},
  {FIGURE_EVALUATIONS, "evaluations", {"群众评价数", "Evaluations, counted"}}, {FIGURE_EFFECTS, "effects", {"成效数字", "Figures of the result"}}, {0}};
static const struct field fields[] = {
  {RELEASE_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {RELEASE_RESULT, "result", {"成效(发布成效时)", "Result, when that is released"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_RESULT},
  {RELEASE_TITLE, "title", {"公开标题", "Public title"}, F_TEXT, FIELD_REQUIRED, 2, 200},
  {RELEASE_TEXT, "text", {"公开内容", "Public text"}, F_LONG_TEXT, FIELD_REQUIRED, 2, 5000},
  {RELEASE_FIGURES, "figures", {"公开哪些数字", "Which figures"}, F_CHOICES, 0, .choices = figures, .preset = 1 << FIGURE_UNIT | 1 << FIGURE_DUE | 1 << FIGURE_PROGRESS | 1 << FIGURE_EVALUATIONS, .has_preset = true},
  {RELEASE_INDICATORS, "indicators", {"公开哪些指标", "Which indicators"}, F_REFERENCES, 0, .target = RECORD_INDICATOR},
  {RELEASE_BEFORE, "before", {"整改前图片", "Pictures before"}, F_REFERENCES, 0, .target = RECORD_EVIDENCE},
  {RELEASE_AFTER, "after", {"整改后图片", "Pictures after"}, F_REFERENCES, 0, .target = RECORD_EVIDENCE},
  {RELEASE_DISTRICT, "district", {"所在区", "District"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT}, /* empty: that of the lead unit, if it lies in one */
  {RELEASE_AS_WRITTEN, "as_written", {"照原文发布(姓名号码已核对)", "As written: names and numbers were looked at"}, F_YES_NO, 0, .writers = ROLE(ROLE_RELEASER), .preset = 0, .has_preset = true},
  {RELEASE_MASKED, "masked", {"已隐去的姓名和号码", "Names and numbers masked"}, F_LONG_TEXT, FIELD_DERIVED, 0, 20000, .readers = ROLE(ROLE_RELEASER) | ROLE(ROLE_OFFICE) | ROLE(ROLE_REVIEWER)},
  {RELEASE_WITHHOLD, "withheld_because", {"不公开理由", "Withheld because"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = WITHHOLD_CHOICES},
  {RELEASE_PROPOSED_BY, "proposed_by", {"提请人", "Proposed by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {RELEASE_PROPOSED_ON, "proposed_on", {"提请日期", "Proposed on"}, F_DATE, FIELD_DERIVED},
  {RELEASE_REVIEWED_BY, "reviewed_by", {"审核人", "Reviewed by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {RELEASE_REVIEWED_ON, "reviewed_on", {"审核日期", "Reviewed on"}, F_DATE, FIELD_DERIVED},
  {RELEASE_WITHDRAWN_ON, "withdrawn_on", {"撤回日期", "Withdrawn on"}, F_DATE, FIELD_DERIVED},
  {RELEASE_WORDS, "words", {"发布时的文字", "The words as released"}, F_LONG_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 20000},
};
static const struct state_name states[] = {
  {RELEASE_PROPOSED, "proposed", {"待审核", "Proposed"}}, {RELEASE_RELEASED, "released", {"已发布", "Released"}}, {RELEASE_WITHHELD, "withheld", {"不公开", "Withheld"}},
  {RELEASE_WITHDRAWN, "withdrawn", {"已撤回", "Withdrawn"}}, {0}};
#define RELEASER ROLE(ROLE_RELEASER)
#define PROPOSERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_OFFICE))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, RELEASE_PROPOSED, PROPOSERS, RELATION_LEAD, {GUARD_PLACEHOLDER, GUARD_RELEASE_FITS}, .effects = {EFFECT_STAMP, EFFECT_RELEASE_MASK}, .label = {"提请发布", "Propose a release"}},
  {RELEASE_PROPOSED, ACTION_EDIT, RELEASE_PROPOSED, PROPOSERS | RELEASER, RELATION_LEAD, {GUARD_RELEASE_FITS}, .effects = {EFFECT_RELEASE_MASK}, .label = {"修改", "Edit"}},
  {RELEASE_PROPOSED, ACTION_RELEASE, RELEASE_RELEASED, RELEASER, RELATION_ANY, {GUARD_ANOTHER_PERSON, GUARD_RELEASE_FITS, GUARD_RELEASE_REVIEWED}, .effects = {EFFECT_STAMP, EFFECT_RELEASE}, .label = {"发布", "Release"},
   .source = "政府信息公开条例 第十七条"},
  {RELEASE_PROPOSED, ACTION_WITHHOLD, RELEASE_WITHHELD, RELEASER, RELATION_ANY, .asks = {RELEASE_WITHHOLD}, .effects = {EFFECT_STAMP}, .label = {"不公开", "Withhold"},
   .source = "政府信息公开条例 第十四条至第十六条"},
  {RELEASE_RELEASED, ACTION_WITHDRAW, RELEASE_WITHDRAWN, RELEASER | ROLE(ROLE_OFFICE), RELATION_ANY, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤回", "Withdraw"}},
  {RELEASE_PROPOSED, ACTION_WITHDRAW, RELEASE_WITHDRAWN, PROPOSERS, RELATION_LEAD, .effects = {EFFECT_STAMP}, .reason = true, .label = {"撤回提请", "Withdraw"}},
  {RELEASE_WITHHELD, ACTION_PROPOSE, RELEASE_PROPOSED, PROPOSERS, RELATION_LEAD, {GUARD_RELEASE_FITS}, .effects = {EFFECT_STAMP, EFFECT_RELEASE_MASK}, .reason = true, .label = {"重新提请", "Propose again"}},
  {RELEASE_WITHDRAWN, ACTION_PROPOSE, RELEASE_PROPOSED, PROPOSERS, RELATION_LEAD, {GUARD_RELEASE_FITS}, .effects = {EFFECT_STAMP, EFFECT_RELEASE_MASK}, .reason = true, .label = {"重新提请", "Propose again"}},
};
static const struct permission permissions[] = {
  {ROLES_BUSINESS, RELATION_PARENT, MAY_READ | MAY_EXPORT}, {PROPOSERS, RELATION_PARENT, MAY_CREATE | MAY_EDIT}, {RELEASER, RELATION_PARENT, MAY_EDIT}};
static const uint16_t indexes[][3] = {{RELEASE_PROBLEM}, {FIELD_STATE}};
const struct record_type TYPE_RELEASE = {
  .id = RECORD_RELEASE, .name = "release", .plural = "releases", .label = {"发布审核", "Release"}, .label_plural = {"发布审核", "Releases"},
  FIELDS(fields), .states = states, .first = RELEASE_PROPOSED, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .parent = RELEASE_PROBLEM, .together = TOGETHER_DESTROY, .waits = WAITS_EACH, .group = GROUP_FLOW, .title = RELEASE_TITLE, INDEXES(indexes)};
