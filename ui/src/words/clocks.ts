// Words of an appeal's clocks and of what stands beside them.
import { wordsOf } from '@/words'

export const clockWord = wordsOf({
  'title': '期限', 'sub': '联系、答复、解决三个钟', 'left.working': '还剩 {w} 个工作日（{d} 天）', 'left.natural': '还剩 {d} 天', 'left.today': '今天 {time} 前', 'late': '已超期 {d} 天（{w} 个工作日）', 'late.natural': '已超期 {d} 天', 'late.today': '今天 {time} 已到期', 'done': '按期完成 {when}', 'done.late': '超期 {d} 天，{when} 完成', 'done.late.today': '超期，{when} 完成',
  'not_begun': '派单后开始计时', 'none': '口径没有这个期限', 'none.historic': '历史数据，不计时', 'none.dismissed': '不予受理，不计时', 'passed_by': '没有联系记录', 'due': '{when} 前', 'weekends': '部分年份没有日历，按周末估算', 'policy': '口径：{name}',
  'group': '归在哪里', 'event': '同一事件', 'event.n': '{n} 件诉求', 'event.alone': '只有这一件', 'class': '一类事', 'none.group': '还没有归并', 'joined': '已并入主诉求', 'main': '主诉求',
  'calls': '回访', 'calls.none': '还没有回访。', 'missed': '第 {n} 次：未接通', 'reached': '第 {n} 次：{outcome}，{satisfaction}', 'contacted': '单位联系过', 'uncontacted': '单位没联系', 'exclusions': '剔除', 'exclusions.none': '没有申请剔除。', 'approval': '看审批', 'more': '全部 {n} 条', 'sep': '；',
}, {
  'title': 'Clocks', 'sub': 'contact, answer, solve', 'left.working': '{w} working days left ({d} days)', 'left.natural': '{d} days left', 'left.today': 'today by {time}', 'late': '{d} days late ({w} working days)', 'late.natural': '{d} days late', 'late.today': 'late since today {time}', 'done': 'in time, {when}', 'done.late': '{d} days late, {when}', 'done.late.today': 'late, {when}',
  'not_begun': 'begins with the assignment', 'none': 'the policy has no such clock', 'none.historic': 'historic: no clock runs', 'none.dismissed': 'dismissed: no clock runs', 'passed_by': 'no contact noted', 'due': 'by {when}', 'weekends': 'some years have no calendar: by weekends', 'policy': 'policy: {name}',
  'group': 'Where it belongs', 'event': 'Event', 'event.n': '{n} appeals', 'event.alone': 'this one alone', 'class': 'Class', 'none.group': 'not grouped yet', 'joined': 'joined to its main appeal', 'main': 'Main appeal',
  'calls': 'Call-backs', 'calls.none': 'Nobody has called yet.', 'missed': 'Attempt {n}: not reached', 'reached': 'Attempt {n}: {outcome}, {satisfaction}', 'contacted': 'the unit had been in touch', 'uncontacted': 'the unit had not been in touch', 'exclusions': 'Exclusions', 'exclusions.none': 'None is asked for.', 'approval': 'The approval', 'more': 'All {n}', 'sep': '; ',
})
