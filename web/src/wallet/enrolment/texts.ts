import { defineTexts } from '../../shell/texts.ts';

export const enrolmentTexts = defineTexts({
  zh: {
    title: '到经办机构登记',
    lead: '登记一次，把您的参保记录和这个钱包的钥匙对上号。',
    steps: [
      '带上身份证，到社保经办窗口。',
      '出示下面的二维码，或把登记文件交给工作人员。',
      '下一个月结账以后，就可以领取记录、出具证明。',
    ],
    what: '二维码里只有钥匙的公开部分，没有您的姓名、身份证号，也不能用来打开钱包。',
    qr: '登记用的二维码',
    save: '保存登记文件',
    copy: '复制文字',
    copied: '已复制',
    copyFailed: '没有复制成功，请改用二维码或文件。',
    text: '登记文字',
    check: '我登记好了',
    checking: '正在查询…',
    standings: {
      not: '还没有登记',
      notText:
        '经办机构还没有登记这个钱包的钥匙。如果刚刚办过，请稍等片刻再查；如果换过钱包，请用新的二维码重新登记。',
      waiting: '已登记，等待结账',
      waitingText: '登记成功。要等登记之后的第一个月结账，记录才能领取。请下个月再来看。',
      ready: '登记成功，记录已领取',
      readyText: '您的记录已存入钱包，现在就可以用它出具证明。',
      replaced: '这把钥匙已经作废',
      replacedText:
        '后来又登记了另一把钥匙。如果是您本人用新钱包登记的，请改用新钱包；如果不是您办的，请马上联系经办机构。',
    },
    see: '查看我的记录',
  },
  en: {
    title: 'Enrol at the bureau',
    lead: 'Once: it ties your insurance record to the key of this wallet.',
    steps: [
      'Take your identity card to the social-insurance counter.',
      'Show the QR code below, or hand in the enrolment file.',
      'After the next month is closed, you can get your record and prove with it.',
    ],
    what: 'The code holds the public part of your key: no name, no identity number, and nothing that opens the wallet.',
    qr: 'QR code to enrol with',
    save: 'Save the enrolment file',
    copy: 'Copy the text',
    copied: 'Copied',
    copyFailed: 'It could not be copied. Please use the code or the file.',
    text: 'Enrolment text',
    check: 'I have been enrolled',
    checking: 'Asking…',
    standings: {
      not: 'Not enrolled yet',
      notText:
        'The bureau has not enrolled the key of this wallet. If that was only just done, wait a moment and ask again. If you have a new wallet, enrol with its new code.',
      waiting: 'Enrolled; the month is not closed yet',
      waitingText:
        'You are enrolled. Your record can be fetched once the first month after that is closed. Please look again next month.',
      ready: 'Enrolled, and your record is here',
      readyText: 'Your record is in the wallet. You can prove with it right away.',
      replaced: 'This key no longer counts',
      replacedText:
        'Another key was enrolled since. If you did that with a new wallet, use the new one. If it was not you, tell the bureau at once.',
    },
    see: 'See my record',
  },
});
