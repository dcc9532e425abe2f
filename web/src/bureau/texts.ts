import { defineTexts } from '../shell/texts.ts';

export const bureauTexts = defineTexts({
  zh: {
    page: '经办业务',
    lead: '导入参保数据、月度结账、办理密钥登记。需要经办人员身份。',
  },
  en: {
    page: 'Bureau',
    lead: 'Import contribution data, close the month, enrol people. For the staff of a bureau.',
  },
});
