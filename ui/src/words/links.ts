// Words of links between records: added on a record's page, and what a topic led to.
import { wordsOf } from '@/words'

export const linkWord = wordsOf({
  'add': '加关联', 'how': '关系', 'which': '哪一件', 'note': '说明', 'go': '关联', 'done': '已关联。',
  'arises_from.from': '来自{label}', 'arises_from.to': '由此产生的{label}', 'ended_by.from': '由{label}根治', 'ended_by.to': '根治的{label}', 'same_matter.from': '与{label}是同一事项', 'same_matter.to': '与{label}是同一事项', 'in_campaign.from': '同时列入{label}', 'in_campaign.to': '同时列入的{label}',
  'led': '形成成果', 'led.tasks': '任务完成 {done} / {all}', 'led.problems': '问题 {n} 个，已销号 {done} 个', 'led.measures': '措施 {n} 项，验收通过 {done} 项', 'led.mechanisms': '制度 {n} 项，施行中 {done} 项', 'led.none': '还没有由此产生的问题、措施或制度：从调研发现登记问题、新建制度，或在下方关联已有的。',
  'led.closing': '任务全部完成，并有成果（关联或写明“形成成果”），方可结题。',
}, {
  'add': 'Add a link', 'how': 'Relation', 'which': 'Which one', 'note': 'Note', 'go': 'Link', 'done': 'Linked.',
  'arises_from.from': 'Arises from: {label}', 'arises_from.to': 'What came of it: {label}', 'ended_by.from': 'Ended by: {label}', 'ended_by.to': 'What it ends: {label}', 'same_matter.from': 'Same matter: {label}', 'same_matter.to': 'Same matter: {label}', 'in_campaign.from': 'Also listed in: {label}', 'in_campaign.to': 'Also lists: {label}',
  'led': 'What it led to', 'led.tasks': 'Tasks done: {done} of {all}', 'led.problems': 'Problems: {n}, closed {done}', 'led.measures': 'Measures: {n}, accepted {done}', 'led.mechanisms': 'Mechanisms: {n}, in force {done}', 'led.none': 'No problem, measure or mechanism came of it yet: register a problem from the findings, begin a mechanism, or link one that is there.',
  'led.closing': 'It is closed once all tasks are done and something came of it, linked or written down.',
})
