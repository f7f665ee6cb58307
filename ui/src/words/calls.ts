// Words of call-backs and the three rates.
import { wordsOf } from '@/words'

export const callWord = wordsOf({
  'title': '待回访', 'hint': '答复满一天的诉求在这里，最早的在前。原文和答复在左右，问三句，每句点一下；没打通点“未接通”。承办单位的人不能回访自己办的诉求。', 'none': '没有待回访的诉求。', 'none.hint': '答复后第二天，诉求会自动转到这里。',
  'say': '{n} 件待回访', 'number': '编号', 'unit': '承办 {unit}', 'answered': '{date} 答复', 'attempts': '已打 {n} 次', 'contacted': '单位联系过吗', 'yes': '联系过', 'no': '没联系', 'outcome': '解决了吗', 'satisfaction': '满意吗', 'words': '诉求人原话',
  'save': '记下，接着打下一件', 'missed': '未接通', 'noted': '已记一次回访，接着是：{next}', 'noted.last': '已记一次回访，都打完了', 'answer': '单位答复', 'more': '再看', 'answer.none': '没有写答复。', 'said': '诉求原文', 'said.none': '没有写内容，只有主题。', 'place': '地点：{place}', 'made': '{date} 诉求',
  'queue': '待回访的诉求', 'phone': '看电话', 'phone.reason': '回访', 'phone.none': '没有留电话', 'before': '前几次', 'refused': '这一件您不能回访：', 'skip': '跳过，看下一件', 'keys': '按键：按数字答当前一问，Enter 记下（写原话时用 Ctrl+Enter），0 未接通。', 'joined': '并单：各自回访，各自评价', 'person': '诉求人：{name}',
  'rates': '三率', 'rates.hint': 'n = 已接通 V − 已剔除 X。V/R 或 n 太小的不参与比较；不同类单位不相互比较；加入并单的各算各的。', 'rates.by': '分组', 'by.unit': '单位', 'by.category': '类别', 'by.kind': '类型', 'by.origin': '渠道', 'all': '合计', 'group': '分组', 'unranked': '不比较', 'none.rates': '期内没有答复过的诉求。', 'back': '回到口径',
}, {
  'title': 'To call back', 'hint': 'Appeals answered a day ago, the oldest first. The text and the answer stand side by side; three questions, a click each; else "Not reached". Nobody of the handling unit calls back about what it handled.', 'none': 'Nobody is to be called.', 'none.hint': 'The day after its answer an appeal comes here by itself.',
  'say': '{n} to call', 'number': 'Number', 'unit': 'handled by {unit}', 'answered': 'answered {date}', 'attempts': 'called {n} times', 'contacted': 'Had the unit been in touch?', 'yes': 'Yes', 'no': 'No', 'outcome': 'Solved?', 'satisfaction': 'Satisfied?', 'words': 'In their words',
  'save': 'Note it, go on to the next', 'missed': 'Not reached', 'noted': 'A call is noted; next: {next}', 'noted.last': 'A call is noted; that was the last', 'answer': 'The unit\'s answer', 'more': 'More', 'answer.none': 'No answer is written.', 'said': 'The appeal in their words', 'said.none': 'No text, only a title.', 'place': 'Place: {place}', 'made': 'made {date}',
  'queue': 'To call back', 'phone': 'Show the number', 'phone.reason': 'call-back', 'phone.none': 'no number was left', 'before': 'Calls before', 'refused': 'This one is not yours to call: ', 'skip': 'Pass by, show the next', 'keys': 'Keys: a digit answers the question at hand, Enter notes it (Ctrl+Enter while writing), 0 is not reached.', 'joined': 'joined: each is called and rates for itself', 'person': 'Person: {name}',
  'rates': 'Three rates', 'rates.hint': 'n = reached V − excluded X. What has too small a V/R or n is not compared, nor are kinds of unit with each other; joined appeals count each for itself.', 'rates.by': 'By', 'by.unit': 'Unit', 'by.category': 'Category', 'by.kind': 'Kind', 'by.origin': 'Came in by', 'all': 'All', 'group': 'Group', 'unranked': 'not compared', 'none.rates': 'No appeal was answered in this period.', 'back': 'Back to the definitions',
})
