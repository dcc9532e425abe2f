import type { ErrorEntry } from './error-entry.ts';

/** Authorities among themselves: keys, requests, the feed, what is not signed. */
export const authorityErrors = {
  // The key an authority signs with.
  'authority.no_key': {
    status: 400,
    en: 'The authority has no key: set CANBAO_AUTHORITY_KEY, CANBAO_KEYSTORE or CANBAO_SIGNER_URL',
    zh: '缺少经办机构密钥：请设置CANBAO_AUTHORITY_KEY、CANBAO_KEYSTORE或CANBAO_SIGNER_URL',
  },
  'authority.bad_key': {
    status: 400,
    en: 'The key of the authority cannot be used: {reason}',
    zh: '经办机构密钥无法使用：{reason}',
  },
  'keystore.malformed': {
    status: 400,
    en: 'The keystore file is malformed: {reason}',
    zh: '密钥库文件格式错误：{reason}',
  },
  'keystore.not_opened': {
    status: 403,
    en: 'The passphrase is wrong or the keystore file was changed',
    zh: '口令错误，或密钥库文件已被改动',
  },
  'keystore.no_passphrase': {
    status: 400,
    en: 'The keystore needs its passphrase: type it at a terminal or set CANBAO_KEYSTORE_PASSPHRASE or CANBAO_KEYSTORE_PASSPHRASE_FILE',
    zh: '密钥库需要口令：请在终端输入，或设置CANBAO_KEYSTORE_PASSPHRASE或CANBAO_KEYSTORE_PASSPHRASE_FILE',
  },
  'signer.failed': {
    status: 502,
    en: 'The signer at {url} does not sign: {reason}',
    zh: '签名服务{url}未能签名：{reason}',
  },
  'signer.wrong_key': {
    status: 502,
    en: 'The signer at {url} signs with another key than that of {address}',
    zh: '签名服务{url}使用的密钥不属于{address}',
  },

  // Requests between authorities.
  'authority.not_authority': {
    status: 403,
    en: '{address} is not an authority of this registry',
    zh: '{address}不是该登记合约的经办机构',
  },
  'authority.unsigned_request': {
    status: 401,
    en: 'The request is not signed as it must be: {reason}',
    zh: '请求签名不符合要求：{reason}',
  },
  'authority.stale_request': {
    status: 401,
    en: 'The request was signed {seconds} seconds away from the present',
    zh: '请求的签名时间与当前时间相差{seconds}秒',
  },
  'authority.replayed_request': {
    status: 409,
    en: 'This very request was made before',
    zh: '该请求已被使用过',
  },
  'authority.busy': {
    status: 409,
    en: 'The authority is computing {month} for somebody else',
    zh: '该经办机构正在为其他请求计算{month}',
  },
  'authority.serves_no_ledger': {
    status: 404,
    en: 'This authority serves no ledger',
    zh: '该经办机构未提供账本',
  },
  'authority.signs_nothing': {
    status: 404,
    en: 'This server gives its ledger out and signs nothing',
    zh: '该服务仅提供账本，不签名',
  },
  'peer.unreachable': {
    status: 503,
    en: 'The authority at {peer} does not answer: {reason}',
    zh: '无法连接经办机构{peer}：{reason}',
  },
  'peer.malformed': {
    status: 502,
    en: 'The authority at {peer} answers with something unexpected: {reason}',
    zh: '经办机构{peer}的回应无法识别：{reason}',
  },
  'peer.bad_url': {
    status: 400,
    en: '{peer} is not a usable address of an authority: {reason}',
    zh: '{peer}不是可用的经办机构地址：{reason}',
  },
  'peer.other_registry': {
    status: 409,
    en: 'The authority at {peer} serves the registry {theirs}, not {ours}',
    zh: '经办机构{peer}使用的登记合约是{theirs}，而非{ours}',
  },
  'peer.unknown': {
    status: 409,
    en: 'None of the configured peers is the authority {address}',
    zh: '已配置的对端中没有经办机构{address}',
  },
  'peer.too_slow': {
    status: 504,
    en: 'The authority at {peer} was not done in time',
    zh: '经办机构{peer}未能及时完成',
  },

  // Rows of another authority's ledger.
  'feed.gap': {
    status: 409,
    en: 'Row {got} of {table} came where {expected} should',
    zh: '{table}应接收第{expected}行，却收到第{got}行',
  },
  'feed.row_changed': {
    status: 409,
    en: 'Row {row} of {table} is not what it was when it came first',
    zh: '{table}第{row}行与首次接收时不同',
  },
  'feed.bad_row': {
    status: 422,
    en: 'Row {row} of {table} is refused: {reason}',
    zh: '{table}第{row}行被拒绝：{reason}',
  },
  'feed.short': {
    status: 409,
    en: '{table} ends at row {last}; the epoch names {expected}',
    zh: '{table}止于第{last}行，而结账截至第{expected}行',
  },
  'feed.inputs_behind': {
    status: 409,
    en: 'The epoch names fewer rows than an epoch signed before it',
    zh: '该结账包含的行数少于此前已签名的结账',
  },

  // What an authority does not sign.
  'epoch.wrong_previous_root': {
    status: 409,
    en: '{month} would follow the root {given}, but the chain has {expected}',
    zh: '{month}所接的前一个根为{given}，而链上为{expected}',
  },
  'epoch.out_of_order': {
    status: 409,
    en: '{month}, revision {revision}, is not what the chain takes next',
    zh: '{month}第{revision}版不是链上应接续的结账',
  },
  'epoch.second_root': {
    status: 409,
    en: 'Authority {authority} has signed another root for {month}, revision {revision}',
    zh: '经办机构{authority}已对{month}第{revision}版签过另一个根',
  },
  'epoch.accounts_differ': {
    status: 409,
    en: 'The commitment says {given} accounts; the ledger has {expected}',
    zh: '承诺中为{given}个账户，账本中为{expected}个',
  },

  // Any server.
  'http.not_found': { status: 404, en: 'There is nothing here', zh: '无此资源' },
  'http.bad_request': {
    status: 400,
    en: 'The request cannot be read: {reason}',
    zh: '请求无法识别：{reason}',
  },
  'http.too_large': { status: 413, en: 'The request is too large', zh: '请求过大' },
  'http.too_many': {
    status: 429,
    en: 'Too many requests; try again in {seconds} seconds',
    zh: '请求过多，请在{seconds}秒后重试',
  },
  'http.cannot_listen': {
    status: 500,
    en: 'Nothing can be served at {address}: {reason}',
    zh: '无法在{address}提供服务：{reason}',
  },
} as const satisfies Record<string, ErrorEntry>;
