// Words of a campaign's page.
import { wordsOf } from '@/words'

export const campaignWord = wordsOf({
  'title': '进行情况', 'not.begun': '还没有开始', 'over': '已收官', 'left': '第 {gone} 天，距收官 {left} 天（共 {days} 天）', 'home': '本专项的问题', 'open': '其中没有办结的（收官前须为 0）', 'hotline': '热线诉求现在按本专项的口径办理。', 'hotline.not': '热线诉求现在按别的专项的口径办理；要改由整改办定起始日期和理由。', 'linked': '另列入本专项的问题 {n} 件（计入原专项，不计入这里）', 'policy': '拟新口径并预览变色', 'policies': '历次口径', 'rounds': '轮次', 'overview': '本专项总览',
  'dates': '{from} 至 {to}', 'units': '参加单位 {n} 家，牵头问题的 {leading} 家', 'rounds.line': '{n} 轮', 'rounds.none': '还没有轮次', 'rounds.frozen': '，第 {n} 轮已冻结', 'rounds.open': '，第 {n} 轮报送中', 'sum': '以下是能看到的全部 {n} 项专项工作之和：',
  'not.appeals': '诉求和三率不属于哪一项专项：这里是全部诉求；“整改后下降的”只列本专项的问题。', 'not.rounds': '轮次属于一项专项，两项的轮次不相比：请先选专项工作。',
}, {
  'title': 'How it stands', 'not.begun': 'Not begun yet', 'over': 'Over', 'left': 'Day {gone}, {left} days left (of {days})', 'home': 'Its problems', 'open': 'Those still open (none when it ends)', 'hotline': 'Appeals go by this campaign’s policy today.', 'hotline.not': 'Appeals go by another campaign’s policy today; the office may change that from a day on, with its reason.', 'linked': '{n} problems of other campaigns listed here too (counted at home, not here)', 'policy': 'Draft a policy and preview it', 'policies': 'All policies', 'rounds': 'Rounds', 'overview': 'Its overview',
  'dates': '{from} to {to}', 'units': '{n} units take part, {leading} lead problems', 'rounds.line': '{n} rounds', 'rounds.none': 'No round yet', 'rounds.frozen': ', number {n} frozen', 'rounds.open': ', number {n} open', 'sum': 'The sum of all {n} campaigns, as far as you see them:',
  'not.appeals': 'Appeals and the three rates belong to no campaign: these are all appeals; only what fell after closing is of this campaign.', 'not.rounds': 'Rounds belong to one campaign and those of two are not compared: choose a campaign first.',
})
