import { defineTexts } from '../shell/texts.ts';

export const walletTexts = defineTexts({
  zh: {
    page: '我的钱包',
    opening: '正在打开…',
    unavailable: '这个浏览器不能保存钱包',
    unavailableTodo:
      '可能是因为正在使用无痕（隐私）窗口，或浏览器禁止网站保存数据。请换成普通窗口再打开本页。',
    updateReady: '新版本已准备好',
    updateText: '更新只需要几秒钟，您的钱包和记录不受影响。',
    update: '现在更新',
  },
  en: {
    page: 'My wallet',
    opening: 'Opening…',
    unavailable: 'This browser cannot keep a wallet',
    unavailableTodo:
      'You may be in a private window, or the browser lets no site keep data. Please open this page in an ordinary window.',
    updateReady: 'A new version is ready',
    updateText: 'It takes a few seconds. Your wallet and record stay as they are.',
    update: 'Update now',
  },
});
