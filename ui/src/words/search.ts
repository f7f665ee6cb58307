// Words of the search over all records: the header's box and its page.
import { wordsOf } from '@/words'

export const searchWord = wordsOf({
  'title': '查找', 'box': '查找全部记录', 'hint': '字词、编号、单位或人名的拼音', 'go': '查找', 'first': '最先的几条', 'every': '看全部结果', 'none.quick': '没有找到。',
  'sort': '排序', 'sort.new': '最新在前', 'sort.best': '最贴近在前', 'type': '类型', 'type.all': '全部', 'unit': '单位', 'unit.all': '全部单位', 'from': '从', 'to': '到', 'clear': '清除条件', 'more': '再看一些',
  'count': '共 {n} 条', 'count.over': '多于 {n} 条', 'ignored': '单个字不查：{words}', 'best.note': '在最新的一万条中排', 'at': '{type} · {moment}',
  'empty': '输入要找的', 'empty.how': '可以这样找：', 'none': '没有找到“{q}”', 'none.how': '换个写法试试：',
  'try.two': '两个字或更多，如 电梯', 'try.several': '几个词用空格分开，都要有：小区 电梯', 'try.phrase': '加引号，连在一起：“annual report”', 'try.without': '减号，不要有：小区 -电梯', 'try.number': '编号，或其中四位以上：0012', 'try.pinyin': '单位和人名的拼音或首字母：shenjiju、sjj', 'try.filters': '条件可能太窄：清除类型、单位或日期',
}, {
  'title': 'Find', 'box': 'Find in all records', 'hint': 'Words, a number, pinyin of a unit or person', 'go': 'Find', 'first': 'The first hits', 'every': 'All results', 'none.quick': 'Nothing found.',
  'sort': 'Order', 'sort.new': 'Newest first', 'sort.best': 'Closest first', 'type': 'Type', 'type.all': 'All', 'unit': 'Unit', 'unit.all': 'All units', 'from': 'From', 'to': 'To', 'clear': 'Clear the conditions', 'more': 'Show more',
  'count': '{n} found', 'count.over': 'more than {n}', 'ignored': 'Single characters are not looked for: {words}', 'best.note': 'among the newest 10,000', 'at': '{type} · {moment}',
  'empty': 'Type what you look for', 'empty.how': 'You can look for:', 'none': 'Nothing found for "{q}"', 'none.how': 'Try it another way:',
  'try.two': 'two Chinese characters or more, or a word', 'try.several': 'several words, all of them there: 小区 电梯', 'try.phrase': 'in quotes, together: "annual report"', 'try.without': 'a minus, not there: 小区 -电梯', 'try.number': 'a number, or four characters of it: 0012', 'try.pinyin': 'units and people by pinyin or its initials: shenjiju, sjj', 'try.filters': 'the conditions may be too narrow: clear type, unit or dates',
})
