import { defineTexts } from '../../shell/texts.ts';

/** The certificate itself is in both languages; the page around it in the reader's. */
export const certificateTexts = defineTexts({
  zh: {
    page: '打印证明',
    lead: '下面是要打印的一页。对方扫二维码就能核验，这张纸本身不能当作凭据。',
    print: '打印或存为 PDF',
    opening: '正在准备…',
    missing: '没有这份证明',
    missingTodo: '可能已经从“我证明过什么”里删除。',
    toHistory: '我证明过什么',

    typed: '加一个可以手工输入的编码',
    typedText:
      '对方没有摄像头时可以输入编码核验。为此要把这份证明交给本服务保存到期为止（最多 90 天）：服务能看到对方能看到的内容，看不到别的。不加也可以。',
    typedAdd: '我同意，加上编码',
    typedIs: (code: string, until: string) => `编码 ${code} 已加上，${until}前有效。`,

    title: '参保情况零知识证明',
    proven: '经证明，持有人符合：',
    anyOf: (count: number) => `（对方列出 ${count} 项，证明其中一项即可）`,
    audience: '出示给',
    purpose: '用途',
    until: '有效期至',
    month: '以此月账本为准',
    root: '账本根',
    number: '持有人编号',
    development: '开发密钥，仅供试用，不具证明力',
    ceremony: '正式密钥',
    key: '密钥',
    qrAlt: (number: number, of: number) => `证明的二维码，第 ${number} 个，共 ${of} 个`,
    qrOf: (number: number, of: number) => `${number} / ${of}`,
    codeIs: '手工输入编码',
    how: '怎样核验',
    howText: (page: string) => `打开 ${page} ，扫描二维码，核对页面显示的内容与本页一致。`,
    howAll: (count: number) => `共 ${count} 个二维码，每个都要扫。`,
    notAlone: '本页文字可以伪造，以扫码核验的结果为准。本页不含姓名、身份证号和确切工资。',
  },
  en: {
    page: 'Print a certificate',
    lead: 'This is the page to be printed. It is checked by its QR code: the paper alone is no evidence.',
    print: 'Print, or save as PDF',
    opening: 'Preparing…',
    missing: 'There is no such proof',
    missingTodo: 'It may have been deleted from what you have proved.',
    toHistory: 'What I have proved',

    typed: 'Add a code to type',
    typedText:
      'Whoever has no camera can check it by typing a code. For that, this service keeps the proof until it expires (90 days at most): it sees what they see, and nothing else. You can do without.',
    typedAdd: 'I agree: add a code',
    typedIs: (code: string, until: string) =>
      `The code ${code} was added; it is good until ${until}.`,

    title: 'Zero-knowledge proof of insurance',
    proven: 'It is proven that for the holder:',
    anyOf: (count: number) => `(of ${count} conditions, one of which is enough)`,
    audience: 'Made for',
    purpose: 'Purpose',
    until: 'Valid until',
    month: 'As of the ledger of',
    root: 'Ledger root',
    number: 'Number of the holder',
    development: 'Development keys: for trial only, no proof',
    ceremony: 'Ceremony keys',
    key: 'Keys',
    qrAlt: (number: number, of: number) => `QR code of the proof, ${number} of ${of}`,
    qrOf: (number: number, of: number) => `${number} / ${of}`,
    codeIs: 'Code to type',
    how: 'How to check',
    howText: (page: string) =>
      `Open ${page} and scan the QR code; what the page shows must agree with this sheet.`,
    howAll: (count: number) => `There are ${count} QR codes; scan each.`,
    notAlone:
      'The words on this sheet can be forged; the result of the scan counts. No name, ID number or exact salary is in it.',
  },
});
