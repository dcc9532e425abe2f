import { defineTexts } from '../shell/texts.ts';

export const howTexts = defineTexts({
  zh: {
    title: '怎样自己核对',
    lead: '不必相信本网站。从简单到彻底，有三种办法：',
    steps: [
      {
        title: '在本页核对',
        text: '按上面的“现在核对”。您的浏览器会自己向区块链查询每个月的根，逐一与本网站所说的比较。',
        code: '',
      },
      {
        title: '用自己的节点核对',
        text: '在自己的电脑上运行 Canbao，指向您信任的节点，导出各月的根，再与本页下载的文件比较，应当完全相同。',
        code: 'CANBAO_RPC_URL=… CANBAO_REGISTRY=… npm run -s canbao -- epoch export roots.json',
      },
      {
        title: '由记录重新计算（审计机构）',
        text: '有账本副本的机构可由原始记录重算每个月的根，并与链上及他人保存的文件核对。任何一笔记录被改动都会发现。',
        code: 'npm run -s canbao -- audit --compare roots.json',
      },
    ],
    whatRoot: '什么是“根”？',
    whatRootText:
      '把全部账户按固定方法算成的一个数。改动任何一个账户的任何一笔记录，根都会不同；但由根看不出任何人的记录。',
    whatNot: '核对不能说明什么？',
    whatNotText:
      '根只说明账本公布后没有被改动，不能说明原始数据当初录入得对不对。录入由各经办机构负责，有误可申请更正，更正会留下痕迹。',
  },
  en: {
    title: 'How to check it yourself',
    lead: 'You need not believe this site. There are three ways, from the easy to the thorough:',
    steps: [
      {
        title: 'In this page',
        text: 'Press “Check now” above. Your browser itself asks the blockchain for the root of every month, and compares each with what this site says.',
        code: '',
      },
      {
        title: 'With a node of your own',
        text: 'Run Canbao on your computer, pointed at a node that you trust, export the roots, and compare them with the file of this page: they must be the same.',
        code: 'CANBAO_RPC_URL=… CANBAO_REGISTRY=… npm run -s canbao -- epoch export roots.json',
      },
      {
        title: 'Out of the records (auditors)',
        text: 'Whoever has a copy of the ledger computes the root of every month out of the records, and holds it against the chain and against files that others kept. Whichever record was changed is found.',
        code: 'npm run -s canbao -- audit --compare roots.json',
      },
    ],
    whatRoot: 'What is a root?',
    whatRootText:
      'One number, computed from all accounts in a fixed way. Change any record of any account and it is another number; but from the number nobody’s record can be read.',
    whatNot: 'What does a check not say?',
    whatNotText:
      'It says that the ledger was not changed since it was published, not that what was entered was right. The authorities answer for that; mistakes are corrected on request, and corrections leave their trace.',
  },
});
