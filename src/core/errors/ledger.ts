import type { ErrorEntry } from './error-entry.ts';

/** Accounts, trees, imports, the store, epochs. */
export const ledgerErrors = {
  'ledger.not_found': { status: 404, en: 'There is no account {what}', zh: '找不到账户{what}' },
  'ledger.bad_credit_code': {
    status: 400,
    en: '{value} is not a valid credit code (GB 32100)',
    zh: '{value}不是有效的统一社会信用代码',
  },
  'ledger.bad_region': {
    status: 400,
    en: '{value} is not a region code (GB/T 2260)',
    zh: '{value}不是有效的行政区划代码',
  },
  'ledger.tree_full': {
    status: 507,
    en: 'A tree holds {places} leaves and is full',
    zh: '树已满，最多{places}个叶子',
  },

  // One row of an import.
  'ledger.bad_id_number': {
    status: 400,
    en: 'Not an ID number: 18 digits, the last may be X (GB 11643)',
    zh: '不是有效的身份证号码（GB 11643，18位）',
  },
  'ledger.bad_id_date': {
    status: 400,
    en: 'The birth date in the ID number does not exist',
    zh: '身份证号码中的出生日期不存在',
  },
  'ledger.bad_id_check': {
    status: 400,
    en: 'The check character of the ID number is wrong',
    zh: '身份证号码校验码错误',
  },
  'ledger.missing_value': { status: 400, en: 'There is no value', zh: '缺少值' },
  'ledger.unknown_code': {
    status: 400,
    en: '{value} is not in the code table',
    zh: '代码表中没有{value}',
  },
  'ledger.bad_date': {
    status: 400,
    en: '{value} is not a date of the form {form}',
    zh: '{value}不是{form}格式的有效日期',
  },
  'ledger.bad_number': {
    status: 400,
    en: '{value} is not a whole number from 0 to {max}',
    zh: '{value}不是0到{max}之间的整数',
  },
  'ledger.month_in_future': {
    status: 400,
    en: '{month} lies after the present month {present}',
    zh: '{month}晚于当前月份{present}',
  },
  'ledger.month_before_ledger': {
    status: 400,
    en: '{month} lies before {first}, where the ledger begins',
    zh: '{month}早于账本起始月份{first}',
  },
  'ledger.wrong_column_count': {
    status: 400,
    en: 'The row has {actual} columns; the header has {expected}',
    zh: '该行有{actual}列，表头有{expected}列',
  },
  'ledger.bad_encoding': {
    status: 400,
    en: 'The value has characters that are not of the encoding the mapping names',
    zh: '该值含有不属于映射所列编码的字符',
  },
  'ledger.number_lost_digits': {
    status: 400,
    en: 'The cell is a number, and a workbook keeps no more than 15 digits of one: export the column as text',
    zh: '该单元格为数字格式，Excel数字只保留15位有效数字：请将该列按文本导出',
  },
  'ledger.conflicting_duplicate': {
    status: 409,
    en: 'An earlier row of this file says something else for the same key',
    zh: '本文件前面已有相同键但内容不同的行',
  },
  'ledger.owned_by_other_source': {
    status: 409,
    en: 'Source {source} already holds this key',
    zh: '该键已由来源{source}登记',
  },

  // A whole file, a mapping, a key.
  'ledger.bad_mapping': {
    status: 400,
    en: 'The mapping {file} is not valid: {reason}',
    zh: '映射文件{file}无效：{reason}',
  },
  'ledger.no_file': {
    status: 404,
    en: 'There is no readable file {file}',
    zh: '找不到或无法读取文件{file}',
  },
  'ledger.missing_column': {
    status: 400,
    en: '{file} has no column {column}; is it the file of this mapping, in {encoding}?',
    zh: '{file}中没有列{column}；请核对映射与编码（{encoding}）',
  },
  'ledger.duplicate_column': {
    status: 400,
    en: '{file} has the column {column} twice',
    zh: '{file}中列{column}重复',
  },
  'ledger.bad_csv': {
    status: 400,
    en: '{file} is not well-formed CSV near line {line}: {reason}',
    zh: '{file}第{line}行附近不是有效的CSV：{reason}',
  },
  'ledger.bad_xlsx': {
    status: 400,
    en: '{file} is not a workbook that can be read: {reason}',
    zh: '无法读取工作簿{file}：{reason}',
  },
  'ledger.unknown_sheet': {
    status: 404,
    en: '{file} has no sheet {sheet}; it has {sheets}',
    zh: '{file}中没有工作表{sheet}；现有：{sheets}',
  },
  'ledger.file_changed': {
    status: 409,
    en: '{file} changed while it was being read; nothing was imported',
    zh: '{file}在读取过程中发生变化，未导入任何内容',
  },
  'ledger.bad_pepper': {
    status: 400,
    en: 'The pepper must be 32 bytes',
    zh: '密钥（pepper）应为32字节',
  },
  'ledger.wrong_pepper': {
    status: 409,
    en: 'This ledger was made with another pepper',
    zh: '该账本使用的是另一个密钥（pepper）',
  },

  'ledger.import_unfinished': {
    status: 409,
    en: 'The import of {file} ({source}) was cut short: import it again to go on, or give it up with canbao import --abandon',
    zh: '{file}（{source}）的导入尚未完成：请重新导入以继续，或用canbao import --abandon放弃',
  },
  'ledger.unfinished_changed': {
    status: 409,
    en: '{file} or its mapping has changed since its import was cut short: import it as it was to go on, or give that import up with canbao import --abandon',
    zh: '{file}或其映射在导入中断后发生了变化：请以原文件继续导入，或用canbao import --abandon放弃',
  },
  'ledger.no_unfinished_import': {
    status: 404,
    en: 'No import was cut short',
    zh: '没有未完成的导入',
  },
  'ledger.unknown_batch': {
    status: 404,
    en: 'There is no import number {batch}',
    zh: '没有编号为{batch}的导入',
  },

  // The store.
  'ledger.store_busy': {
    status: 409,
    en: 'The data folder {folder} is in use by process {pid}',
    zh: '数据目录{folder}正被进程{pid}使用',
  },
  'ledger.store_unavailable': {
    status: 503,
    en: 'The database cannot be opened: {reason}',
    zh: '无法打开数据库：{reason}',
  },
  'ledger.bad_schema_name': {
    status: 400,
    en: '{name} is not a usable schema name',
    zh: '{name}不是可用的模式名',
  },
  'ledger.unknown_person': {
    status: 404,
    en: 'The ledger has no record of this person',
    zh: '账本中没有此人的记录',
  },
  'ledger.unknown_employer': {
    status: 404,
    en: 'The ledger has no record of the employer {creditCode}',
    zh: '账本中没有单位{creditCode}的记录',
  },
  'ledger.commitment_taken': {
    status: 409,
    en: 'This holder key is enrolled for somebody else',
    zh: '该持有人密钥已登记给他人或其他单位',
  },

  // Epochs.
  'ledger.unknown_epoch': {
    status: 404,
    en: 'There is no closed epoch {what}',
    zh: '没有已结账的月份{what}',
  },
  'ledger.epoch_empty': {
    status: 409,
    en: 'The ledger has no accounts to close',
    zh: '账本中没有可结账的账户',
  },
  'ledger.month_behind': {
    status: 409,
    en: '{month} can no longer be closed: {latest} is closed already',
    zh: '{latest}已结账，不能再结{month}',
  },
  'ledger.epoch_conflict': {
    status: 409,
    en: 'Another operator is closing this ledger; try again',
    zh: '另一操作员正在结账，请重试',
  },
  'ledger.root_repeats': {
    status: 409,
    en: 'The records of {month} are again those of revision {revision}, and a root is published once',
    zh: '{month}的记录又与第{revision}版相同，而同一个根只能公布一次',
  },
  'ledger.bad_transition': {
    status: 409,
    en: 'An epoch that is {from} cannot become {to}',
    zh: '处于{from}状态的结账不能变为{to}',
  },
  'ledger.not_in_epoch': {
    status: 404,
    en: 'This person has no account in the epoch {epoch}',
    zh: '此人在{epoch}结账中没有账户',
  },
  'ledger.employer_not_in_epoch': {
    status: 404,
    en: 'The employer {creditCode} is not yet in the epoch {epoch}',
    zh: '单位{creditCode}尚未纳入{epoch}的结账',
  },
  'ledger.leaf_mismatch': {
    status: 500,
    en: 'The records of place {index} ({tree}) do not hash to the leaf that epoch {epoch} holds',
    zh: '位置{index}（{tree}）的记录与{epoch}结账中的叶子不一致',
  },
  'ledger.no_epoch': { status: 404, en: 'No month is closed yet', zh: '尚无已结账的月份' },
} as const satisfies Record<string, ErrorEntry>;
