// Words of the audit page; what stands in the audit stream, by its permanent short names.
import { language } from '@/language'
import { wordsOf } from '@/words'

export const auditWord = wordsOf({
  'title': '审计与存证', 'print': '打印', 'hint': '日志只增不改，每条都封进存证树；审计记录逐条链接。这里只看、只取证，什么也改不了。',
  'head': '现在的存证根', 'head.sub': '覆盖日志 {n} 条，最后一条 {moment}', 'head.keep': '把这一行交到库外保存（邮箱、打印、另一个网）：以后用下面的命令就能发现日志被截掉或改动。它不含秘密。', 'since': '核对命令', 'key': '公钥：', 'copy': '复制', 'copied': '已复制', 'copy.hand': '浏览器不让复制，请手工选取。',
  'journal': '日志', 'journal.sub': '最新在前；审计管理员看全部要素，内容按可见范围', 'stream': '审计记录', 'stream.sub': '登录、失败、口令、令牌、导出、查看联系方式、备份；最新在前', 'number': '看第几条', 'number.wrong': '请填 1 到 {n} 之间的日志号', 'go': '查看',
  'moment': '时间', 'who': '谁', 'record': '记录', 'what': '做了什么', 'state': '之后的状态', 'channel': '渠道', 'detail': '明细', 'chain': '链值', 'program': '系统', 'destroyed': '依规销毁', 'none': '还没有条目。', 'older': '看更早的',
  'prove': '取证', 'proof': '第 {n} 条的存证证明', 'proof.file': '证明文件', 'proof.1': '取下', 'proof.2': '连同上面的存证根交给要核对的人；他不需要库，只需要本程序。', 'proof.3': '他运行：', 'command': '核对证明的命令', 'proof.note': '您看不到内容的记录，证明里也没有内容，只证明何时、何人、对哪条记录做了什么；证明同样成立。',
}, {
  'title': 'Audit and proofs', 'print': 'Print', 'hint': 'The journal only grows; each entry is sealed into a tree, the audit stream is chained line by line. Here one looks and takes proofs; nothing can be changed.',
  'head': 'The tree head now', 'head.sub': 'over {n} entries, the last of {moment}', 'head.keep': 'Keep this line outside of the house (a mailbox, a print, another network): later the command below finds a journal that was cut or altered. It holds no secret.', 'since': 'command to check', 'key': 'Public key:', 'copy': 'Copy', 'copied': 'Copied', 'copy.hand': 'The browser does not let it be copied: select it by hand.',
  'journal': 'Journal', 'journal.sub': 'newest first; the audit administrator sees every header, contents within scope', 'stream': 'Audit stream', 'stream.sub': 'sign-ins, failures, passwords, tokens, exports, contacts shown, backups; newest first', 'number': 'Entry number', 'number.wrong': 'Give a journal number from 1 to {n}', 'go': 'Show',
  'moment': 'When', 'who': 'Who', 'record': 'Record', 'what': 'What', 'state': 'State after', 'channel': 'Channel', 'detail': 'Detail', 'chain': 'Chain', 'program': 'The program', 'destroyed': 'Destroyed by the rules', 'none': 'No entry yet.', 'older': 'Older ones',
  'prove': 'Prove', 'proof': 'Proof of entry {n}', 'proof.file': 'Proof file', 'proof.1': 'Take the', 'proof.2': 'Give it, with the tree head above, to who is to check it; this program is needed, the store is not.', 'proof.3': 'There:', 'command': 'command to check the proof', 'proof.note': 'Of a record whose contents you may not see, the proof has none either: it proves when, who, and what was done to which record, and holds all the same.',
})
const WHAT: Record<string, { zh: string; en: string }> = {
  sign_in: { zh: '登录', en: 'Signed in' }, sign_in_failed: { zh: '登录失败', en: 'Sign-in failed' }, sign_out: { zh: '退出', en: 'Signed out' }, password_changed: { zh: '改口令', en: 'Password changed' }, password_set: { zh: '设口令', en: 'Password set' }, user_create: { zh: '建账号', en: 'Account made' },
  export: { zh: '导出', en: 'Export' }, reveal: { zh: '查看联系方式', en: 'Contact shown' }, token_create: { zh: '发令牌', en: 'Token given' }, token_revoke: { zh: '收回令牌', en: 'Token taken back' }, backup: { zh: '备份', en: 'Backup' }, base_line: { zh: '设基准日', en: 'Base-line day set' },
}
const DETAIL: Record<string, { zh: string; en: string }> = {
  account: { zh: '账号', en: 'account' }, address: { zh: '来自', en: 'from' }, type: { zh: '类型', en: 'type' }, record: { zh: '记录', en: 'record' }, id: { zh: '记录', en: 'record' }, journal: { zh: '日志', en: 'journal' }, channel: { zh: '渠道', en: 'channel' }, rows: { zh: '行数', en: 'rows' }, field: { zh: '字段', en: 'field' }, reason: { zh: '理由', en: 'reason' },
  user: { zh: '用户', en: 'user' }, token: { zh: '令牌', en: 'token' }, scope: { zh: '用途', en: 'use' }, format: { zh: '格式', en: 'format' }, folder: { zh: '文件夹', en: 'folder' }, query: { zh: '条件', en: 'conditions' }, mapping: { zh: '对照', en: 'mapping' }, file: { zh: '文件', en: 'file' }, base_line: { zh: '基准日', en: 'base-line day' },
}
/** What a line of the stream tells beside who and when: each part by its name. */
export const auditDetail = (name: string): string => DETAIL[name]?.[language.value] ?? name
const CHANNEL: Record<string, { zh: string; en: string }> = {
  page: { zh: '页面', en: 'Page' }, api: { zh: '接口', en: 'API' }, command: { zh: '命令', en: 'Command' }, import: { zh: '导入', en: 'Import' }, clock: { zh: '时钟', en: 'Clock' }, follower: { zh: '后台', en: 'Follower' }, public: { zh: '公众门户', en: 'Public portal' },
  demo: { zh: '演示', en: 'Demo' }, hotline: { zh: '热线', en: 'Hotline' },
}
export const auditChannel = (channel: string): string => CHANNEL[channel]?.[language.value] ?? channel
/** A kind that has no words yet stands by its own name. */
export const auditWhat = (what: string): string => WHAT[what]?.[language.value] ?? what
