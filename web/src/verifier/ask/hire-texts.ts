import { defineTexts } from '../../shell/texts.ts';

export const hireTexts = defineTexts({
  zh: {
    hireTitle: '核实一名员工',
    hireLead: '对方用手机证明：本单位近几个月按月为其缴纳社保。您看不到工资和其他单位。',
    hireEmployer: '本单位统一社会信用代码',
    hireEmployerHint: '18 位，在营业执照上',
    hireMonths: '连续缴费多久？',
    hireShort: '近 3 个月',
    hireLong: '近 6 个月',
    hirePurpose: '员工核实',
    remember: '在这台电脑上记住单位代码',
    rememberHint: '只存在这个浏览器里，取消勾选即删除。',
    hireName: '核实一名员工',
  },
  en: {
    hireTitle: 'Check an employee',
    hireLead:
      'With their phone they prove that your organisation paid their insurance in the last months. You see neither salary nor other employers.',
    hireEmployer: 'Your unified social credit code',
    hireEmployerHint: '18 characters, on the business licence',
    hireMonths: 'Paid for how long?',
    hireShort: 'The last 3 months',
    hireLong: 'The last 6 months',
    hirePurpose: 'Employee check',
    remember: 'Remember the code on this computer',
    rememberHint: 'In this browser only; untick to delete it.',
    hireName: 'Check an employee',
  },
});
