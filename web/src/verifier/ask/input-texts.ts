import { defineTexts } from '../../shell/texts.ts';
import type { InputName } from './preset-inputs.ts';

interface InputText {
  readonly label: string;
  readonly hint: string;
}

type InputTexts = Readonly<Record<InputName, InputText>>;

const zh: InputTexts = {
  asOf: { label: '以哪个月为准', hint: '形如 2026-10；不填则为最近公布的月份' },
  insurance: { label: '险种', hint: '五项社会保险中的一项' },
  region: { label: '城市代码', hint: '六位行政区划代码，例如厦门 350200' },
  employer: { label: '单位统一社会信用代码', hint: '18 位，在营业执照上' },
  onMonth: { label: '哪个月', hint: '形如 2026-10，例如事故发生的月份' },
  identityBefore: { label: '密钥须在此月之前登记', hint: '形如 2026-01；不填则不限' },
  minMonths: { label: '需要缴满几个月', hint: '按当地规定填写' },
  minPeople: { label: '每月参保人数至少', hint: '不填则不限' },
  minBaseFen: { label: '平均缴费基数不低于（元）', hint: '每月，例如 6000' },
  maxBaseFen: { label: '平均缴费基数不高于（元）', hint: '每月；不填则不限。范围太窄会暴露工资' },
  averageWageFen: { label: '当地月平均工资（元）', hint: '以当地公布的数字为准' },
};

const en: InputTexts = {
  asOf: { label: 'As of which month', hint: 'Such as 2026-10; left empty: the last published' },
  insurance: { label: 'Insurance', hint: 'One of the five social insurances' },
  region: { label: 'Code of the city', hint: 'Six digits (GB/T 2260), such as 350200 for Xiamen' },
  employer: { label: 'The employer’s credit code', hint: '18 characters, on the business licence' },
  onMonth: { label: 'Which month', hint: 'Such as 2026-10: the month of the accident' },
  identityBefore: { label: 'Key enrolled before', hint: 'Such as 2026-01; left empty: any time' },
  minMonths: { label: 'Months to be paid', hint: 'As the local rule says' },
  minPeople: { label: 'People insured each month, at least', hint: 'Left empty: any number' },
  minBaseFen: { label: 'Average base at least (yuan)', hint: 'A month, such as 6000' },
  maxBaseFen: {
    label: 'Average base at most (yuan)',
    hint: 'A month; left empty: any. A narrow band gives the salary away',
  },
  averageWageFen: { label: 'Local average wage a month (yuan)', hint: 'As the city published it' },
};

export const inputTexts = defineTexts({ zh, en });
