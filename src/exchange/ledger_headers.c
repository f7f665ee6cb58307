/* Headers of ledgers: which rows they are and what each column means. The words stand in one table with where they were met; a few
   patterns behind it catch the variants that every office has. Where several columns claim one meaning, the stricter word has it. */
#include <stdlib.h>
#include <string.h>

#include "exchange/import_ledger.h"

const char *const LEDGER_KEY_NAMES[LEDGER_KEY_COUNT] = {
  [LEDGER_OTHER] = "other", [LEDGER_NUMBER] = "number", [LEDGER_SOURCE] = "source", [LEDGER_CATEGORY] = "category", [LEDGER_TITLE] = "title", [LEDGER_DETAIL] = "detail",
  [LEDGER_CAUSE] = "cause", [LEDGER_GOAL] = "goal", [LEDGER_MEASURES] = "measures", [LEDGER_MEASURE_DUE] = "measure_due", [LEDGER_LEADER] = "leader", [LEDGER_LEAD] = "lead_unit",
  [LEDGER_JOINT] = "joint_units", [LEDGER_OWNER] = "owner", [LEDGER_KIND] = "kind", [LEDGER_DUE] = "due", [LEDGER_PROGRESS] = "progress", [LEDGER_DONE] = "done",
  [LEDGER_EVIDENCE] = "evidence", [LEDGER_LONG_TERM] = "long_term", [LEDGER_PUBLIC] = "public", [LEDGER_CLOSED] = "closed", [LEDGER_CLOSED_ON] = "closed_on", [LEDGER_REMARK] = "remark",
  [LEDGER_AMOUNT] = "amount", [LEDGER_RECOVERED] = "recovered", [LEDGER_ADMITTED_ON] = "admitted_on"};

const struct label LEDGER_KEY_LABELS[LEDGER_KEY_COUNT] = {
  [LEDGER_OTHER] = {"保留为其他列", "Keep as another column"}, [LEDGER_NUMBER] = {"编号", "Number"}, [LEDGER_SOURCE] = {"问题来源", "Source"}, [LEDGER_CATEGORY] = {"问题类别", "Category"}, [LEDGER_TITLE] = {"问题", "Problem"},
  [LEDGER_DETAIL] = {"具体表现", "Detail"}, [LEDGER_CAUSE] = {"原因分析", "Root cause"}, [LEDGER_GOAL] = {"整改目标", "Goal"}, [LEDGER_MEASURES] = {"整改措施", "Measures"}, [LEDGER_MEASURE_DUE] = {"措施完成时间", "Measures due"},
  [LEDGER_LEADER] = {"责任领导", "Official"}, [LEDGER_LEAD] = {"牵头单位", "Lead unit"}, [LEDGER_JOINT] = {"配合单位", "Joint units"}, [LEDGER_OWNER] = {"责任人", "Owner"}, [LEDGER_KIND] = {"整改类型", "Kind"}, [LEDGER_DUE] = {"整改时限", "Due"},
  [LEDGER_PROGRESS] = {"整改进展", "Progress"}, [LEDGER_DONE] = {"完成情况", "Status"}, [LEDGER_EVIDENCE] = {"佐证材料", "Evidence"}, [LEDGER_LONG_TERM] = {"是否长期坚持", "Long-term"}, [LEDGER_PUBLIC] = {"是否公开", "Public"},
  [LEDGER_CLOSED] = {"是否销号", "Closed"}, [LEDGER_CLOSED_ON] = {"销号时间", "Closed on"}, [LEDGER_REMARK] = {"备注", "Remarks"}, [LEDGER_AMOUNT] = {"问题金额", "Amount"}, [LEDGER_RECOVERED] = {"整改金额", "Amount recovered"},
  [LEDGER_ADMITTED_ON] = {"入库日期", "Admitted on"}};

bool ledger_key_joins(enum ledger_key key) {
  return key == LEDGER_OTHER || key == LEDGER_REMARK || key == LEDGER_DETAIL || key == LEDGER_EVIDENCE || key == LEDGER_JOINT;
}

enum ledger_key ledger_key_named(const char *name) {
  for (int key = 0; key < LEDGER_KEY_COUNT; key++)
    if (strcmp(LEDGER_KEY_NAMES[key], name) == 0) return (enum ledger_key)key;
  return LEDGER_OTHER;
}

/* Rank: 1 says it outright; the higher, the sooner another column of the same meaning has it. Sources: [22] the short form and [52] the
   audit form of domain-facts 4; [D] our own export; [K] kev, [F] ledger-fac (public data); the rest are synonyms of daily use. */
struct synonym { enum ledger_key key; unsigned rank; const char *word; };
static const struct synonym SYNONYMS[] = {
  {LEDGER_NUMBER, 1, "编号"}, {LEDGER_NUMBER, 1, "问题编号"}, {LEDGER_NUMBER, 2, "序号"} /* 22, 52 */, {LEDGER_NUMBER, 1, "台账编号"}, {LEDGER_NUMBER, 1, "清单编号"}, {LEDGER_NUMBER, 3, "序"}, {LEDGER_NUMBER, 2, "no"}, {LEDGER_NUMBER, 1, "id"}, {LEDGER_NUMBER, 1, "number"},
  {LEDGER_NUMBER, 2, "serialno"}, {LEDGER_NUMBER, 1, "ref"}, {LEDGER_NUMBER, 1, "reference"}, {LEDGER_NUMBER, 1, "issueno"}, {LEDGER_NUMBER, 1, "findingref"} /* F */, {LEDGER_NUMBER, 1, "cveid"} /* K */, {LEDGER_NUMBER, 1, "issueid"}, {LEDGER_NUMBER, 1, "itemno"}, {LEDGER_NUMBER, 2, "item"}, {LEDGER_NUMBER, 2, "#"},
  {LEDGER_SOURCE, 1, "问题来源"} /* 22, 52 */, {LEDGER_SOURCE, 2, "来源"}, {LEDGER_SOURCE, 2, "线索来源"}, {LEDGER_SOURCE, 1, "source"}, {LEDGER_SOURCE, 3, "origin"} /* F */, {LEDGER_SOURCE, 3, "反馈来源"},
  {LEDGER_CATEGORY, 1, "问题类别"} /* 22, 52 */, {LEDGER_CATEGORY, 2, "类别"}, {LEDGER_CATEGORY, 2, "问题分类"}, {LEDGER_CATEGORY, 2, "问题类型"}, {LEDGER_CATEGORY, 3, "领域"}, {LEDGER_CATEGORY, 3, "问题领域"}, {LEDGER_CATEGORY, 1, "category"}, {LEDGER_CATEGORY, 4, "板块"}, {LEDGER_CATEGORY, 4, "方面"}, {LEDGER_CATEGORY, 3, "所属领域"}, {LEDGER_CATEGORY, 2, "area"},
  {LEDGER_TITLE, 1, "具体问题表述"} /* 52 */, {LEDGER_TITLE, 2, "反馈问题"} /* 22 */, {LEDGER_TITLE, 1, "问题名称"}, {LEDGER_TITLE, 1, "问题标题"}, {LEDGER_TITLE, 2, "问题表述"}, {LEDGER_TITLE, 2, "问题摘要"}, {LEDGER_TITLE, 2, "问题"}, {LEDGER_TITLE, 2, "存在问题"}, {LEDGER_TITLE, 2, "存在的问题"}, {LEDGER_TITLE, 2, "主要问题"},
  {LEDGER_TITLE, 2, "存在的主要问题"}, {LEDGER_TITLE, 2, "具体问题"}, {LEDGER_TITLE, 2, "突出问题"}, {LEDGER_TITLE, 3, "问题描述"}, {LEDGER_TITLE, 3, "问题内容"}, {LEDGER_TITLE, 3, "发现问题"}, {LEDGER_TITLE, 3, "发现的问题"}, {LEDGER_TITLE, 3, "审计发现问题"}, {LEDGER_TITLE, 3, "检视问题"}, {LEDGER_TITLE, 3, "整改问题"}, {LEDGER_TITLE, 3, "反馈意见"}, {LEDGER_TITLE, 4, "整改事项"}, {LEDGER_TITLE, 4, "问题事项"},
  {LEDGER_TITLE, 4, "整改任务"}, {LEDGER_TITLE, 5, "事项"}, {LEDGER_TITLE, 5, "任务"}, {LEDGER_TITLE, 3, "问题情况"}, {LEDGER_TITLE, 1, "problem"}, {LEDGER_TITLE, 1, "issue"}, {LEDGER_TITLE, 1, "problemtitle"}, {LEDGER_TITLE, 1, "issuetitle"}, {LEDGER_TITLE, 1, "title"}, {LEDGER_TITLE, 2, "finding"}, {LEDGER_TITLE, 2, "findingtext"} /* F */, {LEDGER_TITLE, 1, "vulnerabilityname"} /* K */,
  {LEDGER_TITLE, 3, "description"}, {LEDGER_TITLE, 3, "problemdescription"}, {LEDGER_TITLE, 3, "issuedescription"}, {LEDGER_TITLE, 2, "issueidentified"}, {LEDGER_TITLE, 3, "诉求内容"}, {LEDGER_TITLE, 2, "诉求标题"},
  {LEDGER_DETAIL, 1, "具体表现"} /* 22 */, {LEDGER_DETAIL, 2, "问题详情"}, {LEDGER_DETAIL, 2, "具体情况"}, {LEDGER_DETAIL, 2, "详细情况"}, {LEDGER_DETAIL, 3, "表现"}, {LEDGER_DETAIL, 1, "detail"}, {LEDGER_DETAIL, 1, "details"}, {LEDGER_DETAIL, 2, "shortdescription"} /* K */, {LEDGER_DETAIL, 3, "问题具体表现"}, {LEDGER_DETAIL, 2, "主要表现"},
  {LEDGER_CAUSE, 1, "原因分析"} /* 22 */, {LEDGER_CAUSE, 1, "原因"}, {LEDGER_CAUSE, 1, "问题原因"}, {LEDGER_CAUSE, 1, "成因分析"}, {LEDGER_CAUSE, 1, "产生原因"}, {LEDGER_CAUSE, 1, "症结"}, {LEDGER_CAUSE, 1, "根源"}, {LEDGER_CAUSE, 1, "rootcause"}, {LEDGER_CAUSE, 1, "cause"}, {LEDGER_CAUSE, 1, "causes"}, {LEDGER_CAUSE, 1, "causeanalysis"},
  {LEDGER_GOAL, 1, "整改目标"} /* 22 */, {LEDGER_GOAL, 1, "整改完成标准"} /* 52 */, {LEDGER_GOAL, 1, "整改标准"}, {LEDGER_GOAL, 2, "目标"}, {LEDGER_GOAL, 2, "预期目标"}, {LEDGER_GOAL, 2, "工作目标"}, {LEDGER_GOAL, 2, "目标任务"}, {LEDGER_GOAL, 2, "完成标准"}, {LEDGER_GOAL, 2, "销号标准"}, {LEDGER_GOAL, 2, "验收标准"}, {LEDGER_GOAL, 1, "goal"}, {LEDGER_GOAL, 1, "target"}, {LEDGER_GOAL, 1, "objective"}, {LEDGER_GOAL, 2, "expectedoutcome"},
  {LEDGER_MEASURES, 1, "细化的整改措施"} /* 52 */, {LEDGER_MEASURES, 1, "整改措施"} /* 22 */, {LEDGER_MEASURES, 2, "措施"}, {LEDGER_MEASURES, 2, "整改举措"}, {LEDGER_MEASURES, 2, "具体举措"}, {LEDGER_MEASURES, 2, "具体措施"}, {LEDGER_MEASURES, 2, "举措"}, {LEDGER_MEASURES, 2, "工作措施"}, {LEDGER_MEASURES, 2, "整改具体措施"}, {LEDGER_MEASURES, 3, "任务举措"}, {LEDGER_MEASURES, 3, "整改方案"},
  {LEDGER_MEASURES, 3, "整改计划"}, {LEDGER_MEASURES, 2, "解决措施"}, {LEDGER_MEASURES, 2, "下一步措施"}, {LEDGER_MEASURES, 1, "measures"}, {LEDGER_MEASURES, 1, "measure"}, {LEDGER_MEASURES, 1, "actions"}, {LEDGER_MEASURES, 1, "rectificationmeasures"}, {LEDGER_MEASURES, 1, "correctiveactions"}, {LEDGER_MEASURES, 1, "correctiveaction"}, {LEDGER_MEASURES, 1, "correctiveactionplan"} /* F */, {LEDGER_MEASURES, 1, "requiredaction"} /* K */,
  {LEDGER_MEASURES, 1, "actionplan"}, {LEDGER_MEASURES, 2, "action"},
  {LEDGER_MEASURE_DUE, 1, "对应的完成时间"} /* 52 */, {LEDGER_MEASURE_DUE, 1, "对应完成时间"}, {LEDGER_MEASURE_DUE, 1, "措施完成时限"}, {LEDGER_MEASURE_DUE, 1, "措施时限"}, {LEDGER_MEASURE_DUE, 1, "措施完成时间"}, {LEDGER_MEASURE_DUE, 1, "measuredue"},
  {LEDGER_LEADER, 1, "责任领导"} /* 22 */, {LEDGER_LEADER, 1, "牵头责任领导"} /* 22 */, {LEDGER_LEADER, 1, "牵头领导"}, {LEDGER_LEADER, 1, "整改第一责任人"} /* 52 */, {LEDGER_LEADER, 2, "分管领导"}, {LEDGER_LEADER, 2, "包案领导"}, {LEDGER_LEADER, 2, "包保领导"}, {LEDGER_LEADER, 2, "主要领导"}, {LEDGER_LEADER, 2, "领导"}, {LEDGER_LEADER, 2, "市领导"}, {LEDGER_LEADER, 2, "区领导"}, {LEDGER_LEADER, 2, "第一责任人"}, {LEDGER_LEADER, 2, "牵头市领导"}, {LEDGER_LEADER, 2, "挂帅领导"},
  {LEDGER_LEADER, 1, "official"}, {LEDGER_LEADER, 1, "leader"}, {LEDGER_LEADER, 1, "responsibleofficial"}, {LEDGER_LEADER, 1, "responsibleleader"}, {LEDGER_LEADER, 2, "officerincharge"}, {LEDGER_LEADER, 1, "leadofficial"},
  {LEDGER_LEAD, 1, "牵头单位"}, {LEDGER_LEAD, 1, "牵头责任单位"}, {LEDGER_LEAD, 1, "牵头部门"}, {LEDGER_LEAD, 1, "主办单位"}, {LEDGER_LEAD, 1, "主责单位"}, {LEDGER_LEAD, 2, "牵头"}, {LEDGER_LEAD, 2, "具体责任单位"} /* 52 */, {LEDGER_LEAD, 3, "责任单位"} /* 22 */, {LEDGER_LEAD, 3, "整改责任单位"}, {LEDGER_LEAD, 4, "责任部门"}, {LEDGER_LEAD, 4, "整改单位"}, {LEDGER_LEAD, 4, "承办单位"}, {LEDGER_LEAD, 4, "整改责任部门"},
  {LEDGER_LEAD, 4, "责任主体"}, {LEDGER_LEAD, 4, "主体责任单位"}, {LEDGER_LEAD, 8, "一级单位"} /* 52 */, {LEDGER_LEAD, 8, "单位"}, {LEDGER_LEAD, 8, "单位名称"}, {LEDGER_LEAD, 8, "部门"}, {LEDGER_LEAD, 8, "问题单位"}, {LEDGER_LEAD, 1, "leadunit"}, {LEDGER_LEAD, 1, "leadagency"}, {LEDGER_LEAD, 1, "leaddepartment"}, {LEDGER_LEAD, 3, "responsibleunit"}, {LEDGER_LEAD, 3, "responsibledepartment"},
  {LEDGER_LEAD, 3, "responsibleagency"}, {LEDGER_LEAD, 4, "unit"}, {LEDGER_LEAD, 5, "department"}, {LEDGER_LEAD, 5, "agency"}, {LEDGER_LEAD, 3, "responsibleorganisation"}, {LEDGER_LEAD, 3, "responsibleorganization"}, {LEDGER_LEAD, 3, "responsibleparty"},
  {LEDGER_JOINT, 1, "配合单位"} /* 22 */, {LEDGER_JOINT, 1, "配合责任单位"}, {LEDGER_JOINT, 1, "配合部门"}, {LEDGER_JOINT, 1, "协办单位"}, {LEDGER_JOINT, 1, "协同单位"}, {LEDGER_JOINT, 1, "协助单位"}, {LEDGER_JOINT, 1, "会办单位"}, {LEDGER_JOINT, 1, "参与单位"}, {LEDGER_JOINT, 2, "配合"}, {LEDGER_JOINT, 2, "负责监督管理责任的主管部门"} /* 52 */, {LEDGER_JOINT, 3, "主管部门"}, {LEDGER_JOINT, 3, "监管部门"}, {LEDGER_JOINT, 1, "jointunits"},
  {LEDGER_JOINT, 1, "supportingunits"}, {LEDGER_JOINT, 1, "supportingunit"}, {LEDGER_JOINT, 1, "supportunits"}, {LEDGER_JOINT, 1, "cooperatingunits"}, {LEDGER_JOINT, 1, "supportingagencies"}, {LEDGER_JOINT, 1, "otherunits"}, {LEDGER_JOINT, 1, "jointunit"}, {LEDGER_JOINT, 1, "supportingdepartments"}, {LEDGER_JOINT, 1, "partners"}, {LEDGER_JOINT, 1, "assistingunits"},
  {LEDGER_OWNER, 1, "责任人"} /* 22 */, {LEDGER_OWNER, 1, "整改责任人"}, {LEDGER_OWNER, 1, "具体责任人"}, {LEDGER_OWNER, 1, "直接责任人"}, {LEDGER_OWNER, 2, "牵头整改部门责任人及联系电话"} /* 52 */, {LEDGER_OWNER, 2, "责任人及联系电话"}, {LEDGER_OWNER, 2, "经办人"}, {LEDGER_OWNER, 2, "承办人"}, {LEDGER_OWNER, 3, "联系人"}, {LEDGER_OWNER, 3, "联系人及电话"}, {LEDGER_OWNER, 3, "负责人"}, {LEDGER_OWNER, 1, "owner"}, {LEDGER_OWNER, 1, "responsibleperson"},
  {LEDGER_OWNER, 2, "contact"}, {LEDGER_OWNER, 2, "personincharge"}, {LEDGER_OWNER, 2, "personresponsible"}, {LEDGER_OWNER, 2, "contactperson"},
  {LEDGER_KIND, 1, "整改类型"} /* 22, 52 */, {LEDGER_KIND, 1, "整改分类"}, {LEDGER_KIND, 1, "整改类别"}, {LEDGER_KIND, 2, "分类"}, {LEDGER_KIND, 2, "整改方式"}, {LEDGER_KIND, 3, "类型"}, {LEDGER_KIND, 2, "整改性质"}, {LEDGER_KIND, 1, "kind"}, {LEDGER_KIND, 1, "type"}, {LEDGER_KIND, 1, "rectificationtype"}, {LEDGER_KIND, 1, "typeofrectification"},
  {LEDGER_DUE, 1, "整改时限"} /* 22, 52 */, {LEDGER_DUE, 1, "完成时限"}, {LEDGER_DUE, 1, "整改期限"}, {LEDGER_DUE, 1, "完成期限"}, {LEDGER_DUE, 1, "办结时限"}, {LEDGER_DUE, 2, "时限"}, {LEDGER_DUE, 2, "时间节点"}, {LEDGER_DUE, 2, "完成时间"}, {LEDGER_DUE, 2, "整改完成时限"}, {LEDGER_DUE, 2, "计划完成时间"}, {LEDGER_DUE, 2, "整改完成时间"}, {LEDGER_DUE, 2, "期限"}, {LEDGER_DUE, 2, "截止时间"}, {LEDGER_DUE, 2, "截止日期"}, {LEDGER_DUE, 2, "时间要求"}, {LEDGER_DUE, 2, "整改时间"},
  {LEDGER_DUE, 2, "完成时间节点"}, {LEDGER_DUE, 3, "时间"}, {LEDGER_DUE, 1, "due"}, {LEDGER_DUE, 1, "duedate"} /* K */, {LEDGER_DUE, 1, "deadline"}, {LEDGER_DUE, 1, "targetdate"}, {LEDGER_DUE, 1, "completiondate"}, {LEDGER_DUE, 1, "timelimit"}, {LEDGER_DUE, 2, "timeframe"}, {LEDGER_DUE, 1, "tobecompletedby"}, {LEDGER_DUE, 1, "dueby"},
  {LEDGER_PROGRESS, 1, "整改进展"} /* 22 */, {LEDGER_PROGRESS, 1, "整改进展情况"}, {LEDGER_PROGRESS, 1, "已采取的整改措施"} /* 52 */, {LEDGER_PROGRESS, 1, "落实情况"}, {LEDGER_PROGRESS, 1, "整改落实情况"}, {LEDGER_PROGRESS, 1, "进展情况"}, {LEDGER_PROGRESS, 1, "进展"}, {LEDGER_PROGRESS, 2, "整改情况"}, {LEDGER_PROGRESS, 2, "工作进展"}, {LEDGER_PROGRESS, 2, "目前进展"}, {LEDGER_PROGRESS, 2, "办理情况"}, {LEDGER_PROGRESS, 2, "推进情况"},
  {LEDGER_PROGRESS, 2, "整改成效"}, {LEDGER_PROGRESS, 2, "目前进展情况"}, {LEDGER_PROGRESS, 3, "整改结果"}, {LEDGER_PROGRESS, 1, "progress"}, {LEDGER_PROGRESS, 2, "actionstaken"}, {LEDGER_PROGRESS, 2, "currentprogress"}, {LEDGER_PROGRESS, 2, "update"}, {LEDGER_PROGRESS, 1, "progressnote"},
  {LEDGER_DONE, 1, "完成情况"} /* 22 */, {LEDGER_DONE, 1, "是否已完成整改"} /* 52 */, {LEDGER_DONE, 1, "是否完成"}, {LEDGER_DONE, 1, "是否完成整改"}, {LEDGER_DONE, 1, "整改状态"}, {LEDGER_DONE, 1, "是否整改到位"}, {LEDGER_DONE, 1, "是否整改完成"}, {LEDGER_DONE, 2, "状态"}, {LEDGER_DONE, 2, "完成状态"}, {LEDGER_DONE, 2, "整改完成情况"}, {LEDGER_DONE, 2, "目前状态"}, {LEDGER_DONE, 2, "是否办结"}, {LEDGER_DONE, 2, "完成与否"}, {LEDGER_DONE, 1, "status"}, {LEDGER_DONE, 1, "completed"}, {LEDGER_DONE, 1, "completion"}, {LEDGER_DONE, 1, "completionstatus"}, {LEDGER_DONE, 1, "done"},
  {LEDGER_EVIDENCE, 1, "佐证材料"} /* 22 */, {LEDGER_EVIDENCE, 1, "佐证"}, {LEDGER_EVIDENCE, 1, "印证材料"}, {LEDGER_EVIDENCE, 1, "证明材料"}, {LEDGER_EVIDENCE, 1, "evidence"}, {LEDGER_EVIDENCE, 2, "附件"},
  {LEDGER_LONG_TERM, 1, "是否长期坚持"} /* 22 */, {LEDGER_LONG_TERM, 1, "长期坚持"}, {LEDGER_LONG_TERM, 1, "是否需长期坚持"}, {LEDGER_LONG_TERM, 1, "longterm"},
  {LEDGER_PUBLIC, 1, "是否公开不公开理由"} /* 22 */, {LEDGER_PUBLIC, 1, "是否公开"}, {LEDGER_PUBLIC, 2, "公开"}, {LEDGER_PUBLIC, 2, "公开情况"}, {LEDGER_PUBLIC, 1, "public"}, {LEDGER_PUBLIC, 1, "published"}, {LEDGER_PUBLIC, 1, "opentopublic"}, {LEDGER_PUBLIC, 2, "是否可公开"}, {LEDGER_PUBLIC, 1, "madepublic"},
  {LEDGER_CLOSED, 1, "是否销号"} /* 22, 52 */, {LEDGER_CLOSED, 2, "销号情况"}, {LEDGER_CLOSED, 2, "销号"}, {LEDGER_CLOSED, 2, "是否已销号"}, {LEDGER_CLOSED, 2, "销号状态"}, {LEDGER_CLOSED, 1, "closed"}, {LEDGER_CLOSED, 1, "struckoff"}, {LEDGER_CLOSED, 2, "closure"},
  {LEDGER_CLOSED_ON, 1, "销号时间"} /* 22 */, {LEDGER_CLOSED_ON, 1, "销号日期"}, {LEDGER_CLOSED_ON, 1, "closedon"}, {LEDGER_CLOSED_ON, 1, "dateclosed"}, {LEDGER_CLOSED_ON, 1, "closedate"}, {LEDGER_CLOSED_ON, 1, "closingdate"},
  {LEDGER_REMARK, 1, "备注"} /* 22 */, {LEDGER_REMARK, 2, "说明"}, {LEDGER_REMARK, 2, "备注说明"}, {LEDGER_REMARK, 1, "remark"}, {LEDGER_REMARK, 1, "remarks"}, {LEDGER_REMARK, 1, "notes"} /* K */, {LEDGER_REMARK, 1, "note"}, {LEDGER_REMARK, 1, "comments"}, {LEDGER_REMARK, 1, "comment"},
  {LEDGER_AMOUNT, 1, "问题金额"} /* 52 */, {LEDGER_AMOUNT, 2, "涉及金额"}, {LEDGER_AMOUNT, 2, "涉及问题金额"}, {LEDGER_AMOUNT, 3, "金额"}, {LEDGER_AMOUNT, 2, "违规金额"}, {LEDGER_AMOUNT, 1, "amount"}, {LEDGER_AMOUNT, 1, "amountinvolved"},
  {LEDGER_RECOVERED, 1, "问题整改金额"} /* 52 */, {LEDGER_RECOVERED, 1, "整改金额"}, {LEDGER_RECOVERED, 1, "已整改金额"}, {LEDGER_RECOVERED, 2, "挽回金额"}, {LEDGER_RECOVERED, 1, "recovered"}, {LEDGER_RECOVERED, 1, "amountrecovered"}, {LEDGER_RECOVERED, 1, "recoveredamount"}, {LEDGER_RECOVERED, 1, "amountrectified"},
  {LEDGER_ADMITTED_ON, 1, "入库日期"}, {LEDGER_ADMITTED_ON, 1, "入库时间"}, {LEDGER_ADMITTED_ON, 1, "立项时间"}, {LEDGER_ADMITTED_ON, 2, "登记日期"}, {LEDGER_ADMITTED_ON, 2, "交办日期"}, {LEDGER_ADMITTED_ON, 2, "交办时间"}, {LEDGER_ADMITTED_ON, 2, "反馈时间"}, {LEDGER_ADMITTED_ON, 2, "dateadded"} /* K */, {LEDGER_ADMITTED_ON, 2, "dateraised"}, {LEDGER_ADMITTED_ON, 2, "发现时间"}};

/* Variants: the header holds `holds` and ends or begins with nothing of `never`. Weak: rank 20 and more, never enough to make a header
   row. */
static const struct { enum ledger_key key; const char *holds; const char *never; } VARIANTS[] = {
  {LEDGER_MEASURE_DUE, "措施完成", NULL}, {LEDGER_CAUSE, "原因", "未|不"}, {LEDGER_GOAL, "目标", NULL}, {LEDGER_PROGRESS, "已采取", NULL}, {LEDGER_MEASURES, "整改措施", "已"}, {LEDGER_MEASURES, "措施", "已|未"},
  {LEDGER_CLOSED_ON, "销号时间", NULL}, {LEDGER_CLOSED, "是否销号", NULL}, {LEDGER_CLOSED, "销号情况", NULL}, {LEDGER_DONE, "是否完成", NULL}, {LEDGER_DONE, "完成整改", "未"}, {LEDGER_DONE, "整改完成情况", NULL}, {LEDGER_DONE, "完成情况", NULL}, {LEDGER_DUE, "整改时限", NULL}, {LEDGER_DUE, "完成时限", NULL}, {LEDGER_DUE, "完成期限", NULL}, {LEDGER_DUE, "整改期限", NULL},
  {LEDGER_LEAD, "牵头单位", NULL}, {LEDGER_JOINT, "配合单位", NULL}, {LEDGER_LEAD, "责任单位", "配合|协"}, {LEDGER_LEADER, "责任领导", NULL}, {LEDGER_LEADER, "分管领导", NULL}, {LEDGER_OWNER, "责任人", "配合|审计|协助"}, {LEDGER_PROGRESS, "整改进展", NULL}, {LEDGER_PROGRESS, "落实情况", NULL},
  {LEDGER_PUBLIC, "是否公开", NULL}, {LEDGER_REMARK, "备注", NULL}, {LEDGER_TITLE, "问题", "数|量|额|质|号|源|类|别|型|域|级|位|间|期|人|况|果|率|审计报告"}, {LEDGER_TITLE, "problem", NULL}, {LEDGER_TITLE, "issue", NULL}};

/* Without blanks, brackets and their contents, and marks. */
static const char *header_plain(struct arena *arena, const char *header) {
  char *plain = (char *)ledger_plain(arena, header), *out = plain;
  int depth = 0;
  for (const char *at = plain; *at; at++) {
    if (*at == '(' || *at == '[') depth++;
    else if ((*at == ')' || *at == ']') && depth) depth--;
    else if (!depth && !strchr(":*_-./,;?!'\"&", *at)) *out++ = *at;
  }
  *out = 0;
  static const char *const MARKS[] = {"、", "“", "”", "：", "★", "。"};
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
    for (char *at; (at = strstr(plain, MARKS[i]));) memmove(at, at + strlen(MARKS[i]), strlen(at + strlen(MARKS[i])) + 1);
  return plain;
}

static bool held_off(const char *plain, const char *never) {
  while (never && *never) {
    size_t length = strcspn(never, "|"), size = strlen(plain);
    bool begins = strncmp(plain, never, length) == 0, ends = size >= length && memcmp(plain + size - length, never, length) == 0;
    if (begins || ends || (length > 6 && memmem(plain, size, never, length))) return true;
    never += length + (never[length] == '|');
  }
  return false;
}

static enum ledger_key ledger_header_key(struct arena *arena, const char *header, unsigned *rank) {
  const char *plain = header_plain(arena, header);
  *rank = 99;
  if (!*plain || strlen(plain) > 90) return LEDGER_OTHER;
  for (size_t i = 0; i < sizeof SYNONYMS / sizeof *SYNONYMS; i++)
    if (strcmp(plain, SYNONYMS[i].word) == 0) return *rank = SYNONYMS[i].rank, SYNONYMS[i].key;
  if (text_length(plain) > 14) return LEDGER_OTHER;
  for (size_t i = 0; i < sizeof VARIANTS / sizeof *VARIANTS; i++)
    if (strstr(plain, VARIANTS[i].holds) && !held_off(plain, VARIANTS[i].never)) return *rank = 20 + (unsigned)i, VARIANTS[i].key;
  return LEDGER_OTHER;
}

/* ---- the rows of the header ---- */

static const char *text_at(const struct sheet *sheet, uint32_t row, uint32_t column) {
  const struct sheet_cell *cell = sheet_cell(sheet, row, column);
  return cell && cell->kind != CELL_ERROR ? cell->text : "";
}

/* What stands in the place, or in the corner of the merged area that covers it. */
static const char *covered_text(const struct sheet *sheet, uint32_t row, uint32_t column) {
  const char *text = text_at(sheet, row, column);
  const struct sheet_area *area = *text ? NULL : sheet_area(sheet, row, column);
  return area ? text_at(sheet, area->top, area->left) : text;
}

struct scored { unsigned exact, keys, told; bool title; };

/* Does the mapping name this cell, alone or under its group? */
static bool mapping_names(const struct ledger_reading *reading, const char *text) {
  const char *cell = ledger_plain(reading->scratch, text);
  size_t size = strlen(cell);
  for (size_t i = 0; i < reading->options->own_count && size; i++) {
    const char *own = ledger_plain(reading->scratch, reading->options->own[i].header);
    size_t length = strlen(own);
    if (strcmp(own, cell) == 0 || (length > size && own[length - size - 1] == '/' && strcmp(own + length - size, cell) == 0)) return true;
  }
  return false;
}

static struct scored row_score(struct ledger_reading *reading, const struct sheet *sheet, const struct sheet_row *row) {
  struct scored scored = {0};
  uint64_t seen = 0;
  for (size_t i = 0; i < row->count && i < 400; i++) {
    const struct sheet_cell *cell = &sheet->cells[row->first + i];
    unsigned rank;
    if (cell->kind != CELL_TEXT || strlen(cell->text) > 200) continue;
    scored.told += mapping_names(reading, cell->text);
    enum ledger_key key = ledger_header_key(reading->scratch, cell->text, &rank);
    if (key == LEDGER_OTHER) continue;
    scored.exact += rank < 20;
    scored.title |= key == LEDGER_TITLE;
    if (!(seen >> key & 1)) scored.keys++;
    seen |= UINT64_C(1) << key;
  }
  arena_reset(reading->scratch);
  return scored;
}

static bool areas_reach(const struct sheet *sheet, uint32_t from, uint32_t to) {
  for (size_t i = 0; i < sheet->area_count; i++)
    if (sheet->areas[i].top <= from && sheet->areas[i].bottom >= to && sheet->areas[i].bottom <= to + 1) return true;
  return false;
}

static bool areas_above(const struct sheet *sheet, uint32_t row) { /* groups: merged across in this row, not the whole title line */
  size_t count = 0;
  for (size_t i = 0; i < sheet->area_count; i++)
    count += sheet->areas[i].top == row && sheet->areas[i].bottom == row && sheet->areas[i].right > sheet->areas[i].left;
  return count >= 2;
}

static bool header_rows(struct ledger_reading *reading, const struct sheet *sheet, struct ledger_sheet *into) {
  for (size_t i = 0; i < sheet->row_count && i < 60; i++) {
    struct scored scored = row_score(reading, sheet, &sheet->rows[i]);
    bool told = scored.told >= 2 && 2 * scored.told >= reading->options->own_count;
    if (!told && (scored.keys < 3 || scored.exact < 2)) continue;
    into->header_first = into->header_last = sheet->rows[i].number;
    while (into->header_first > 1 && areas_reach(sheet, into->header_first - 1, into->header_first)) into->header_first--;
    for (int more = 0; more < 2; more++) {
      const struct sheet_row *next = sheet_row(sheet, into->header_last + 1);
      bool reaches = areas_reach(sheet, into->header_last, into->header_last + 1);
      struct scored below = next ? row_score(reading, sheet, next) : (struct scored){0};
      if (!next || !(below.exact >= 2 || (reaches && below.exact >= 1) || (reaches && areas_above(sheet, into->header_last)))) break;
      into->header_last++;
    }
    return true;
  }
  return false;
}

/* ---- columns ---- */

struct claim { unsigned rank; bool own; };

static enum ledger_key told_by_mapping(const struct ledger_reading *reading, const char *header, const char *full, bool *told) {
  for (size_t i = 0; i < reading->options->own_count; i++) {
    const char *plain = ledger_plain(reading->scratch, reading->options->own[i].header);
    if (strcmp(plain, ledger_plain(reading->scratch, header)) != 0 && strcmp(plain, ledger_plain(reading->scratch, full)) != 0) continue;
    *told = true;
    return reading->options->own[i].key;
  }
  return LEDGER_OTHER;
}

/* Our own export says by a field's label what a column is, and 责任领导(用户) there is no 责任领导. */
static bool told_by_label(const struct ledger_reading *reading, const char *header, enum ledger_key *key) {
  const struct record_type *problem = record_type(RECORD_PROBLEM);
  if (!reading->ledger->journal) return false;
  for (size_t i = 0; i < problem->field_count; i++) {
    const struct field *field = &problem->fields[i];
    if (strcmp(field->label.zh, header) != 0 && strcmp(field->label.en, header) != 0) continue;
    *key = field->id == PROBLEM_NUMBER        ? LEDGER_NUMBER
           : field->id == PROBLEM_CLOSED_ON   ? LEDGER_CLOSED_ON
           : field->id == PROBLEM_ADMITTED_ON ? LEDGER_ADMITTED_ON
                                              : LEDGER_OTHER;
    for (size_t k = 0; k < LEDGER_FIELD_COUNT; k++)
      /* 问题类别 speaks for both */
      if (LEDGER_FIELDS[k].field == field->id && field->id != PROBLEM_CATEGORY_RECORD) *key = LEDGER_FIELDS[k].key;
    return true;
  }
  return false;
}

/* What its first cells say, for a person to tell what it is. */
static void samples_take(struct ledger_reading *reading, const struct sheet *sheet, const struct ledger_sheet *into,
                         struct ledger_column *column) {
  size_t count = 0;
  for (uint32_t row = into->header_last + 1; row <= into->header_last + 30 && count < LEDGER_SAMPLES; row++) {
    const char *text = text_clean(reading->arena, text_at(sheet, row, column->column), false);
    bool there = !*text;
    for (size_t i = 0; i < count && !there; i++) there = strcmp(column->samples[i], text) == 0;
    size_t at = 0, width;
    for (size_t signs = 0; text[at] && signs < 30; signs++) text_next(text + at, &width), at += width;
    if (!there) column->samples[count++] = text[at] ? arena_print(reading->arena, "%.*s…", (int)at, text) : text;
  }
}

static bool column_take(struct ledger_reading *reading, const struct sheet *sheet, struct ledger_sheet *into, uint32_t number,
                        struct claim *claim) {
  const char *header = "", *full;
  struct buffer path = {.arena = reading->arena};
  for (uint32_t row = into->header_first; row <= into->header_last; row++) {
    const char *text = text_clean(reading->arena, covered_text(sheet, row, number), false);
    if (!*text || strcmp(text, header) == 0) continue;
    buffer_print(&path, "%s%s", path.size ? "/" : "", text);
    header = text;
  }
  if (!*header) {
    bool used = false;
    for (size_t i = 0; i < sheet->row_count && !used; i++)
      used = sheet->rows[i].number > into->header_last && sheet_cell(sheet, sheet->rows[i].number, number);
    if (!used) return false;
  }
  full = path.size ? path.bytes : "";
  struct ledger_column *column = &into->columns[into->column_count];
  *column = (struct ledger_column){.column = number, .header = header, .full = full};
  samples_take(reading, sheet, into, column);
  *claim = (struct claim){.rank = 99};
  column->key = told_by_mapping(reading, header, full, &claim->own);
  column->told = claim->own;
  if (!claim->own && told_by_label(reading, header, &column->key)) claim->own = true;
  if (claim->own) claim->rank = 0;
  else if (*header) column->key = ledger_header_key(reading->scratch, header, &claim->rank);
  into->column_count++;
  return true;
}

static size_t best_of(const struct ledger_sheet *sheet, const struct claim *claims, enum ledger_key key) {
  size_t best = sheet->column_count;
  for (size_t i = 0; i < sheet->column_count; i++)
    if (sheet->columns[i].key == key && (best == sheet->column_count || claims[i].rank < claims[best].rank)) best = i;
  return best;
}

/* Who leads, when several columns name units: the strictest word; beside 牵头单位 a 责任部门, or a second 责任单位, are those who join,
   unless a column says who joins. */
static void units_settle(struct ledger_sheet *sheet, struct claim *claims) {
  size_t lead = best_of(sheet, claims, LEDGER_LEAD);
  bool joint = best_of(sheet, claims, LEDGER_JOINT) < sheet->column_count;
  for (size_t i = 0; i < sheet->column_count; i++) {
    if (sheet->columns[i].key != LEDGER_LEAD || i == lead) continue;
    bool joins = !joint && ((claims[lead].rank <= 1 && claims[i].rank <= 5) || claims[i].rank == claims[lead].rank);
    sheet->columns[i].key = joins ? LEDGER_JOINT : LEDGER_OTHER;
    joint |= joins;
  }
}

/* Of other meanings one column has it; remarks, progress and details are joined, the second title is a detail. */
static void claims_settle(struct ledger_sheet *sheet, struct claim *claims) {
  units_settle(sheet, claims);
  for (int key = 1; key < LEDGER_KEY_COUNT; key++) {
    size_t best = best_of(sheet, claims, (enum ledger_key)key);
    bool many = ledger_key_joins((enum ledger_key)key);
    for (size_t i = 0; i < sheet->column_count; i++) {
      struct ledger_column *column = &sheet->columns[i];
      if (column->key != (enum ledger_key)key || i == best || (many && claims[i].rank < 20)) continue;
      bool detail = key == LEDGER_TITLE && claims[i].rank <= 3 && best_of(sheet, claims, LEDGER_DETAIL) == sheet->column_count;
      column->key = detail ? LEDGER_DETAIL : LEDGER_OTHER;
    }
  }
}

/* No header that anybody knows: the first row with three short texts or more and something below it. */
static bool header_guess(const struct sheet *sheet, struct ledger_sheet *into) {
  for (size_t i = 0; i + 1 < sheet->row_count && i < 60; i++) {
    size_t texts = 0;
    for (size_t k = 0; k < sheet->rows[i].count && k < 400; k++) {
      const struct sheet_cell *cell = &sheet->cells[sheet->rows[i].first + k];
      texts += cell->kind == CELL_TEXT && *cell->text && strlen(cell->text) <= 60;
    }
    if (texts < 3 || sheet->rows[i + 1].count < 2) continue;
    into->header_first = into->header_last = sheet->rows[i].number;
    return true;
  }
  return false;
}

bool ledger_header_find(struct ledger_reading *reading, const struct sheet *sheet, struct ledger_sheet *into) {
  uint32_t last = sheet->last_column < 1000 ? sheet->last_column : 1000;
  bool known = header_rows(reading, sheet, into);
  if (!known && !header_guess(sheet, into)) return false;
  for (size_t i = 0; i < sheet->area_count; i++)
    if (sheet->areas[i].top >= into->header_first && sheet->areas[i].bottom <= into->header_last && sheet->areas[i].right > last &&
        sheet->areas[i].right < 1000)
      last = sheet->areas[i].right;
  into->columns = ARENA_ARRAY(reading->arena, struct ledger_column, last);
  struct claim *claims = ARENA_ARRAY(reading->arena, struct claim, last);
  for (uint32_t column = 1; column <= last; column++) column_take(reading, sheet, into, column, &claims[into->column_count]);
  claims_settle(into, claims);
  arena_reset(reading->scratch);
  if (!known) into->header_first = into->header_last = 0;
  return known;
}
