import { defineTexts } from '../shell/texts.ts';

export const keyTexts = defineTexts({
  zh: {
    title: '证明用的密钥',
    lead: '每种证明有一副密钥，由它核验真伪。正式使用的密钥由多方共同生成，只要有一方诚实，就无人能伪造证明。',
    statement: '证明内容',
    status: '状态',
    development: '开发密钥',
    ceremony: '正式密钥',
    contributions: '参与方',
    none: '没有',
    hash: '密钥哈希',
    hashText: '合约与本网站核验证明时使用的密钥，其哈希应与此相同。',
    ceremonyLink: '密钥是怎样生成的？自己核对',
    developmentNotice: '本网站使用开发密钥',
    developmentText: '开发密钥由一台机器生成，只供试用；据此出具的证明不能当作正式证明。',
  },
  en: {
    title: 'Keys of the proofs',
    lead: 'Each kind of proof has a key it is checked with. A key in earnest is made by several parties together: one honest one among them, and nobody can forge a proof.',
    statement: 'Statement',
    status: 'Status',
    development: 'Development key',
    ceremony: 'Ceremony key',
    contributions: 'Contributions',
    none: 'None',
    hash: 'Hash of the key',
    hashText: 'The key that the contract and this site check proofs with must have this hash.',
    ceremonyLink: 'How were the keys made? Check it yourself',
    developmentNotice: 'This site uses development keys',
    developmentText:
      'One machine made them, for trying things out; proofs made with them are no proofs in earnest.',
  },
});
