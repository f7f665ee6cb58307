/* Generated texts for measuring: phrases of hotline and office Chinese put together at random, the same for the same seed. */
#include "command/bench.h"

/* splitmix64 */
uint64_t bench_random(uint64_t *state) {
  uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

size_t bench_weighted(uint64_t *state, const uint16_t *weights, size_t count) {
  uint64_t total = 0, at;
  for (size_t i = 0; i < count; i++) total += weights[i];
  at = bench_random(state) % total;
  size_t found = 0;
  while (at >= weights[found]) at -= weights[found++];
  return found;
}

static const char *const PHRASES[] = {
  "小区西门外的道路", "夜间施工噪声", "老旧电梯反复停运", "菜市场门口", "公交末班车", "河道边的垃圾", "学校周边", "消防通道被占", "物业公司", "拖欠的工资",
  "养老金资格认证", "异地就医备案", "营业执照变更", "水压不足", "燃气表", "路灯不亮", "井盖松动", "树木遮挡信号灯", "停车位划线", "快递柜收费",
  "餐饮油烟", "地下室渗水", "宽带入户", "幼儿园学位", "加装电梯的补贴", "雨天严重积水", "临时围挡迟迟不拆", "共享单车乱停", "广场舞音量", "医院挂号",
  "多次反映没有结果", "希望有关部门尽快处理", "请给一个明确的期限", "已经持续三个多月", "影响周边居民出行", "存在安全隐患", "建议统一规划", "与承诺的不一致", "要求书面答复", "望核实后回电",
  "窗口说材料不全", "系统里查不到", "两个单位互相推诿", "整改之后又反弹", "附近有两所学校", "老人和孩子不方便", "合同约定的日期", "施工单位没有公示", "现场没有人负责", "已拍照留存",
  "2025 年 3 月起", "第 7 号楼", "约 120 户居民", "每天 6:30 至 23:00", "涉及金额 3500 元", "12345 热线回复", "APP 一直闪退", "晚上十点以后", "早高峰时段", "近半年来"};
enum { PHRASE_COUNT = sizeof PHRASES / sizeof *PHRASES };

void bench_sentence(struct buffer *out, uint64_t *state, size_t phrases) {
  for (size_t i = 0; i < phrases; i++) {
    buffer_text(out, PHRASES[bench_random(state) % PHRASE_COUNT]);
    if (i + 1 < phrases) buffer_text(out, i % 4 == 3 ? "。" : ",");
  }
}
