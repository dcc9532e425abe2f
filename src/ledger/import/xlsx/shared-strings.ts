import { badXlsx } from './bad-xlsx.ts';
import { readXml } from './read-xml.ts';
import type { Workbook } from './workbook.ts';

/** The one part that has to be held in memory; a full sheet of names and numbers stays far below. */
const MAX_PART = 2 ** 29;
const MAX_CHARACTERS = 2 ** 27;

/** The texts that cells refer to by number, without the phonetic guides beside them. */
export async function readSharedStrings(file: string, workbook: Workbook): Promise<string[]> {
  const part = workbook.parts.get('sharedStrings');
  if (part === undefined) return [];
  const strings: string[] = [];
  let characters = 0;
  let text = '';
  let inText = false;
  let inPhonetic = false;
  const { stream } = await workbook.open(part, MAX_PART);
  const reading = readXml(file, stream, {
    onOpen(name) {
      if (name === 'si') text = '';
      else if (name === 't') inText = true;
      else if (name === 'rPh') inPhonetic = true;
    },
    onText(piece) {
      if (inText && !inPhonetic) text += piece;
    },
    onClose(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'si') {
        characters += text.length;
        if (characters > MAX_CHARACTERS) throw badXlsx(file, 'its texts are too large');
        strings.push(decodeEscapes(text));
      }
    },
  });
  for await (const _ of reading);
  return strings;
}

/** `_x000D_` stands for a character XML cannot hold (ECMA-376, ST_Xstring). */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
