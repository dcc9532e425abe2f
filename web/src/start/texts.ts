import { defineTexts } from '../shell/texts.ts';

export const startTexts = defineTexts({
  zh: {
    title: '只证明该证明的事',
    lead: '证明您的参保情况符合要求，不必交出工资、单位和身份证号。',
    doors: '您要做什么？',
    holder: '我有参保记录',
    holderText: '查看记录，出具证明',
    verifier: '我要核验别人的证明',
    verifierText: '单位、学校、银行、房东等',
    bureau: '我是经办人员',
    bureauText: '导入数据、结账、登记',
    ledger: '查看公开账本',
    ledgerText: '谁签署了账本，如何核对',
    promise: '您可以放心的三件事',
    promises: [
      '证明在您自己的手机或电脑上生成，记录不会上传。',
      '对方只知道“成立”或“不成立”，以及您同意给出的内容。',
      '任何人都可以自己核对证明，不必相信本网站。',
    ],
  },
  en: {
    title: 'Prove just what must be proven',
    lead: 'Show that your insurance record meets what is asked, without handing over salary, employers or ID number.',
    doors: 'What would you like to do?',
    holder: 'I have an insurance record',
    holderText: 'Open the wallet, see your record, make a proof',
    verifier: 'I want to check somebody’s proof',
    verifierText: 'Employers, schools, banks, landlords',
    bureau: 'I work at a bureau',
    bureauText: 'Import data, close the month, enrol keys',
    ledger: 'See the public ledger',
    ledgerText: 'Who signed each month, and how to check it yourself',
    promise: 'Three things to rely on',
    promises: [
      'Proofs are made on your own phone or computer; your record is never uploaded.',
      'Whoever asks learns that it holds or does not, and what you agreed to tell.',
      'Anybody can check a proof on their own, without trusting this site.',
    ],
  },
});
