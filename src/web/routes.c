/* The one table of routes. To add one, add a row and a function. The first row that fits the path is taken, so the particular
   stands before the general; the pages take what is left. */
#include "web/web.h"

#define WRITES ROUTE_WRITES
#define HOTLINE (ROLE(ROLE_HOTLINE) | ROLE(ROLE_OFFICE))
#define REVEALERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_OFFICE))

const struct route ROUTES[] = {
  /* who */
  {"POST", "/api/v1/session", 0, ROUTE_PUBLIC | ROUTE_SLOW, session_open, {"登录", "Sign in"}},
  {"GET", "/api/v1/session", 0, 0, session_show, {"当前登录", "Who am I"}},
  {"DELETE", "/api/v1/session", 0, WRITES | ROUTE_SLOW, session_close, {"退出", "Sign out"}},
  {"GET", "/api/v1/session/channels", 0, 0, channels_show, {"我的送达方式", "How I am reached beside the inbox"}},
  {"POST", "/api/v1/session/channels", 0, WRITES | ROUTE_SLOW, channels_choose, {"选择送达方式", "Choose how I am reached"}},
  {"POST", "/api/v1/password", 0, WRITES | ROUTE_SLOW, password_change, {"修改口令", "Change the password"}},
  {"GET", "/api/v1/tokens", ROLE(ROLE_SYSTEM_ADMINISTRATOR) | ROLE(ROLE_SECURITY_ADMINISTRATOR), ROUTE_SLOW, tokens_show, {"令牌清单", "Tokens in force"}},
  {"POST", "/api/v1/tokens", ROLE(ROLE_SYSTEM_ADMINISTRATOR) | ROLE(ROLE_SECURITY_ADMINISTRATOR), WRITES | ROUTE_SLOW, token_make, {"发令牌", "Give out a token"}},
  {"DELETE", "/api/v1/tokens/{name}", ROLE(ROLE_SYSTEM_ADMINISTRATOR) | ROLE(ROLE_SECURITY_ADMINISTRATOR), WRITES | ROUTE_SLOW, token_revoke, {"收回令牌", "Take a token back"}},
  /* over all types */
  {"GET", "/api/v1/types", 0, 0, types_show, {"各类记录的定义", "The declarations"}},
  {"GET", "/api/v1/openapi.json", 0, 0, openapi_show, {"接口说明", "This document"}},
  {"GET", "/api/v1/overview", 0, 0, overview_show, {"总览", "Overview by colour"}},
  {"GET", "/api/v1/boards", 0, 0, boards_show, {"领导牵头两张榜", "The leaders' two boards"}},
  {"GET", "/api/v1/definitions", 0, 0, definitions_show, {"口径", "The definitions"}},
  {"GET", "/api/v1/definitions/values", ROLES_BUSINESS, ROUTE_SLOW, definition_values_show, {"口径的数值", "Values of the definitions, by groups"}},
  {"GET", "/api/v1/definitions/{name}/list", ROLES_BUSINESS, ROUTE_SLOW, definition_list_show, {"数字背后的清单", "The list behind a value"}},
  {"GET", "/api/v1/invariants", ROLES_BUSINESS, ROUTE_SLOW, invariants_show, {"不合规矩的问题", "Problems that break an invariant"}},
  {"GET", "/api/v1/signals", ROLE(ROLE_OFFICE) | ROLE(ROLE_REVIEWER), ROUTE_SLOW, signals_show, {"整而不改的迹象", "Signals of sham rectification"}},
  {"GET", "/api/v1/identities", ROLE(ROLE_OFFICE) | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), ROUTE_SLOW, identities_show, {"勾稽", "Does the ledger balance between two of its numbers"}},
  {"GET", "/api/v1/colour-presets", 0, 0, presets_show, {"颜色预设", "Colour presets with their sources"}},
  {"GET", "/api/v1/deadline-presets", 0, 0, deadline_presets_show, {"期限预设", "Presets of days by source, with their sources"}},
  {"POST", "/api/v1/policies/preview", ROLE(ROLE_OFFICE), WRITES | ROUTE_SLOW, policy_preview_show, {"口径变更预览", "What a policy would change"}},
  {"GET", "/api/v1/reviews", ROLES_BUSINESS, 0, reviews_show, {"审核是否按时", "How late the office's reviews are"}},
  {"GET", "/api/v1/chase-list", ROLES_BUSINESS, 0, chase_list_show, {"催办清单", "Who is late, and how often chased"}},
  {"GET", "/api/v1/tasks", 0, 0, tasks_show, {"我的待办", "My tasks"}},
  {"POST", "/api/v1/changes", 0, WRITES, changes_make, {"一组变更", "A change set, all or nothing"}},
  {"GET", "/api/v1/journal", ROLE(ROLE_AUDIT_ADMINISTRATOR) | ROLE(ROLE_REVIEWER), 0, journal_show, {"日志", "The journal in scope"}},
  {"GET", "/api/v1/audit", ROLE(ROLE_AUDIT_ADMINISTRATOR), 0, audit_show, {"审计记录", "The audit stream"}},
  {"GET", "/api/v1/events", 0, ROUTE_STREAM, events_show, {"变更通知", "Changes as they happen"}},
  /* files */
  {"POST", "/api/v1/files", ROLES_BUSINESS, WRITES | ROUTE_UPLOAD | ROUTE_SLOW, file_take, {"上传文件", "Upload a file"}},
  {"GET", "/api/v1/evidences/{id}/file", 0, 0, file_give, {"佐证文件", "The file of an evidence"}},
  {"GET", "/api/v1/evidences/{id}/same", 0, 0, evidence_same, {"同一文件的其他佐证", "Other evidence with the same file"}},
  {"GET", "/api/v1/problems/{id}/progress", 0, 0, problem_progress, {"计划进度与实际进度", "Planned and accepted progress at a date, with the curve"}},
  {"GET", "/api/v1/plans/{id}/progress", 0, 0, plan_progress, {"方案的计划进度与实际进度", "A plan's planned and accepted progress at a date, by any of its baselines"}},
  {"GET", "/api/v1/indicators/{id}/curve", 0, 0, indicator_curve, {"指标曲线", "An indicator from base to goal"}},
  /* appeals in groups */
  {"GET", "/api/v1/appeal-events", 0, 0, events_of_appeals_show, {"同一事件", "Events of appeals"}},
  {"GET", "/api/v1/appeal-events/{id}", 0, 0, event_of_appeals_show, {"一个同一事件", "One event of appeals"}},
  {"GET", "/api/v1/appeal-classes", 0, 0, classes_of_appeals_show, {"一类事", "Classes of appeals"}},
  {"GET", "/api/v1/appeal-classes/{id}", 0, 0, class_of_appeals_show, {"一个一类事", "One class of appeals"}},
  {"GET", "/api/v1/appeals/{id}/nearest", 0, 0, nearest_show, {"可能的同一事件", "Events that an appeal may belong to"}},
  {"GET", "/api/v1/problems/{id}/rebound-curve", 0, 0, rebound_curve_show, {"销号前后同类诉求曲线", "Appeals of a problem's classes before and after closing"}},
  {"POST", "/api/v1/appeals/import", 0, WRITES | ROUTE_UPLOAD | ROUTE_SLOW, import_take, {"导入诉求（预检）", "Stage an import of appeals"}},
  {"POST", "/api/v1/problems/import", 0, WRITES | ROUTE_UPLOAD | ROUTE_SLOW, import_take_problems, {"导入问题台账（预检）", "Stage an import of a problem ledger"}},
  {"GET", "/api/v1/imports/{id}/report", 0, ROUTE_SLOW, import_report_show, {"迁移报告（可签字）", "The migration report, to sign"}},
  {"GET", "/api/v1/imports/{id}", 0, 0, import_show, {"导入预检结果", "A staged import"}},
  {"POST", "/api/v1/imports/{id}/mapping", 0, WRITES | ROUTE_SLOW, import_map, {"列与类别的对照", "Say what the columns and words of a staged ledger are"}},
  {"POST", "/api/v1/imports/{id}/write", 0, WRITES | ROUTE_SLOW, import_write_staged, {"写入导入", "Write a staged import"}},
  {"POST", "/api/v1/hotline/appeals", HOTLINE, WRITES | ROUTE_UPLOAD | ROUTE_SLOW | ROUTE_HOTLINE, hotline_take, {"热线报送诉求", "Appeals from the hotline, under its own field names"}},
  {"GET", "/api/v1/hotline/returns", HOTLINE, ROUTE_SLOW | ROUTE_HOTLINE, returns_show, {"向热线反馈结果", "Results back to the hotline, from a number of the journal on"}},
  /* hand-overs */
  {"GET", "/api/v1/problems/{id}/holders", 0, 0, holders_show, {"各承办单位持有天数", "Days held and overdue, by holder"}},
  {"GET", "/api/v1/problems/{id}/precedents", 0, 0, precedents_show, {"可参照的先例", "Rulings on like problems"}},
  {"POST", "/api/v1/problems/reassign", ROLE(ROLE_OFFICE), WRITES | ROUTE_SLOW, problems_reassign, {"批量改派", "Give many problems to another unit"}},
  {"GET", "/api/v1/holdings/sums", 0, 0, sums_show, {"一个单位的持有合计", "Days held and overdue of one unit, summed"}},
  {"GET", "/api/v1/hand_overs/{id}/slip", 0, 0, slip_show, {"交接单", "A hand-over slip with its items"}},
  /* rounds */
  {"GET", "/api/v1/rounds/compare", ROLES_BUSINESS, ROUTE_SLOW, rounds_compare, {"两轮或两个时刻的比较", "Two rounds or moments compared"}},
  {"GET", "/api/v1/rounds/compare/export", ROLES_BUSINESS, ROUTE_SLOW, rounds_compare_export, {"两轮或两个时刻的比较,可打印", "Two rounds or moments compared, to print"}},
  {"GET", "/api/v1/rounds/compare/{name}", ROLES_BUSINESS, ROUTE_SLOW, rounds_compare_group, {"比较中的一类问题", "The problems of one group of a comparison"}},
  {"POST", "/api/v1/rounds/{id}/freeze", ROLE(ROLE_OFFICE), WRITES | ROUTE_SLOW, round_freeze, {"冻结一轮", "Freeze a round"}},
  {"GET", "/api/v1/round_answers/{id}/draft", 0, 0, answer_draft, {"由台账填好的报送", "An answer prefilled from the ledger"}},
  /* records */
  {"GET", "/api/v1/{plural}.csv", 0, ROUTE_SLOW, export_show, {"导出", "Export as CSV"}},
  {"GET", "/api/v1/{plural}.xlsx", 0, ROUTE_SLOW, export_form_show, {"按表式导出", "Export on a form"}},
  {"GET", "/api/v1/{plural}/tally", 0, 0, tally_show, {"统计", "Counts by fields"}},
  {"GET", "/api/v1/{plural}", 0, 0, list_show, {"列表", "List"}},
  {"POST", "/api/v1/{plural}", 0, WRITES, record_create, {"新建", "Create"}},
  {"GET", "/api/v1/{plural}/{id}", 0, 0, record_show, {"查看", "One record"}},
  {"PATCH", "/api/v1/{plural}/{id}", 0, WRITES, record_edit, {"修改", "Edit"}},
  {"GET", "/api/v1/{plural}/{id}/journal", 0, 0, story_show, {"办理过程", "The story of a record"}},
  {"POST", "/api/v1/{plural}/{id}/reveal", REVEALERS, WRITES, record_reveal, {"查看联系方式", "A contact in plain, with a reason"}},
  {"POST", "/api/v1/{plural}/{id}/{action}", 0, WRITES, record_act, {"办理", "An arrow of the life cycle"}},
  /* GeoReport v2, for anybody; off until it is turned on */
  {"GET", "/open311/discovery.json", 0, ROUTE_PUBLIC, open311_discovery_show, {"Open311 服务发现", "Open311: where it is served"}},
  {"GET", "/open311/v2/services.json", 0, ROUTE_PUBLIC, open311_services_show, {"Open311 服务清单", "Open311: services"}},
  {"GET", "/open311/v2/services/{name}.json", 0, ROUTE_PUBLIC, open311_definition_show, {"Open311 服务定义", "Open311: a service's definition"}},
  {"POST", "/open311/v2/requests.json", 0, ROUTE_PUBLIC | ROUTE_SLOW | ROUTE_OPEN311, open311_post, {"Open311 报送", "Open311: send a request in"}},
  {"GET", "/open311/v2/requests.json", 0, ROUTE_PUBLIC, open311_requests_show, {"Open311 已公开的诉求", "Open311: released requests"}},
  {"GET", "/open311/v2/requests/{name}.json", 0, ROUTE_PUBLIC, open311_request_show, {"Open311 一条诉求", "Open311: one request"}},
  {"GET", "/open311/v2/tokens/{name}.json", 0, ROUTE_PUBLIC, open311_token_show, {"Open311 由 token 查编号", "Open311: a request's id by its token"}},
  {"GET", "/open311/discovery.xml", 0, ROUTE_PUBLIC, open311_discovery_show, {"Open311 服务发现", "Open311: where it is served"}},
  {"GET", "/open311/v2/services.xml", 0, ROUTE_PUBLIC, open311_services_show, {"Open311 服务清单", "Open311: services"}},
  {"GET", "/open311/v2/services/{name}.xml", 0, ROUTE_PUBLIC, open311_definition_show, {"Open311 服务定义", "Open311: a service's definition"}},
  {"POST", "/open311/v2/requests.xml", 0, ROUTE_PUBLIC | ROUTE_SLOW | ROUTE_OPEN311, open311_post, {"Open311 报送", "Open311: send a request in"}},
  {"GET", "/open311/v2/requests.xml", 0, ROUTE_PUBLIC, open311_requests_show, {"Open311 已公开的诉求", "Open311: released requests"}},
  {"GET", "/open311/v2/requests/{name}.xml", 0, ROUTE_PUBLIC, open311_request_show, {"Open311 一条诉求", "Open311: one request"}},
  {"GET", "/open311/v2/tokens/{name}.xml", 0, ROUTE_PUBLIC, open311_token_show, {"Open311 由 token 查编号", "Open311: a request's id by its token"}},
  {"GET", "/open311/*", 0, ROUTE_PUBLIC, open311_unknown, {"Open311 没有的地址", "Open311: no such address"}},
  /* for those who run it */
  {"GET", "/healthz", 0, ROUTE_PUBLIC, health_show, {"进程存活", "The process lives"}},
  {"GET", "/readyz", 0, ROUTE_PUBLIC, ready_show, {"可以服务", "Journal and tallies are there"}},
  {"GET", "/metrics", 0, ROUTE_PUBLIC, metrics_show, {"运行指标", "Figures of the process"}},
  /* the pages */
  {"GET", "/*", 0, ROUTE_PUBLIC, asset_show, {"网页", "The pages"}},
};
const size_t ROUTE_COUNT = sizeof ROUTES / sizeof *ROUTES;
