import { readXml } from './read-xml.ts';
import { MAX_SMALL_PART, type Workbook } from './workbook.ts';

/** What a number stands for where a cell is shown. `pad`: digits it is filled up to. */
export type NumberForm =
  | { readonly kind: 'date' }
  | { readonly kind: 'number'; readonly pad: number };

const general: NumberForm = { kind: 'number', pad: 0 };

/** Formats 14 to 22 and 45 to 47 (ECMA-376, 18.8.30), and those of Chinese and other East Asian Excels. */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58);

/** The form of each cell style, by its number. */
export async function readNumberForms(
  file: string,
  workbook: Workbook,
): Promise<(style: number) => NumberForm> {
  const part = workbook.parts.get('styles');
  if (part === undefined) return () => general;
  const codes = new Map<number, string>();
  const styles: number[] = [];
  let inCellStyles = false;
  const { stream } = await workbook.open(part, MAX_SMALL_PART);
  const reading = readXml(file, stream, {
    onOpen(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'xf' && inCellStyles) styles.push(Number(attributes.numFmtId ?? 0));
    },
    onClose(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  for await (const _ of reading);
  const forms = styles.map((id) => formOf(id, codes.get(id)));
  return (style) => forms[style] ?? general;
}

function formOf(id: number, code: string | undefined): NumberForm {
  if (code === undefined) return isBuiltInDate(id) ? { kind: 'date' } : general;
  // Colours, conditions, quoted and escaped text are no part of what is counted.
  const bare = code.replace(/\[[^\]]*\]|"[^"]*"|\\.|_./g, '').split(';')[0] ?? '';
  if (/[ymdhs]/i.test(bare) && !/general/i.test(bare)) return { kind: 'date' };
  return /^0+$/.test(bare) ? { kind: 'number', pad: bare.length } : general;
}
