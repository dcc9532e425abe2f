import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { badXlsx } from './bad-xlsx.ts';
import { readXml, type XmlAttributes } from './read-xml.ts';

/** An open XLSX file (ECMA-376, a zip of XML parts). */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  /** Days count from 1904-01-01 instead of 1900. */
  readonly date1904: boolean;
  /** Part names by the last word of their relationship's type, e.g. `styles`. */
  readonly parts: ReadonlyMap<string, string>;
  /** @throws ledger.bad_xlsx where it is missing or would grow beyond `limit` */
  open(part: string, limit: number): Promise<{ stream: Readable; bytes: number }>;
  close(): void;
}

const MAX_ENTRIES = 10_000;
/** For the parts that say what there is; a bureau's workbook has some kilobytes of it. */
export const MAX_SMALL_PART = 16 * 2 ** 20;

/** @throws ledger.bad_xlsx */
export async function openWorkbook(file: string): Promise<Workbook> {
  const zip = await openPromise(file, { strictFileNames: true, autoClose: false }).catch(
    (cause) => {
      throw badXlsx(file, 'not a zip archive', cause);
    },
  );
  try {
    const entries = await readEntries(zip, file);
    const open = async (part: string, limit: number) => {
      const entry = entries.get(part);
      if (!entry) throw badXlsx(file, `there is no ${part}`);
      if (entry.isEncrypted()) throw badXlsx(file, 'it is encrypted');
      // yauzl ends the stream with an error should more come than is declared here.
      if (entry.uncompressedSize > limit) throw badXlsx(file, `${part} is too large`);
      return { stream: await zip.openReadStreamPromise(entry), bytes: entry.uncompressedSize };
    };
    return { ...(await readStructure(file, open)), open, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error instanceof CanbaoError ? error : badXlsx(file, 'damaged', error);
  }
}

async function readEntries(zip: ZipFile, file: string): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_ENTRIES) throw badXlsx(file, 'too many parts');
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    // Two of one name: readers differ in which they take.
    if (entries.has(entry.fileName)) throw badXlsx(file, `${entry.fileName} is there twice`);
    entries.set(entry.fileName, entry);
  }
  return entries;
}

interface Relationship {
  readonly type: string;
  readonly part: string;
}

async function readStructure(
  file: string,
  open: Workbook['open'],
): Promise<Pick<Workbook, 'sheets' | 'date1904' | 'parts'>> {
  const elements = async (part: string) => {
    const found: { name: string; attributes: XmlAttributes }[] = [];
    const { stream } = await open(part, MAX_SMALL_PART);
    const onOpen = (name: string, attributes: XmlAttributes) => found.push({ name, attributes });
    for await (const _ of readXml(file, stream, { onOpen }));
    return found;
  };
  const relationships = async (part: string): Promise<Map<string, Relationship>> => {
    const slash = part.lastIndexOf('/') + 1;
    const folder = part.slice(0, slash);
    const found = await elements(`${folder}_rels/${part.slice(slash)}.rels`);
    return new Map(
      found.flatMap(({ name, attributes: { Id = '', Type = '', Target = '', TargetMode } }) =>
        name === 'Relationship' && TargetMode !== 'External'
          ? [[Id, { type: Type.slice(Type.lastIndexOf('/') + 1), part: resolve(folder, Target) }]]
          : [],
      ),
    );
  };
  const root = [...(await relationships('')).values()].find(
    ({ type }) => type === 'officeDocument',
  );
  if (!root) throw badXlsx(file, 'it is a zip archive, but no workbook');
  const related = await relationships(root.part);
  const workbook = await elements(root.part);
  const sheets = workbook.flatMap(({ name, attributes }) => {
    const relationship = name === 'sheet' ? related.get(relationshipId(attributes)) : undefined;
    if (relationship?.type !== 'worksheet') return [];
    return [{ name: attributes.name ?? '', part: relationship.part }];
  });
  const date1904 = workbook.find(({ name }) => name === 'workbookPr')?.attributes.date1904;
  return {
    sheets,
    date1904: date1904 === '1' || date1904 === 'true',
    parts: new Map([...related.values()].map(({ type, part }) => [type, part])),
  };
}

/** `r:id` by whatever prefix the workbook gives that name space. */
function relationshipId(attributes: XmlAttributes): string {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
}

/** A relationship's target, from the folder it is written in. */
function resolve(folder: string, target: string): string {
  return decodeURI(new URL(target, `zip:///${folder}`).pathname).slice(1);
}
