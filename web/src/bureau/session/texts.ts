import { defineTexts } from '../../shell/texts.ts';

export const sessionTexts = defineTexts({
  zh: {
    title: '经办人员登录',
    lead: '导入参保数据、月度结账、登记密钥。只供社保经办机构的工作人员使用。',
    ended: '您的登录已到期',
    endedText:
      '为了安全，登录只在一段时间内有效。请重新登录，您会回到刚才的页面；没有提交的内容需要重新填写。',
    refused: '没有登录成功',
    refusedTodo: '请重新获取令牌后再试；仍不行，请联系本机构的管理员。',
    checking: '正在核对您的身份…',
    byIssuer: '用机构账号登录',
    byIssuerText: (host: string) =>
      `将转到 ${host} 登录，完成后自动回到这里。您的密码不会经过本网站。`,
    signIn: '去登录',
    byToken: '用令牌登录',
    byTokenText:
      '本机未接入机构账号，可使用开发令牌。在服务器上运行下面的命令，把输出粘贴到这里，或直接打开它给出的链接。',
    token: '令牌',
    tokenHint: '以 eyJ 开头的一长串字符，8 小时内有效',
    tokenMissing: '请先粘贴令牌。',
    useToken: '登录',
    nobody: '目前无人可以登录',
    nobodyText:
      '本服务在正式环境运行，但没有配置机构账号。请管理员设置 CANBAO_OIDC_ISSUER 与 CANBAO_OIDC_CLIENT。',
    noClient: '尚未配置网页登录',
    noClientText:
      '已配置机构账号，但没有设置 CANBAO_OIDC_CLIENT，因此网页无法跳转登录。您仍可粘贴机构签发的令牌。',
    publicLedger: '不是经办人员？查看公开账本',
    signedInAs: '已登录：',
    until: (time: string) => `有效至 ${time}`,
    signOut: '退出登录',
    homeTitle: '今天要办什么？',
    importsText: '上传各地导出的数据，先试算，再入账',
    monthsText: '结账、签署、公布，以及更正',
    enrolmentText: '把参保人或单位的密钥登记到账户',
    auditsText: '由记录重算账本，与链上核对',
    logText: '谁在什么时候做了什么',
  },
  en: {
    title: 'Sign in as an operator',
    lead: 'Import contribution data, close the month, enrol keys. For the staff of a bureau alone.',
    ended: 'Your session has ended',
    endedText:
      'For safety a session lasts a while only. Please sign in again: you come back to this page. What was not sent has to be entered anew.',
    refused: 'You are not signed in',
    refusedTodo:
      'Get a new token and try again; if it stays like this, ask the administrator of your bureau.',
    checking: 'Checking who you are…',
    byIssuer: 'With your account at the bureau',
    byIssuerText: (host: string) =>
      `You are taken to ${host} and come back here by yourself. Your password never passes through this site.`,
    signIn: 'Sign in',
    byToken: 'With a token',
    byTokenText:
      'No accounts are connected here, so a development token will do. Run this on the server and paste what it prints, or open the link it gives.',
    token: 'Token',
    tokenHint: 'A long line that begins with eyJ; good for 8 hours',
    tokenMissing: 'Please paste the token first.',
    useToken: 'Sign in',
    nobody: 'Nobody can sign in at present',
    nobodyText:
      'This service runs in production and no issuer of accounts is configured. Its administrator has to set CANBAO_OIDC_ISSUER and CANBAO_OIDC_CLIENT.',
    noClient: 'Signing in by this page is not set up',
    noClientText:
      'An issuer is configured, but CANBAO_OIDC_CLIENT is not set, so the page cannot send you there. You can still paste a token of the issuer.',
    publicLedger: 'Not an operator? See the public ledger',
    signedInAs: 'Signed in:',
    until: (time: string) => `until ${time}`,
    signOut: 'Sign out',
    homeTitle: 'What is to be done today?',
    importsText: 'Upload exports: try them first, then take them in',
    monthsText: 'Close, sign and publish a month, or correct one',
    enrolmentText: 'Tie the key of a person or an employer to their account',
    auditsText: 'Rebuild the ledger from its records, and hold it against the chain',
    logText: 'Who did what, and when',
  },
});
