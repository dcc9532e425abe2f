import { defineTexts } from '../../shell/texts.ts';

export const unlockTexts = defineTexts({
  zh: {
    title: '打开钱包',
    lead: '钱包已上锁。',
    thenRequest: '打开以后，会自动回到您要看的内容。',
    unlock: '打开',
    forgotten: '忘了口令，或打不开？',
    forgottenText:
      '口令没有人能替您找回。可以用您抄下的 12 个恢复词，或另一份恢复文件，重新设一个口令。',
    forgottenFirst: '要先把这台设备上打不开的钱包移除，再用恢复词找回。请先确认恢复词就在手边。',
  },
  en: {
    title: 'Unlock the wallet',
    lead: 'The wallet is locked.',
    thenRequest: 'Then you are taken on to where you were going.',
    unlock: 'Unlock',
    forgotten: 'Passphrase forgotten, or it does not open?',
    forgottenText:
      'Nobody can bring a passphrase back. With the 12 words you wrote down, or another recovery file, you can set a new one.',
    forgottenFirst:
      'For that, the wallet that does not open is first removed from this device. Make sure that you have your words at hand.',
  },
});
