// Words of call-backs and the three rates.
import { wordsOf } from '@/words'

export const callWord = wordsOf({
  'title': '待回访', 'hint': '答复满一天的诉求在这里，最早的在前。打通了点诉求人的说法，每项点一下；没打通点“未接通”。承办单位的人不能回访自己办的诉求。', 'none': '没有待回访的诉求。', 'none.hint': '答复后第二天，诉求会自动转到这里。',
  'say': '{n} 件待回访', 'number': '编号', 'unit': '承办 {unit}', 'answered': '{date} 答复', 'attempts': '已打 {n} 次', 'contacted': '单位联系过吗', 'yes': '联系过', 'no': '没联系', 'outcome': '解决了吗', 'satisfaction': '满意吗', 'words': '诉求人原话',
  'save': '记下回访', 'missed': '未接通', 'noted': '已记一次回访', 'answer': '单位答复', 'more': '再看',
  'rates': '三率', 'rates.hint': 'n = 已接通 V − 已剔除 X。V/R 或 n 太小的不参与比较；不同类单位不相互比较；加入并单的各算各的。', 'rates.by': '分组', 'by.unit': '单位', 'by.category': '类别', 'by.kind': '类型', 'by.origin': '渠道', 'all': '合计', 'group': '分组', 'unranked': '不比较', 'none.rates': '期内没有答复过的诉求。', 'back': '回到口径',
}, {
  'title': 'To call back', 'hint': 'Appeals answered a day ago, the oldest first. Reached: one click for each thing the person says; else "Not reached". Nobody of the handling unit calls back about what it handled.', 'none': 'Nobody is to be called.', 'none.hint': 'The day after its answer an appeal comes here by itself.',
  'say': '{n} to call', 'number': 'Number', 'unit': 'handled by {unit}', 'answered': 'answered {date}', 'attempts': 'called {n} times', 'contacted': 'Had the unit been in touch?', 'yes': 'Yes', 'no': 'No', 'outcome': 'Solved?', 'satisfaction': 'Satisfied?', 'words': 'In their words',
  'save': 'Note the call', 'missed': 'Not reached', 'noted': 'A call is noted', 'answer': 'The unit\'s answer', 'more': 'More',
  'rates': 'Three rates', 'rates.hint': 'n = reached V − excluded X. What has too small a V/R or n is not compared, nor are kinds of unit with each other; joined appeals count each for itself.', 'rates.by': 'By', 'by.unit': 'Unit', 'by.category': 'Category', 'by.kind': 'Kind', 'by.origin': 'Came in by', 'all': 'All', 'group': 'Group', 'unranked': 'not compared', 'none.rates': 'No appeal was answered in this period.', 'back': 'Back to the definitions',
})
