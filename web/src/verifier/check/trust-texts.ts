import { defineTexts } from '../../shell/texts.ts';

export const trustTexts = defineTexts({
  zh: {
    trustTitle: '这个结论依据什么',
    trustPage: '本页的程序、密钥清单和登记合约地址',
    trustPageText: (origin: string) =>
      `来自 ${origin}。如果不信任本网站，请用命令行工具在自己的电脑上核验。`,
    trustChain: '账本',
    trustChainText: (url: string) => `由本页直接向节点 ${url} 查询。`,
    trustOwnChainText:
      '由本网站自带的开发链提供：这条链归本网站所有，只供试用，不能防止本网站作假。',
    trustFileText: '来自您提供的账本文件，没有向链上查询：文件可信，结论才可信。',
    trustChainId: '链编号',
    trustRegistry: '登记合约',
    trustRegistryHint: '请与经办机构公布的地址核对。',
    trustRoot: '账本根',
    trustBlock: '公布于区块',
    trustTransaction: '交易',
    trustSigners: '签署机构',
    trustNotFound: '节点没有给出公布的交易',
    trustKey: (statement: string) => `验证密钥 ${statement}`,
    trustKeyFile: '本页下载的密钥与清单中的哈希一致。',
    compare: '与链上登记的密钥比对',
    compareLead: '可与链上核验合约（StatementVerifier）登记的密钥比对。',
    compareSame: '一致：链上登记的是同一把密钥。',
    compareOther: '不一致：链上登记的是另一把密钥，不要采信这个结论。',
    compareNone: '这个合约没有登记这项证明的密钥。',
  },
  en: {
    trustTitle: 'What this rests on',
    trustPage: 'The programs of this page, the list of keys, and the address of the registry',
    trustPageText: (origin: string) =>
      `They come from ${origin}. Who does not trust this site checks with the command line on a computer of their own.`,
    trustChain: 'The ledger',
    trustChainText: (url: string) => `This page asked the node ${url} itself.`,
    trustOwnChainText:
      'From the development chain of this site itself: it is for trying out, and no guard against this site.',
    trustFileText:
      'From the ledger file you gave; the chain was not asked. The verdict is as good as that file.',
    trustChainId: 'Chain',
    trustRegistry: 'Registry',
    trustRegistryHint: 'Please compare it with the address the authorities publish.',
    trustRoot: 'Root of the ledger',
    trustBlock: 'Published in block',
    trustTransaction: 'Transaction',
    trustSigners: 'Signed by',
    trustNotFound: 'The node did not tell the transaction',
    trustKey: (statement: string) => `Verification key of ${statement}`,
    trustKeyFile: 'The key this page fetched has the hash that the list names.',
    compare: 'Compare with the key on the chain',
    compareLead:
      'The keys can be compared with those a StatementVerifier contract on the chain has.',
    compareSame: 'The same: this key is the one on the chain.',
    compareOther: 'Another: the chain has a different key. Do not rely on this verdict.',
    compareNone: 'This contract has no key for this statement.',
  },
});
