// Words of the import of ledgers and its report.
import { wordsOf } from '@/words'

export const ledgerWord = wordsOf({
  'title': '导入台账', 'hint': '先核对、后写入：上传后只给出报告，确认才写入。xlsx、xls、ods、csv 都可以，合并单元格、两行表头、多个工作表照样认。',
  'step.file': '一、文件', 'step.preview': '二、核对', 'step.report': '三、迁移报告',
  'file': '台账文件', 'mapping': '导入对照', 'mapping.auto': '自动识别表头', 'complete': '这是全量台账（文件里没有的标为缺失）', 'leave': '有错的行跳过，其余照写', 'history': '按历史台账带入，在办的从这天起算', 'history.hint': '留空则全部作为拟报登记；填写后按文件中的状态和日期带入。',
  'more': '文件里没有写明的', 'unit': '牵头单位', 'campaign': '专项工作', 'category': '问题类别', 'source': '问题来源', 'unset': '文件里有', 'stage': '上传并核对', 'staging': '正在核对…', 'file.need': '请选择文件。', 'again': '换个文件', 'restage': '按选择重新核对',
  'rows': '行数', 'created': '新增', 'unchanged': '未变', 'changed': '有改', 'conflict': '冲突', 'missing': '缺失', 'reappeared': '重现', 'errors': '错误', 'left_out': '跳过',
  'say.errors': '有 {n} 处错误：改好文件再传，或勾选「有错的行跳过」。', 'say.ready': '核对无误：将写入 {n} 件。', 'say.leave': '{n} 件可以写入；有错的行会跳过。', 'say.nothing': '没有要写入的变化。', 'say.written': '已写入。请打印迁移报告签字。',
  'list.errors': '错误（按单元格）', 'list.rows': '逐行结果', 'list.hints': '提示', 'list.conflicts': '冲突：两边都改过，保留本库的', 'none.rows': '没有要列的行（未变的不列）。',
  'cell': '单元格', 'sheet': '工作表', 'row': '行', 'column': '列', 'sentence': '问题与改法', 'class': '结果', 'number': '编号', 'problem': '问题', 'what': '说明', 'class.all': '全部',
  'similar': '是不是同一件？', 'similar.same': '是同一件', 'similar.new': '是新问题', 'choices.keep': '把选择存到导入对照', 'choices.name': '对照名称', 'choices.kept': '选择已保存，重新核对', 'choices.hint': '选择按单位保存，下次导入同一份台账不再问。',
  'write': '写入 {n} 件', 'writing': '正在写入…', 'report': '迁移报告', 'report.open': '打开迁移报告', 'report.csv': '下载 CSV', 'report.print': '打印', 'report.back': '回到导入', 'report.file': '文件', 'report.hash': '文件指纹', 'report.mapping': '导入对照', 'report.base': '基线日', 'report.who': '导入人', 'report.when': '时间', 'report.journal': '日志', 'report.state': '状态', 'report.written': '已写入', 'report.preview': '预检，尚未写入', 'report.complete': '全量', 'report.counts': '数量', 'report.inferred': '推定的日期', 'report.inferred.none': '没有推定的日期。', 'report.errors.none': '没有错误。', 'report.text': '原文', 'report.date': '推定为', 'report.why': '依据',
  'sign.who': '导入人（签字）', 'sign.check': '复核人（签字）', 'sign.head': '负责人（签字）', 'others': '导出与再导入：从问题清单导出的台账，改后再导入，只认改过的格。',
}, {
  'title': 'Import a ledger', 'hint': 'Checked first, written afterwards: the upload only gives a report. xlsx, xls, ods and csv, with merged cells, two-row headers and many sheets.',
  'step.file': '1. The file', 'step.preview': '2. The check', 'step.report': '3. The migration report',
  'file': 'Ledger file', 'mapping': 'Mapping', 'mapping.auto': 'Recognise the headers', 'complete': 'This is the complete ledger (what it lacks is marked as missing)', 'leave': 'Leave out rows with errors, write the rest', 'history': 'As history, open ones from this day on', 'history.hint': 'Left empty, all are registered as drafts; filled in, states and dates come as the file has them.',
  'more': 'What the file does not say', 'unit': 'Lead unit', 'campaign': 'Campaign', 'category': 'Category', 'source': 'Source', 'unset': 'in the file', 'stage': 'Upload and check', 'staging': 'Checking…', 'file.need': 'Please choose a file.', 'again': 'Another file', 'restage': 'Check again with these choices',
  'rows': 'Rows', 'created': 'New', 'unchanged': 'Unchanged', 'changed': 'Changed', 'conflict': 'Conflict', 'missing': 'Missing', 'reappeared': 'Reappeared', 'errors': 'Errors', 'left_out': 'Left out',
  'say.errors': '{n} errors: put the file right, or tick "Leave out rows with errors".', 'say.ready': 'Checked: {n} will be written.', 'say.leave': '{n} can be written; rows with errors are left out.', 'say.nothing': 'Nothing to write.', 'say.written': 'Written. Please print the migration report and sign it.',
  'list.errors': 'Errors, by cell', 'list.rows': 'Row by row', 'list.hints': 'Hints', 'list.conflicts': 'Conflicts: both sides changed, ours is kept', 'none.rows': 'No row to list (unchanged ones are not listed).',
  'cell': 'Cell', 'sheet': 'Sheet', 'row': 'Row', 'column': 'Column', 'sentence': 'What is wrong and what would be right', 'class': 'Result', 'number': 'Number', 'problem': 'Problem', 'what': 'What', 'class.all': 'All',
  'similar': 'Is it the same?', 'similar.same': 'The same', 'similar.new': 'A new problem', 'choices.keep': 'Keep the choices in the mapping', 'choices.name': 'Name of the mapping', 'choices.kept': 'Kept; checked again', 'choices.hint': 'Choices are kept for the unit: the same ledger asks no second time.',
  'write': 'Write {n}', 'writing': 'Writing…', 'report': 'Migration report', 'report.open': 'Open the migration report', 'report.csv': 'Download CSV', 'report.print': 'Print', 'report.back': 'Back to the import', 'report.file': 'File', 'report.hash': 'File hash', 'report.mapping': 'Mapping', 'report.base': 'Base-line day', 'report.who': 'Imported by', 'report.when': 'When', 'report.journal': 'Journal', 'report.state': 'State', 'report.written': 'written', 'report.preview': 'preview, not yet written', 'report.complete': 'complete', 'report.counts': 'Counts', 'report.inferred': 'Inferred dates', 'report.inferred.none': 'No date was inferred.', 'report.errors.none': 'No error.', 'report.text': 'As written', 'report.date': 'Inferred', 'report.why': 'Because',
  'sign.who': 'Imported by (signature)', 'sign.check': 'Checked by (signature)', 'sign.head': 'Head (signature)', 'others': 'A ledger exported from the list of problems and imported again changes only the cells that were changed.',
})
