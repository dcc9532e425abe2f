import { defineTexts } from '../shell/texts.ts';

export const verifierTexts = defineTexts({
  zh: {
    page: '核验证明',
    lead: '提出您要核实的事，对方出示证明，您得到“成立”或“不成立”的结论，看不到对方的工资和其他记录。',
  },
  en: {
    page: 'Check a proof',
    lead: 'Ask what you need to know; the other person shows a proof; you learn whether it holds, and see neither their salary nor the rest of their record.',
  },
});
