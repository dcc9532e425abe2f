import { defineTexts } from '../shell/texts.ts';
import { MIN_PASSPHRASE } from './passphrase-strength.ts';

/** What several screens of the wallet say. */
export const commonTexts = defineTexts({
  zh: {
    passphrase: '口令',
    newPassphrase: '新口令',
    newPassphraseHint: `至少 ${MIN_PASSPHRASE} 个字符。一句您记得住的话最好，例如几个不相干的词连在一起。`,
    repeat: '再输入一遍',
    show: '显示口令',
    differ: '两次输入的不一样，请重新输入。',
    tooShort: `口令太短：至少 ${MIN_PASSPHRASE} 个字符。`,
    strength: {
      short: `还太短：至少 ${MIN_PASSPHRASE} 个字符`,
      guessable: '容易被猜到：请不要只用数字、生日或重复的字符，最好再长一些',
      fair: '可以：再长一些更好',
      good: '很好：不容易被猜到',
    },
    strengthLabel: '口令强度',
    enterPassphrase: '请输入口令。',
    wrongPassphrase: '口令不对',
    wrongPassphraseText: '请检查大小写和输入法后再试。口令可以试任意多次。',
    opening: '正在开锁，大约几秒钟…',
    sealing: '正在上锁，大约几秒钟…',
    byDevice: '用指纹、面容或锁屏密码',
    deviceRefused: '设备没有解锁',
    deviceRefusedText: '您可能取消了，或等待时间过长。请再试一次。',

    fileText: '恢复文件用口令加密。有文件又知道口令，就能找回钱包；只有文件打不开。',
    filePassphrase: '给恢复文件设一个口令',
    fileSave: '保存恢复文件',
    fileSaved: '恢复文件已交给浏览器保存',
    fileSavedText: '文件名是 canbao-wallet.json。请存到别处一份，例如 U 盘或家里的电脑。',
  },
  en: {
    passphrase: 'Passphrase',
    newPassphrase: 'New passphrase',
    newPassphraseHint: `At least ${MIN_PASSPHRASE} characters. Best is something you remember, such as a few unrelated words.`,
    repeat: 'The same once more',
    show: 'Show the passphrase',
    differ: 'The two are not the same. Please enter them again.',
    tooShort: `Too short: at least ${MIN_PASSPHRASE} characters.`,
    strength: {
      short: `Still too short: at least ${MIN_PASSPHRASE} characters`,
      guessable:
        'Easy to guess: not digits alone, no birthday, no repetition; a longer one is better',
      fair: 'Fair: a longer one is better still',
      good: 'Good: hard to guess',
    },
    strengthLabel: 'Strength of the passphrase',
    enterPassphrase: 'Please enter the passphrase.',
    wrongPassphrase: 'That is not the passphrase',
    wrongPassphraseText:
      'Please check capital letters and the keyboard, and try again. You may try as often as you like.',
    opening: 'Unlocking; this takes a few seconds…',
    sealing: 'Locking it; this takes a few seconds…',
    byDevice: 'With fingerprint, face or screen lock',
    deviceRefused: 'The device did not unlock',
    deviceRefusedText: 'Perhaps it was cancelled, or took too long. Please try again.',

    fileText:
      'The recovery file is encrypted with a passphrase. File and passphrase together bring the wallet back; the file alone opens nothing.',
    filePassphrase: 'A passphrase for the recovery file',
    fileSave: 'Save the recovery file',
    fileSaved: 'Your browser has the recovery file',
    fileSavedText:
      'It is called canbao-wallet.json. Please keep a copy elsewhere, such as on a USB stick or another computer.',
  },
});
