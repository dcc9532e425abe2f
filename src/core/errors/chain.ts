import type { ErrorEntry } from './error-entry.ts';

/** The chain, its contracts, the embedded node. */
export const chainErrors = {
  'chain.unreachable': {
    status: 503,
    en: 'The chain at {url} does not answer',
    zh: '无法连接链节点{url}',
  },
  'chain.rpc_failed': {
    status: 502,
    en: 'The chain at {url} answered with an error: {reason}',
    zh: '链节点{url}返回错误：{reason}',
  },
  'chain.wrong_network': {
    status: 409,
    en: 'The chain at {url} is number {actual}, not {expected}',
    zh: '链节点{url}的链编号为{actual}，应为{expected}',
  },
  'chain.no_contract': {
    status: 409,
    en: 'There is no such contract at {address} on this chain',
    zh: '链上地址{address}处没有所需的合约',
  },
  'chain.reverted': {
    status: 409,
    en: 'The contract refused: {error}({details})',
    zh: '合约拒绝执行：{error}({details})',
  },
  'chain.rejected': {
    status: 409,
    en: 'The contract rejected the presentation: {verdict}',
    zh: '合约拒绝该出示：{verdict}',
  },
  'chain.not_confirmed': {
    status: 504,
    en: 'Not confirmed within {seconds} seconds: {what}',
    zh: '{seconds}秒内未获确认：{what}',
  },
  'chain.bad_value': {
    status: 400,
    en: 'A contract cannot take this value: {reason}',
    zh: '合约不能接受该值：{reason}',
  },
  'chain.no_node_program': {
    status: 500,
    en: 'The local chain needs anvil: install the optional packages, put anvil on PATH, or set CANBAO_ANVIL ({tried} not found)',
    zh: '本地链需要anvil：请安装可选依赖包，或将anvil加入PATH，或设置CANBAO_ANVIL（未找到{tried}）',
  },
  'chain.node_failed': {
    status: 500,
    en: 'The local chain did not start: {reason}',
    zh: '本地链启动失败：{reason}',
  },
  'chain.state_in_use': {
    status: 409,
    en: 'Process {pid} uses the local chain in {path}; if it is another program, remove {lock}',
    zh: '进程{pid}正在使用{path}中的本地链；若该进程与本程序无关，请删除{lock}',
  },
  'chain.bad_state': {
    status: 500,
    en: 'The state of the local chain in {path} cannot be read, nor a saved copy of it',
    zh: '无法读取{path}中的本地链状态及其备份',
  },
  'chain.no_account': {
    status: 400,
    en: 'The chain at {url} is not the embedded one: set CANBAO_SUBMITTER_KEY to send transactions',
    zh: '{url}不是内置链，发送交易请设置CANBAO_SUBMITTER_KEY',
  },
  'chain.bad_setting': {
    status: 400,
    en: '{name} must be: {reason}',
    zh: '{name}应为：{reason}',
  },
  'chain.other_registry': {
    status: 409,
    en: 'This installation uses the registry {known}; {given} is another one',
    zh: '本机使用的登记合约为{known}，与{given}不同',
  },
  'chain.history_gap': {
    status: 502,
    en: 'The chain at {url} tells a history with a gap: {found} of {expected} events of the registry',
    zh: '链节点{url}返回的历史不完整：登记合约应有{expected}条事件，只得到{found}条',
  },
  'chain.claims_gap': {
    status: 502,
    en: 'The chain at {url} does not tell every claim: {found} are known, {expected} are registered',
    zh: '链节点{url}给出的申领不完整：已知{found}项，已登记{expected}项',
  },
  'authority.bad_change': {
    status: 400,
    en: 'The change of authorities is not possible: {reason}',
    zh: '无法变更经办机构：{reason}',
  },
  'authority.outdated_change': {
    status: 409,
    en: 'The change does not follow the last one, {last}: it was applied already, or another one was',
    zh: '该变更未接续最近一次变更{last}：它或另一项变更已经生效',
  },
  'authority.not_one': {
    status: 409,
    en: 'No key of this installation is an authority of the registry {registry}',
    zh: '本机没有登记合约{registry}的经办机构密钥',
  },
  'authority.no_quorum': {
    status: 409,
    en: 'The change has {signatures} of the {quorum} signatures it needs',
    zh: '该变更只有{signatures}份签名，需要{quorum}份',
  },
  'epoch.closing': {
    status: 409,
    en: 'Another closing of this ledger is under way; --wait waits for it',
    zh: '该账本正在结账；使用--wait可等待其完成',
  },
  'epoch.lock_lost': {
    status: 503,
    en: 'The connection that kept others from closing was lost; run the closing again',
    zh: '结账锁所在的数据库连接已断开，请重新结账',
  },
  'epoch.taken_back': {
    status: 409,
    en: 'The chain does not have {month} any more: that month must be published again first',
    zh: '链上已没有{month}的结账，须先重新公布该月',
  },
  'epoch.roots_differ': {
    status: 409,
    en: 'Authority {authority} computes another root for {month} and does not sign; first difference: {where} ({tiles} tiles compared)',
    zh: '经办机构{authority}对{month}算出的根不同，拒绝签名；首个差异：{where}（比对了{tiles}个分片）',
  },
  'epoch.no_quorum': {
    status: 409,
    en: '{month} has {signatures} of the {quorum} signatures it needs',
    zh: '{month}只有{signatures}份签名，需要{quorum}份',
  },
} as const satisfies Record<string, ErrorEntry>;
