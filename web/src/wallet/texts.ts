import { defineTexts } from '../shell/texts.ts';

export const walletTexts = defineTexts({
  zh: {
    page: '我的钱包',
    lead: '保管您的参保记录，只证明对方需要知道的一件事。记录和密钥只留在这台设备上。',
  },
  en: {
    page: 'My wallet',
    lead: 'Keeps your insurance record, and proves just the one thing somebody needs to know. Record and keys stay on this device.',
  },
});
