/** Every finding of an audit; `{name}` is a fact. A code is never renamed once released. */
export const findingTexts = {
  // The records, whatever epoch.
  'audit.ids_missing': {
    en: 'Rows {from} to {to} of {table} are gone: versions are never deleted',
    zh: '{table}缺少第{from}至{to}行：任何版本都不得删除',
  },
  'audit.version_broken': {
    en: 'Version {id} of {table} says it was superseded by {said}; the versions of its key say {should}',
    zh: '{table}第{id}行称被{said}取代，但同一键的各版本显示为{should}',
  },
  'audit.batch_count': {
    en: 'Import {batch} wrote {expected} rows of {table}; there are {actual}',
    zh: '第{batch}次导入写入{table}共{expected}行，现有{actual}行',
  },
  'audit.batch_order': {
    en: 'Rows of {table} from import {batch} are not one unbroken range of ids (rows {from} to {to})',
    zh: '第{batch}次导入的{table}行号不连续（第{from}至{to}行）',
  },
  'audit.batch_unknown': {
    en: 'Row {id} of {table} names import {batch}, which is not in the ledger or of another source',
    zh: '{table}第{id}行所属的第{batch}次导入不存在或来源不符',
  },
  'audit.person_count': {
    en: 'The imports made {expected} accounts; there are {actual}',
    zh: '历次导入共建立{expected}个账户，现有{actual}个',
  },
  'audit.place_unknown': {
    en: 'Row {id} of {table} belongs to {owner}, which has no place in the ledger',
    zh: '{table}第{id}行属于{owner}，而账本中没有其位置',
  },
  'audit.key_shared': {
    en: 'One holder key is enrolled for two owners (enrolment {id})',
    zh: '同一持有人密钥登记给两个主体（第{id}次登记）',
  },

  // An epoch and its trees.
  'audit.epoch_unreadable': {
    en: 'Epoch number {id} cannot be read: {reason}',
    zh: '第{id}号结账无法读取：{reason}',
  },
  'audit.cutoff_wrong': {
    en: '{epoch}: the ledger says it saw {what} up to {cutoff}, which is not where an import ended, or not after the epoch before',
    zh: '{epoch}：账本称其计入{what}至{cutoff}，但该处并非一次导入的末尾，或早于前一次结账',
  },
  'audit.count_wrong': {
    en: '{epoch}: the ledger says {actual} {what}; by the records it saw there were {expected}',
    zh: '{epoch}：账本称有{what}{actual}个，按其计入的记录应为{expected}个',
  },
  'audit.root_wrong': {
    en: '{epoch}: the records give the root {rebuilt}, the ledger holds {stored}',
    zh: '{epoch}：由记录算出的根为{rebuilt}，账本所存为{stored}',
  },
  'audit.tree_root_wrong': {
    en: '{epoch}: the records give another root of the {tree} than the ledger holds',
    zh: '{epoch}：由记录算出的{tree}树根与账本所存不符',
  },
  'audit.leaf_changed': {
    en: '{epoch}: the records of place {index} ({tree}) no longer give the leaf that was committed; {count} places differ',
    zh: '{epoch}：位置{index}（{tree}）的记录与所承诺的叶子不符，共{count}处不同',
  },
  'audit.leaf_unreadable': {
    en: '{epoch}: place {index} ({tree}) has no leaf: {reason}',
    zh: '{epoch}：位置{index}（{tree}）无法得出叶子：{reason}',
  },
  'audit.tile_changed': {
    en: '{epoch}: tile {index} of level {level} ({tree}) was changed: it does not hash to what stands above it',
    zh: '{epoch}：{tree}第{level}层第{index}块被改动，与上层不符',
  },
  'audit.tile_missing': {
    en: '{epoch}: tile {index} of level {level} ({tree}) is gone',
    zh: '{epoch}：{tree}第{level}层第{index}块缺失',
  },
  'audit.tile_extra': {
    en: '{epoch}: tile {index} of level {level} ({tree}) has no place in the tree',
    zh: '{epoch}：{tree}第{level}层第{index}块不属于该树',
  },

  // What was published.
  'audit.split_view': {
    en: '{epoch}: {source} has the root {root}, {other} has {otherRoot}: two roots for one month and revision',
    zh: '{epoch}：{source}的根为{root}，{other}的根为{otherRoot}：同一月份同一版次有两个根',
  },
  'audit.epoch_omitted': {
    en: '{epoch}: published according to {other}, and {source} does not have it',
    zh: '{epoch}：{other}已公布，而{source}没有',
  },
  'audit.not_published': {
    en: '{epoch}: the ledger says it is {state}, and {source} does not have its root',
    zh: '{epoch}：账本状态为“{state}”，而{source}没有该根',
  },
  'audit.state_behind': {
    en: '{epoch}: published, while the ledger says it is only {state}; closing the month again finishes it',
    zh: '{epoch}：已公布，而账本状态仅为“{state}”，重新结账即可完成',
  },
  'audit.order_differs': {
    en: '{epoch}: comes at another place in {source} than in {other}',
    zh: '{epoch}：在{source}中的次序与{other}不同',
  },
  'audit.month_missing': {
    en: '{source} has no epoch of {month}, between months that have one',
    zh: '{source}中缺少{month}，其前后月份均已结账',
  },
  'audit.sequence_wrong': {
    en: '{epoch}: out of order in {source}: months ascend, and the revisions of a month are 0, 1, 2, …',
    zh: '{epoch}：在{source}中次序有误：月份应递增，同月版次应为0、1、2……',
  },
  'audit.accounts_differ': {
    en: '{epoch}: {source} says {accounts} accounts, {other} says {otherAccounts}',
    zh: '{epoch}：{source}称有{accounts}个账户，{other}称有{otherAccounts}个',
  },
  'audit.times_wrong': {
    en: '{epoch}: in {source} the time {field} is {actual}; by the order of publications it is {expected}',
    zh: '{epoch}：{source}中{field}为{actual}，按公布次序应为{expected}',
  },
  'audit.previous_root_wrong': {
    en: '{epoch}: published as following another root than the one before it in {source}',
    zh: '{epoch}：公布时所接续的根与{source}中的前一个根不符',
  },
  'audit.log_differs': {
    en: '{epoch}: the log of {source} and its state do not say the same',
    zh: '{epoch}：{source}的事件与状态不一致',
  },
  'audit.log_gap': {
    en: 'The log of {source} leaves something out: its chain of roots, or of changes of authorities, is broken',
    zh: '{source}的事件有遗漏：根的链条或经办机构变更的链条不完整',
  },

  // Who signed.
  'audit.signature_missing': {
    en: '{epoch}: {authority} signed it for the chain, and the ledger does not hold the signature',
    zh: '{epoch}：{authority}的签名已上链，而账本中没有',
  },
  'audit.signature_invalid': {
    en: '{epoch}: the signature the ledger holds of {authority} is not of what was published',
    zh: '{epoch}：账本所存{authority}的签名与所公布的内容不符',
  },
  'audit.signer_unknown': {
    en: '{epoch}: signed by {authority}, who was no authority of the registry then',
    zh: '{epoch}：签名者{authority}当时不是登记的经办机构',
  },
  'audit.no_quorum': {
    en: '{epoch}: {signatures} valid signatures; {quorum} are needed',
    zh: '{epoch}：有效签名{signatures}份，需要{quorum}份',
  },

  // Against the notes of an earlier audit.
  'audit.rows_changed': {
    en: 'Rows {from} to {to} of {table} are not what they were at the audit of {at}',
    zh: '{table}第{from}至{to}行与{at}审计时不同',
  },
  'audit.rows_gone': {
    en: '{table} had {expected} rows at the audit of {at}; there are {actual}',
    zh: '{at}审计时{table}有{expected}行，现有{actual}行',
  },
  'audit.epoch_changed': {
    en: '{epoch}: {field} is {actual}; at the audit of {at} it was {expected}',
    zh: '{epoch}：{field}为{actual}，{at}审计时为{expected}',
  },
} as const satisfies Record<string, { readonly en: string; readonly zh: string }>;

export type FindingCode = keyof typeof findingTexts;
