// Words of the policy editor and its preview.
import { wordsOf } from '@/words'

export const policyWord = wordsOf({
  'title': '新口径', 'hint': '口径按生效日期接续，旧口径永不改动；先预览会变色的问题，再保存。', 'base': '以「{name}」为底', 'base.none': '以默认口径为底',
  'rules': '颜色规则', 'rules.sub': '自上而下，先成立的一条定色；最后一条必须是「按计划推进」', 'preset': '预设', 'preset.take': '用这套规则', 'preset.own': '现行规则', 'preset.source': '出处：{source}', 'colour': '颜色', 'rule': '规则', 'than': '数值', 'order': '次序',
  'up': '上移第 {n} 条', 'down': '下移第 {n} 条', 'remove': '删去第 {n} 条', 'add': '加一条', 'unit.days': '天', 'unit.working': '个工作日', 'unit.times': '次', 'unit.people': '人', 'unit.share': '%', 'range': '{least} 至 {most}',
  'values': '其他数值', 'preview': '预览变色', 'previewing': '正在计算…', 'save': '保存口径', 'saved': '已保存口径', 'preview.first': '先预览，看清楚会变什么，再保存。', 'preview.changed': '规则改过了，请重新预览。',
  'result': '会变什么', 'result.say': '{total} 件中 {changed} 件变色（按 {moment} 的事实）', 'result.none': '没有问题会变色。', 'result.same': '不变 {n} 件', 'matrix': '现在 → 新口径', 'matrix.sum': '合计', 'by.unit': '按牵头单位', 'changed': '变色', 'of': '共',
  'examples': '例子', 'now': '现在', 'then': '新口径', 'why.none': '不定颜色', 'more': '再看',
  'panel': '颜色规则', 'panel.default': '没有另定规则：用默认口径。', 'panel.new': '以此为底，拟新口径', 'empty': '还没有专项工作：先建专项工作，再定口径。',
  'rows': '销号路径、期限与催办', 'rows.any': '不限', 'rows.default': '没有另定：用默认。', 'rows.add': '加一行', 'rows.days': '天数', 'rows.count': '怎么算', 'rows.natural': '自然日', 'rows.working': '工作日', 'rows.before': '到期前几天', 'rows.after': '过期后几天', 'rows.to': '告诉谁', 'to.liaison': '联络员', 'to.unit_head': '单位主要负责人', 'to.office': '整改办', 'to.leaders': '市领导', 'risk': '风险', 'risk.ever_red': '曾为红色', 'risk.rebounded': '曾反弹', 'risk.led': '领导牵头', 'risk.hard': '硬骨头',
}, {
  'title': 'New policy', 'hint': 'Policies follow one another by their first day and never change; see first which problems would change colour, then save.', 'base': 'Based on "{name}"', 'base.none': 'Based on the defaults',
  'rules': 'Colour rules', 'rules.sub': 'From the top, the first that holds decides; the last must be "To plan"', 'preset': 'Preset', 'preset.take': 'Take these rules', 'preset.own': 'Rules in force', 'preset.source': 'Source: {source}', 'colour': 'Colour', 'rule': 'Rule', 'than': 'Number', 'order': 'Order',
  'up': 'Move rule {n} up', 'down': 'Move rule {n} down', 'remove': 'Remove rule {n}', 'add': 'Add a rule', 'unit.days': 'days', 'unit.working': 'working days', 'unit.times': 'times', 'unit.people': 'people', 'unit.share': '%', 'range': '{least} to {most}',
  'values': 'Other numbers', 'preview': 'Preview the changes', 'previewing': 'Computing…', 'save': 'Save the policy', 'saved': 'The policy is saved', 'preview.first': 'Preview first what would change, then save.', 'preview.changed': 'The rules were changed: preview again.',
  'result': 'What would change', 'result.say': '{changed} of {total} change colour (with the facts of {moment})', 'result.none': 'No problem would change colour.', 'result.same': '{n} unchanged', 'matrix': 'Now → new policy', 'matrix.sum': 'Total', 'by.unit': 'By lead unit', 'changed': 'Changed', 'of': 'of',
  'examples': 'Examples', 'now': 'Now', 'then': 'New policy', 'why.none': 'no colour', 'more': 'More',
  'panel': 'Colour rules', 'panel.default': 'No rules of its own: the defaults hold.', 'panel.new': 'New policy based on this', 'empty': 'There is no campaign yet: create one, then its policy.',
  'rows': 'Closing routes, dates and chasing', 'rows.any': 'any', 'rows.default': 'Not set: the defaults hold.', 'rows.add': 'Add a row', 'rows.days': 'Days', 'rows.count': 'Counted as', 'rows.natural': 'natural days', 'rows.working': 'working days', 'rows.before': 'Days before', 'rows.after': 'Days after', 'rows.to': 'Told', 'to.liaison': 'liaison', 'to.unit_head': 'unit head', 'to.office': 'office', 'to.leaders': 'leaders', 'risk': 'Risk', 'risk.ever_red': 'was red once', 'risk.rebounded': 'rebounded', 'risk.led': 'led by leaders', 'risk.hard': 'hard',
})
