import type { ErrorEntry } from './error-entry.ts';

/** The ceremony that makes proving keys: its files, and what it refuses. */
export const ceremonyErrors = {
  'ceremony.bad_file': {
    status: 400,
    en: '{file} is not what a ceremony has there: {reason}',
    zh: '{file}不是有效的密钥仪式文件：{reason}',
  },

  // Phase 1.
  'ceremony.phase1_unknown': {
    status: 422,
    en: 'The phase 1 file is none of the published ones (blake2b {blake2b})',
    zh: '第一阶段文件不在公布的清单中（blake2b为{blake2b}）',
  },
  'ceremony.phase1_differs': {
    status: 422,
    en: 'The phase 1 file is not the one the ceremony began with',
    zh: '第一阶段文件与仪式开始时使用的不同',
  },
  'ceremony.phase1_too_small': {
    status: 422,
    en: 'The phase 1 file reaches to 2^{power} rows; {statement} needs 2^{needed}',
    zh: '第一阶段文件最多支持2^{power}行，{statement}需要2^{needed}行',
  },

  // Circuits.
  'ceremony.r1cs_differs': {
    status: 422,
    en: 'The circuit of {statement}, rebuilt from source, is not the one of the ceremony',
    zh: '由源代码重新编译的{statement}电路与仪式中的不同',
  },
  'ceremony.initial_differs': {
    status: 422,
    en: 'The key that {statement} began with does not follow from its circuit and phase 1',
    zh: '{statement}的初始密钥不是由其电路和第一阶段文件得出的',
  },
  'ceremony.other_circuit': {
    status: 422,
    en: 'The key given for {statement} belongs to another circuit',
    zh: '提交的{statement}密钥属于另一个电路',
  },

  // Contributions.
  'ceremony.stale': {
    status: 409,
    en: 'The contribution was built on another state than the present one, after {accepted} contributions: take that and contribute again',
    zh: '该贡献并非基于当前状态（已有{accepted}份贡献）：请取得最新文件后重新贡献',
  },
  'ceremony.rewritten': {
    status: 422,
    en: 'The key of {statement} does not list the contributions accepted so far as they are',
    zh: '{statement}的密钥改动了此前已接受的贡献',
  },
  'ceremony.zkey_differs': {
    status: 422,
    en: 'The key file of {statement} is not the one that contribution {number} attests',
    zh: '{statement}的密钥文件与第{number}份贡献的声明不符',
  },
  'ceremony.attestation_differs': {
    status: 422,
    en: 'Contribution {number} attests something else for {statement} than its key holds: {field}',
    zh: '第{number}份贡献对{statement}的声明与密钥内容不符：{field}',
  },
  'ceremony.bad_signature': {
    status: 422,
    en: 'The signature of contribution {number} does not fit: its attestation was edited',
    zh: '第{number}份贡献的签名不符：声明已被改动',
  },
  'ceremony.broken_chain': {
    status: 422,
    en: 'Contribution {number} does not name the one before it',
    zh: '第{number}份贡献未能与前一份衔接',
  },
  'ceremony.no_proof': {
    status: 422,
    en: 'Contribution {number} to {statement} does not prove that its secret was known',
    zh: '第{number}份对{statement}的贡献未能证明贡献者掌握其秘密',
  },
  'ceremony.unchanged': {
    status: 422,
    en: 'Contribution {number} leaves delta of {statement} as it was',
    zh: '第{number}份贡献没有改变{statement}的delta',
  },
  'ceremony.key_changed': {
    status: 422,
    en: 'Contribution {number} changes in the key of {statement} what it must not: {reason}',
    zh: '第{number}份贡献改动了{statement}密钥中不应改动的部分：{reason}',
  },
  'ceremony.contributed_before': {
    status: 409,
    en: '{who} has contributed before',
    zh: '{who}此前已贡献过',
  },
  'ceremony.closed': {
    status: 409,
    en: 'The beacon was applied: the ceremony takes no more contributions',
    zh: '随机信标已应用，仪式不再接受贡献',
  },

  // The end.
  'ceremony.too_few': {
    status: 409,
    en: 'There are {found} contributions; this ceremony needs {required}, the beacon not counted',
    zh: '目前只有{found}份贡献，本次仪式至少需要{required}份（不含随机信标）',
  },
  'ceremony.no_beacon': {
    status: 409,
    en: 'The beacon is still to be applied',
    zh: '尚未应用随机信标',
  },
  'ceremony.beacon_differs': {
    status: 422,
    en: 'The last contribution is not what the beacon gives: {reason}',
    zh: '最后一份贡献与随机信标的结果不符：{reason}',
  },
  'ceremony.manifest_differs': {
    status: 422,
    en: 'The manifest names another {field} for {statement} than the ceremony made',
    zh: '清单中{statement}的{field}与仪式的结果不同',
  },
} as const satisfies Record<string, ErrorEntry>;
