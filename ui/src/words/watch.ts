// Words of what is watched: invariants, signals, identities.
import { wordsOf } from '@/words'

export const watchWord = wordsOf({
  'title': '规矩与迹象', 'invariants': '不合规矩', 'signals': '整而不改的迹象', 'identities': '勾稽', 'reviews': '审核时限', 'hand': '人工颜色',
  'invariants.hint': '每天必须成立的规矩；破了哪条、怎么改，逐件写明。', 'signals.hint': '迹象供人核查，不是处分的依据。', 'identities.hint': '期末在办 = 期初在办 + 新增 + 重开 + 移入 − 销号 − 撤销 − 并入 − 作废 − 移出。',
  'reviews.hint': '单位申请、负责人签字后，由整改办限期验收；超期的是审核工作的颜色，不改问题的颜色。', 'reviews.say': '{n} 件等验收，{late} 件已超期。', 'reviews.none': '没有等验收的问题。', 'reviews.waiting': '等验收', 'reviews.in_time': '期内', 'reviews.yellow': '黄：超期', 'reviews.orange': '橙：超期较久', 'reviews.until': '验收期限 {date}', 'campaign': '专项工作',
  'hand.hint': '人工设的颜色与计算的颜色并列，到期自动撤销；各项统计只按计算的颜色。', 'hand.say': '{n} 件有人工颜色。', 'hand.none': '没有人工设的颜色。', 'hand.count': '件',
  'invariants.say': '截至 {on}，{n} 件不合规矩。', 'invariants.none': '截至 {on}，每条规矩都成立。', 'signals.say': '截至 {on}，{n} 件有迹象，请核查。', 'signals.none': '截至 {on}，没有迹象。',
  'all': '全部', 'rule': '规矩', 'broken': '破了哪条', 'sign': '迹象', 'source': '出处', 'more': '再看', 'from': '期初（日期）', 'to': '期末（日期）', 'go': '核算', 'holds': '平衡', 'broken.sum': '不平衡', 'breaks': '哪些记录不平衡', 'breaks.none': '没有记录破坏勾稽。', 'by.unit': '按单位', 'stamp': '日志 №{from} 至 №{to}',
  'begin': '期初在办', 'added': '新增', 'reopened': '重开', 'moved_in': '移入', 'closed': '销号', 'withdrawn': '撤销', 'merged': '并入', 'voided': '作废', 'moved_out': '移出', 'end': '期末在办',
}, {
  'title': 'Invariants and signals', 'invariants': 'Broken invariants', 'signals': 'Signals of sham rectification', 'identities': 'Identities', 'reviews': 'Reviews', 'hand': 'Colours set by hand',
  'invariants.hint': 'What must hold every day; which is broken and what would be right, problem by problem.', 'signals.hint': 'Signals are for a person to look at, never a ground for a penalty.', 'identities.hint': 'Open at the end = open at the beginning + added + re-opened + moved in − closed − withdrawn − merged − voided − moved out.',
  'reviews.hint': 'Once the unit has applied and its head signed, the office has its own days to accept; being late colours its work, never the problem.', 'reviews.say': '{n} wait for the verdict, {late} of them late.', 'reviews.none': 'Nothing waits for a verdict.', 'reviews.waiting': 'Waiting', 'reviews.in_time': 'In time', 'reviews.yellow': 'Yellow: late', 'reviews.orange': 'Orange: late for long', 'reviews.until': 'Verdict by {date}', 'campaign': 'Campaign',
  'hand.hint': 'A colour set by hand stands beside the computed one and ends by itself; every count goes by the computed one.', 'hand.say': '{n} have a colour set by hand.', 'hand.none': 'No colour is set by hand.', 'hand.count': 'Problems',
  'invariants.say': 'As of {on}, problems that break an invariant: {n}.', 'invariants.none': 'As of {on}, every invariant holds.', 'signals.say': 'As of {on}, problems that show a signal: {n}; please look.', 'signals.none': 'As of {on}, no signal.',
  'all': 'All', 'rule': 'Invariant', 'broken': 'What is broken', 'sign': 'Signal', 'source': 'Source', 'more': 'More', 'from': 'Beginning (day)', 'to': 'End (day)', 'go': 'Reckon', 'holds': 'Balances', 'broken.sum': 'Does not balance', 'breaks': 'Records that do not balance', 'breaks.none': 'No record breaks an identity.', 'by.unit': 'By unit', 'stamp': 'Journal №{from} to №{to}',
  'begin': 'Open before', 'added': 'Added', 'reopened': 'Re-opened', 'moved_in': 'Moved in', 'closed': 'Closed', 'withdrawn': 'Withdrawn', 'merged': 'Merged', 'voided': 'Voided', 'moved_out': 'Moved out', 'end': 'Open after',
})
