/* The presets, one row each (domain-facts 7). Where the source gives no threshold, the note says what stands here instead. A preset that
   has shipped may be mended: policies keep the rules that they were made with. */
#include "rules/colour_presets.h"

#include "records/codes.h"

#define ROW(colour, rule) "{\"colour\":\"" colour "\",\"rule\":\"" rule "\"}"
#define THAN(colour, rule, than) "{\"colour\":\"" colour "\",\"rule\":\"" rule "\",\"than\":" #than "}"
#define WAITING ROW("grey", "not_assigned") "," ROW("grey", "suspended")

const struct colour_preset COLOUR_PRESETS[] = {
  {PRESET_DEFAULT, "default", {"本系统默认", "Ours by default"}, "本系统的默认口径",
   {"绿=验收通过,蓝=按计划,黄=落后或临期,橙=过期或退回,红=长期过期、反弹、反映强烈", "green accepted, blue to plan, yellow slow, orange late or sent back, red long overdue, rebound or strong complaints"},
   "[" WAITING "," ROW("green", "accepted") "," THAN("red", "overdue_long", 30) "," THAN("red", "sent_back_twice", 2) "," THAN("red", "failed_check", 1) "," THAN("red", "rebound", 30) "," THAN("red", "circle", 1) "," THAN("red", "strong_complaints", 10) ","
   THAN("orange", "overdue", 1) "," THAN("orange", "sent_back", 1) "," THAN("orange", "stage_missed", 1) "," THAN("yellow", "behind_plan", 1500) "," THAN("yellow", "due_soon", 10) "," ROW("blue", "to_plan") "]"},
  {PRESET_FIVE, "five", {"五色建议", "Five colours, proposed"}, "综合各地做法的建议(五色加灰)",
   {"蓝=未启动;绿=按序时;黄=剩余时间不超过两成或三个工作日;橙=落后序时或延期中;红=逾期;灰=已销号", "blue not started, green to plan, yellow a fifth of the time or three working days left, orange behind or extended, red overdue, grey closed"},
   "[" WAITING "," ROW("grey", "closed") "," ROW("green", "accepted") "," THAN("red", "overdue", 1) "," THAN("orange", "behind_plan", 1) "," ROW("orange", "extended") ","
   THAN("yellow", "time_left", 2000) "," THAN("yellow", "due_working_days", 3) "," ROW("blue", "not_started") "," ROW("green", "to_plan") "]"},
  {PRESET_DAZU, "dazu", {"大足五色督办", "Dazu, five colours"}, "重庆市大足区双路街道人大 五色督办(2025-07)",
   {"红=进度不到 30%,蓝=完工并验收;橙、黄、绿之间的界限原文没有,这里取 50% 和 75%", "red below 30 %, blue done and accepted; the source gives no bounds of orange, yellow and green: 50 % and 75 % here"},
   "[" WAITING "," ROW("blue", "accepted") "," THAN("red", "progress_below", 3000) "," THAN("orange", "progress_below", 5000) "," THAN("yellow", "progress_below", 7500) "," ROW("green", "to_plan") "]"},
  {PRESET_SUQIAN, "suqian", {"宿迁三色督办单", "Suqian, three slips"}, "宿迁产发集团 三色督办单(2025)",
   {"蓝=临近时限,黄=未达序时或质量差(退回),红=逾期未办结;“临近”原文没有天数,这里取 5 天;其余为绿", "blue near the date, yellow behind or sent back, red overdue; the source gives no days for near: 5 here; the rest is green"},
   "[" WAITING "," ROW("green", "accepted") "," THAN("red", "overdue", 1) "," THAN("yellow", "sent_back", 1) "," THAN("yellow", "behind_plan", 1) "," THAN("blue", "due_soon", 5) "," ROW("green", "to_plan") "]"},
  {PRESET_SANMING, "sanming", {"三明三色督查单", "Sanming, three slips"}, "三明市 三色督查单(2017)",
   {"蓝=提醒(临期),橙=蓝单逾期,红=橙单逾期;橙单的期限原文没有,这里取 15 天;其余为绿", "blue a reminder, orange once that is overdue, red once the orange is; the source gives no term of the orange slip: 15 days here; the rest is green"},
   "[" WAITING "," ROW("green", "accepted") "," THAN("red", "overdue_long", 15) "," THAN("orange", "overdue", 1) "," THAN("blue", "due_soon", 10) "," ROW("green", "to_plan") "]"},
  {PRESET_GUANGYUAN, "guangyuan", {"广元红黄蓝", "Guangyuan, red, yellow, blue"}, "广元市 红黄蓝督办(2018)",
   {"黄=推进慢但有望按期,红=难以按期或过期;慢多少原文没有,这里取慢 10 和 30 个百分点;其余为蓝", "yellow slow but hopeful, red hard to keep or overdue; the source gives no measure of slow: 10 and 30 points here; the rest is blue"},
   "[" WAITING "," ROW("green", "accepted") "," THAN("red", "overdue", 1) "," THAN("red", "behind_plan", 3000) "," THAN("yellow", "behind_plan", 1000) "," ROW("blue", "to_plan") "]"},
  {PRESET_OUHAI, "ouhai", {"瓯海三色", "Ouhai, three colours"}, "温州市瓯海区 三色管理",
   {"绿=按时或超前,红=未按期,黄=未按期但已补齐(迟后验收);当月补齐的“当月”不另计", "green in time or ahead, red not in time, yellow made up for late; 'within the month' is not counted apart"},
   "[" WAITING "," ROW("yellow", "accepted_late") "," ROW("green", "accepted") "," THAN("red", "overdue", 1) "," THAN("red", "behind_plan", 1) "," ROW("green", "to_plan") "]"},
  {PRESET_SHENZHEN, "shenzhen", {"深圳工期预警", "Shenzhen, days behind"}, "深圳市 工期预警",
   {"滞后 1–6 天黄,7–14 天橙,15 天起红;其余为蓝", "behind for 1–6 days yellow, 7–14 orange, from 15 on red; the rest is blue"},
   "[" WAITING "," ROW("green", "accepted") "," THAN("red", "behind_days", 15) "," THAN("red", "overdue", 15) "," THAN("orange", "behind_days", 7) "," THAN("orange", "overdue", 7) ","
   THAN("yellow", "behind_days", 1) "," THAN("yellow", "overdue", 1) "," ROW("blue", "to_plan") "]"},
};
const size_t COLOUR_PRESET_COUNT = sizeof COLOUR_PRESETS / sizeof *COLOUR_PRESETS;

const struct colour_preset *colour_preset(int64_t code) {
  for (size_t i = 0; i < COLOUR_PRESET_COUNT; i++)
    if (COLOUR_PRESETS[i].code == code) return &COLOUR_PRESETS[i];
  return NULL;
}

const struct colour_preset *colour_preset_named(const char *name) {
  for (size_t i = 0; i < COLOUR_PRESET_COUNT; i++)
    if (text_equal(COLOUR_PRESETS[i].name, name)) return &COLOUR_PRESETS[i];
  return NULL;
}

/* ---- as JSON ---- */

void preset_json(struct json *json, enum language language, const char *name, struct label label, const char *source, struct label note,
                 const char *member, const char *rows) {
  json_open(json, '{');
  json_pair(json, "name", name);
  json_pair(json, "label", label_in(label, language));
  json_pair(json, "source", source);
  json_pair(json, "note", label_in(note, language));
  json_key(json, member);
  json_raw(json, rows);
  json_close(json, '}');
}

void colour_presets_json(struct json *json, enum language language) {
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < COLOUR_PRESET_COUNT; i++)
    preset_json(json, language, COLOUR_PRESETS[i].name, COLOUR_PRESETS[i].label, COLOUR_PRESETS[i].source, COLOUR_PRESETS[i].note, "rules",
                COLOUR_PRESETS[i].rules);
  json_close(json, ']');
}
