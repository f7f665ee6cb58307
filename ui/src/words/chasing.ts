// Words of the chase list.
import { wordsOf } from '@/words'

export const chaseWord = wordsOf({
  'title': '催办清单', 'hint': '谁过了期、过了几天、催过几次；打过电话点一下就记上。单位不排名。', 'none': '没有过期的事。', 'none.hint': '到期未办的事会列在这里，最久的在前。',
  'say': '截至 {on}，{n} 件过期', 'units': '按单位', 'unit.all': '全部单位', 'days': '过期 {n} 天', 'due': '期限 {date}', 'times': '催过 {n} 次（系统 {clock}，人工 {people}）', 'never': '还没有催过', 'last': '最近 {date}：{what}', 'reply': '答复：{text}', 'waiting': '待答复', 'phone': '打过电话', 'answer': '记答复', 'noted': '已记一次催办', 'with': '记一笔', 'with.title': '记一次催办', 'more': '再看', 'waits.unit': '等该单位办', 'waits.unit_head': '等其主要负责人签', 'waits.office': '等整改办办',
}, {
  'title': 'Chase list', 'hint': 'Who is late, by how many days, and how often chased; a phone call is noted in one click. Units are not ranked.', 'none': 'Nothing is late.', 'none.hint': 'What is past its date stands here, the oldest first.',
  'say': 'As of {on}, {n} late', 'units': 'By unit', 'unit.all': 'All units', 'days': '{n} days late', 'due': 'due {date}', 'times': 'chased {n} times ({clock} by the clock, {people} by people)', 'never': 'never chased', 'last': 'last {date}: {what}', 'reply': 'answer: {text}', 'waiting': 'no answer yet', 'phone': 'Phoned', 'answer': 'Note the answer', 'noted': 'A chase is noted', 'with': 'With a note', 'with.title': 'Note a chase', 'more': 'More', 'waits.unit': 'waits for the unit', 'waits.unit_head': 'waits for the unit head', 'waits.office': 'waits for the office',
})
