// Words of what the program suggests at intake.
import { wordsOf } from '@/words'

export const intakeWord = wordsOf({
  'title': '程序建议', 'sub': '只是建议，由人决定', 'wait': '写下主题或内容后，这里给出建议。', 'category': '分类', 'unit': '承办单位', 'place': '地点', 'near': '可能是同一事件', 'near.none': '没有相近的诉求。', 'clocks': '按渠道的期限',
  'care': '请留意', 'care.in': '{field}第 {at} 字：', 'none': '人定过的还不够，给不出建议。', 'learning': '正在学，稍后再看。', 'unsure': '没有认得的词。', 'take': '采用', 'taken': '已采用', 'sure': '{n}%', 'why': '依据：{words}', 'like': '相似 {n}%', 'members': '{n} 条', 'own': '已归在此事件',
  'contact': '联系', 'answer': '答复', 'solve': '解决', 'weekends': '部分年份没有日历，按周末估算', 'learnt': '由 {n} 条人定的诉求学得', 'program': '把握达到口径的界限，程序会定分类', 'join': '并入', 'failed': '建议取不到：{why}', 'sep': '、',
}, {
  'title': 'Suggestions', 'sub': 'only suggested: people decide', 'wait': 'Once there is a title or a text, suggestions stand here.', 'category': 'Category', 'unit': 'Handling unit', 'place': 'Place', 'near': 'Perhaps the same event', 'near.none': 'No appeal is like it.', 'clocks': 'Clocks by where it came in',
  'care': 'Take care', 'care.in': '{field}, from character {at}: ', 'none': 'People have decided too few to learn from.', 'learning': 'Being learnt; look again in a moment.', 'unsure': 'No word in it is known.', 'take': 'Take', 'taken': 'Taken', 'sure': '{n} %', 'why': 'by {words}', 'like': '{n} % alike', 'members': '{n} appeals', 'own': 'it is in this event',
  'contact': 'Contact', 'answer': 'Answer', 'solve': 'Solve', 'weekends': 'some years have no calendar: by weekends', 'learnt': 'learnt from {n} appeals that people decided', 'program': 'as certain as the policy wants: the program sets the category', 'join': 'Join', 'failed': 'No suggestions: {why}', 'sep': ', ',
})
