// Words of stratified draws: how the seed comes about, the strata, the checks, and reckoning it again.
import { wordsOf } from '@/words'

export const drawWord = wordsOf({
  'announced': '方案已公布并写入日志。点“抽取”后，种子由公布那一条日志为止的存证根算出：公布之前谁也不知道，之后人人都能复算。', 'strata': '各层与样本', 'sub': '总体 {population} 件，抽取 {sample} 件',
  'same': '复算一致', 'other': '复算不一致：{what}', 'destroyed': '其后销毁了 {n} 个问题，无法逐项复算；种子一致。', 'again': '再复算一次', 'print': '打印', 'unit': '牵头单位', 'colour': '颜色', 'age': '入库时长', 'population': '总体', 'drawn': '抽取', 'all': '合计',
  'seed': '种子', 'root': '公布时的存证根（日志第 {n} 条为止）', 'checks': '抽中的问题', 'checks.open': '全部抽查', 'problem': '问题', 'state': '核查', 'checked': '核查日期', 'none': '无', 'loading': '正在由日志复算…',
  'spot': '样本 {n} 件，总体 {population} 件', 'spot.seeds': '种子：', 'spot.more': '全部抽查方案', 'spot.single': '逐件抽取用口径里的种子',
}, {
  'announced': 'The draw is announced and stands in the journal. Once it is drawn, its seed is made from the journal’s root up to that announcement: nobody knew it before, everybody can reckon it afterwards.', 'strata': 'Strata and sample', 'sub': '{sample} drawn of {population}',
  'same': 'Reckoned again: the same', 'other': 'Reckoned again it is another: {what}', 'destroyed': '{n} problems were destroyed since, so not all can be reckoned again; the seed is the same.', 'again': 'Reckon it again', 'print': 'Print', 'unit': 'Lead unit', 'colour': 'Colour', 'age': 'Age', 'population': 'Population', 'drawn': 'Drawn', 'all': 'All',
  'seed': 'Seed', 'root': 'Root of the journal at its announcement (up to entry {n})', 'checks': 'Problems drawn', 'checks.open': 'All checks', 'problem': 'Problem', 'state': 'Check', 'checked': 'Checked on', 'none': 'none', 'loading': 'Reckoning from the journal…',
  'spot': 'Sample {n} of {population}', 'spot.seeds': 'Seeds: ', 'spot.more': 'All draws', 'spot.single': 'single draws use the policy’s seed',
})
