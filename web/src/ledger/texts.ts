import { defineTexts } from '../shell/texts.ts';

export const ledgerTexts = defineTexts({
  zh: {
    page: '账本公开',
    lead: '每个月的账本由多家经办机构共同签署，并公开登记。这里没有任何人的个人记录。',
  },
  en: {
    page: 'Public ledger',
    lead: 'Several authorities sign the ledger of each month together and publish it. Nobody’s own record is here.',
  },
});
