import { defineTexts } from '../../shell/texts.ts';

const count = (value: number, one: string, many = `${one}s`) =>
  `${value} ${value === 1 ? one : many}`;

export const recordTexts = defineTexts({
  zh: {
    title: '我的参保记录',
    loading: '正在打开您的记录…',
    none: '这里还没有您的记录',
    noneText: '登记过钥匙，并且登记之后已有一个月结账，就可以领取。记录只存在这台设备上。',
    fetch: '领取我的记录',
    fetching: '正在领取并核对…',
    refetch: '领取最新的记录',
    refetched: '已领取最新的记录',
    asOf: (month: string) => `截至${month}的账本`,
    fetchedAt: (time: string) => `${time}领取`,

    insurances: '险种',
    names: {
      pension: '养老',
      medical: '医疗',
      unemployment: '失业',
      workInjury: '工伤',
      maternity: '生育',
    },
    summary: (name: string, paid: number) => `${name}共缴费 ${paid} 个月`,
    summaryRange: (from: string, to: string) => `从${from}到${to}`,
    summaryLate: (late: number) => (late === 0 ? '没有补缴的月份' : `其中 ${late} 个月是补缴的`),
    summaryGaps: (gaps: number) => (gaps === 0 ? '中间没有断缴' : `中间有 ${gaps} 个月没有缴费`),
    summaryNone: (name: string) => `没有${name}的缴费记录`,

    calendar: (name: string) => `${name}缴费日历`,
    calendarHint: '点任意一个月份，看那个月的详情。用键盘时按方向键移动。',
    month: (month: number) => `${month}月`,
    year: '年',
    kinds: { paid: '已缴', late: '补缴', gap: '断缴', outside: '没有缴费' },
    kindTexts: {
      paid: '按时缴费',
      late: '后来补缴的',
      gap: '中间没有缴费的月份',
      outside: '开始缴费之前，或停止之后',
    },
    legend: '图例',

    before: '上个月',
    after: '下个月',
    base: '缴费基数',
    employer: '单位（信用代码）',
    noEmployer: '无单位（灵活就业或居民）',
    city: '参保地',
    alsoPaid: '这个月缴了',
    noEntry: '账本里没有这个月的记录。',
    listSeparator: '、',

    baseLead: (lowest: string, highest: string) => `最低${lowest}，最高${highest}。`,
    baseChart: '缴费基数随时间变化的折线图，数字见下方表格',
    baseTable: '看成表格',
    period: '时段',

    more: '其他登记事项',
    birth: '出生年月',
    sex: '性别',
    sexes: ['女', '男'],
    retirement: '原退休年龄类别',
    retirements: ['男 60 岁', '女 55 岁', '女 50 岁'],
    scheme: '参加的制度',
    schemes: ['职工', '城乡居民'],
    standing: '状态',
    statuses: ['缴费中', '中断', '已退休', '已销户'],
    identity: '钥匙登记月份',
    deemed: '视同缴费',
    special: '特殊工种',
    months: (months: number) => `${months} 个月`,
    pensionSince: '领取养老金起始月份',
    claimed: '已领失业金',
    lastClaim: '最近一次领到',
    termination: '最近一次离职',
    reason: '离职原因',
    terminations: ['', '被单位解除或合同到期', '本人辞职', '退休', '其他'],
    place: '在账本中的位置',
    root: '账本的根',

    checking: '正在与已公布的账本核对…',
    standings: {
      current: (month: string) => `与经办机构公布的${month}账本一致，并且是最新的账本。`,
      superseded: (month: string) =>
        `与经办机构公布的${month}账本一致。后来又公布了更新的账本，可以领取最新的记录。`,
      corrected: (month: string) =>
        `${month}的账本后来更正过，这份记录不能再用来出具证明。请领取最新的记录。`,
      unpublished: (month: string) =>
        `没有找到经办机构公布的${month}账本。请向经办机构查询，并保留这份记录作为凭据。`,
      inconsistent: () =>
        '这份记录前后矛盾，不能使用。请重新领取；如果仍然这样，请向经办机构查询。',
    },
    standingGood: '记录属实',
    standingBad: '记录有问题',
    standingOld: '可以更新',
    byChain: '由本页直接向区块链核对。',
    byService: '区块链暂时连不上，按本服务公布的清单核对。',
    checkFailed: '现在没有网络，无法核对；您的记录照样可以看、可以用。',

    employerTitle: '单位的记录',
    employerCode: '统一社会信用代码',
    employerFull: '足额缴费的月份',
    employerLast: '最近一个足额月份',
    employerPeople: '当月参保人数',
    employerUnpaid: '欠缴笔数',
  },
  en: {
    title: 'My insurance record',
    loading: 'Opening your record…',
    none: 'Your record is not here yet',
    noneText:
      'You can get it once your key is enrolled and a month was closed since. It is kept on this device alone.',
    fetch: 'Get my record',
    fetching: 'Getting and checking it…',
    refetch: 'Get the newest record',
    refetched: 'This is the newest record',
    asOf: (month: string) => `Ledger of ${month}`,
    fetchedAt: (time: string) => `fetched on ${time}`,

    insurances: 'Insurance',
    names: {
      pension: 'Pension',
      medical: 'Medical',
      unemployment: 'Unemployment',
      workInjury: 'Work injury',
      maternity: 'Maternity',
    },
    summary: (name: string, paid: number) => `${count(paid, 'month')} of ${name}`,
    summaryRange: (from: string, to: string) => `from ${from} to ${to}`,
    summaryLate: (late: number) =>
      late === 0 ? 'none of them paid late' : `${late} of them paid late`,
    summaryGaps: (gaps: number) =>
      gaps === 0 ? 'no month missing in between' : `${count(gaps, 'month')} missing in between`,
    summaryNone: (name: string) => `No month of ${name} is on record`,

    calendar: (name: string) => `Calendar of ${name}`,
    calendarHint: 'Tap any month to see more of it. On a keyboard, use the arrow keys.',
    month: (month: number) =>
      ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
        month - 1
      ] ?? '?',
    year: 'Year',
    kinds: { paid: 'Paid', late: 'Paid late', gap: 'Gap', outside: 'Not paid' },
    kindTexts: {
      paid: 'paid when it was due',
      late: 'paid later than it was due',
      gap: 'not paid, between months that were',
      outside: 'before the first month, or after the last',
    },
    legend: 'What the signs mean',

    before: 'Month before',
    after: 'Month after',
    base: 'Contribution base',
    employer: 'Employer (credit code)',
    noEmployer: 'None (flexible worker or resident)',
    city: 'Insured in',
    alsoPaid: 'Paid in this month',
    noEntry: 'The ledger has nothing of this month.',
    listSeparator: ', ',

    baseLead: (lowest: string, highest: string) => `Lowest ${lowest}, highest ${highest}.`,
    baseChart: 'The contribution base over time as a line; the figures are in the table below',
    baseTable: 'As a table',
    period: 'Months',

    more: 'What else is on record',
    birth: 'Born in',
    sex: 'Sex',
    sexes: ['female', 'male'],
    retirement: 'Original retirement age',
    retirements: ['men, 60', 'women, 55', 'women, 50'],
    scheme: 'Scheme',
    schemes: ['employees', 'residents'],
    standing: 'Status',
    statuses: ['contributing', 'interrupted', 'retired', 'closed'],
    identity: 'Key enrolled in',
    deemed: 'Deemed contribution',
    special: 'Special trade',
    months: (months: number) => count(months, 'month'),
    pensionSince: 'Pension paid since',
    claimed: 'Unemployment benefit drawn',
    lastClaim: 'Last drawn in',
    termination: 'Last employment ended',
    reason: 'How it ended',
    terminations: ['', 'by the employer, or the contract ended', 'resigned', 'retired', 'other'],
    place: 'Place in the ledger',
    root: 'Root of the ledger',

    checking: 'Comparing it with the published ledger…',
    standings: {
      current: (month: string) =>
        `This is what the authorities published for ${month}, and that is the newest ledger.`,
      superseded: (month: string) =>
        `This is what the authorities published for ${month}. A newer ledger is out since: you can get the newest record.`,
      corrected: (month: string) =>
        `The ledger of ${month} was corrected since, and nothing can be proven with this record any more. Please get the newest.`,
      unpublished: (month: string) =>
        `The authorities published no such ledger of ${month}. Please ask the bureau, and keep this record: it is evidence.`,
      inconsistent: () =>
        'This record contradicts itself and cannot be used. Please get it again; if it stays like this, ask the bureau.',
    },
    standingGood: 'The record is genuine',
    standingBad: 'Something is wrong with the record',
    standingOld: 'There is a newer one',
    byChain: 'Checked by this page with the chain itself.',
    byService: 'The chain cannot be reached; checked with the list that this service published.',
    checkFailed:
      'There is no network to check it with. You can look at your record and use it all the same.',

    employerTitle: 'Record of an employer',
    employerCode: 'Unified social credit code',
    employerFull: 'Months paid in full',
    employerLast: 'The last of them',
    employerPeople: 'People insured in the month',
    employerUnpaid: 'Contributions owed',
  },
});
