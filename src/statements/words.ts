import type { Language } from '../core/errors/canbao-error.ts';
import { unpackCreditCode } from '../ledger/employer.ts';
import { insurances } from '../ledger/insurance.ts';
import type { LocalText } from './statement-text.ts';

const insuranceNames: readonly LocalText[] = [
  { en: 'pension insurance', zh: '养老保险' },
  { en: 'medical insurance', zh: '医疗保险' },
  { en: 'unemployment insurance', zh: '失业保险' },
  { en: 'work injury insurance', zh: '工伤保险' },
  { en: 'maternity insurance', zh: '生育保险' },
];

/** Name of an insurance by its index. */
export function insuranceName(index: number | bigint, language: Language): string {
  return insuranceNames[Number(index)]?.[language] ?? insurances[Number(index)] ?? '?';
}

/** Fujian's prefecture-level cities and the municipalities (GB/T 2260). */
const cities: Readonly<Record<number, LocalText>> = {
  110000: { en: 'Beijing', zh: '北京市' },
  120000: { en: 'Tianjin', zh: '天津市' },
  310000: { en: 'Shanghai', zh: '上海市' },
  500000: { en: 'Chongqing', zh: '重庆市' },
  350100: { en: 'Fuzhou', zh: '福州市' },
  350200: { en: 'Xiamen', zh: '厦门市' },
  350300: { en: 'Putian', zh: '莆田市' },
  350400: { en: 'Sanming', zh: '三明市' },
  350500: { en: 'Quanzhou', zh: '泉州市' },
  350600: { en: 'Zhangzhou', zh: '漳州市' },
  350700: { en: 'Nanping', zh: '南平市' },
  350800: { en: 'Longyan', zh: '龙岩市' },
  350900: { en: 'Ningde', zh: '宁德市' },
};

/** `Xiamen (350200)`; the code alone where the name is not known here. */
export function cityName(code: number | bigint, language: Language): string {
  const name = cities[Number(code)]?.[language];
  if (name === undefined) return String(code);
  return language === 'zh' ? `${name}（${code}）` : `${name} (${code})`;
}

/** `employer 91350200M0001XYZ12`. */
export function employerName(packed: bigint, language: Language): string {
  const code = unpackCreditCode(packed);
  return language === 'zh' ? `单位${code}` : `employer ${code}`;
}
