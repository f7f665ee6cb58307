// Words of a campaign's page.
import { wordsOf } from '@/words'

export const campaignWord = wordsOf({
  'title': '进行情况', 'not.begun': '还没有开始', 'over': '已收官', 'left': '第 {gone} 天，距收官 {left} 天（共 {days} 天）', 'home': '本专项的问题', 'linked': '另列入本专项的问题 {n} 件（计入原专项，不计入这里）', 'policy': '拟新口径并预览变色', 'policies': '历次口径', 'rounds': '轮次',
}, {
  'title': 'How it stands', 'not.begun': 'Not begun yet', 'over': 'Over', 'left': 'Day {gone}, {left} days left (of {days})', 'home': 'Its problems', 'linked': '{n} problems of other campaigns listed here too (counted at home, not here)', 'policy': 'Draft a policy and preview it', 'policies': 'All policies', 'rounds': 'Rounds',
})
