import { isPresentationCode } from '../../../../src/request/presentation-code.ts';
import { isCertificateCode } from '../check/certificate.ts';
import type { NamedText } from './batch-entry.ts';

/** Heads of the columns of a table, in any case. */
const NAME_HEADS = /^(name|names|姓名|名称|人员|编号|id|file|文件)$/i;
const CONTENT_HEADS = /^(presentation|proof|code|certificate|证明|编码|证明编码|证明内容)$/i;

/**
 * What is in a file or was pasted: one presentation, a JSON list, a table with commas or tabs, or a
 * proof or code a line.
 * @param label names what has no name of its own
 */
export async function readList(text: string, label: string): Promise<NamedText[]> {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return [];
  const json = parsed(trimmed);
  if (json !== undefined) return fromJson(json, label);
  const lines = trimmed.split(/\r?\n/).filter((line) => line.trim() !== '');
  const bare = lines.every((line) => isAlone(line));
  if (bare)
    return lines.map((line, i) => ({ name: numbered(label, i, lines.length), content: line }));
  return fromTable(trimmed, label);
}

/** A line that is a proof or a code and nothing else. */
function isAlone(line: string): boolean {
  return isPresentationCode(line) || isCertificateCode(line) || parsed(line) !== undefined;
}

function fromJson(json: unknown, label: string): NamedText[] {
  const list = Array.isArray(json) ? json : (json as { presentations?: unknown }).presentations;
  if (!Array.isArray(list)) return [named(json, label)];
  return list.map((one, i) => named(one, numbered(label, i, list.length)));
}

/** `{name, presentation}`, `{name, code}`, evidence of a check, or a presentation itself. */
function named(one: unknown, label: string): NamedText {
  const { name, presentation, code, certificate } = (one ?? {}) as Record<string, unknown>;
  const content = presentation ?? code ?? certificate;
  return {
    name: typeof name === 'string' && name.trim() !== '' ? name : label,
    content: content === undefined ? one : content,
  };
}

async function fromTable(text: string, label: string): Promise<NamedText[]> {
  const { parse } = await import('csv-parse/browser/esm/sync');
  const rows = parse(text, {
    ...{ delimiter: [',', '\t', ';'], relax_column_count: true, relax_quotes: true },
    ...{ skip_empty_lines: true, trim: true, bom: true },
  }) as string[][];
  const [head = []] = rows;
  const content = head.findIndex((cell) => CONTENT_HEADS.test(cell));
  const name = head.findIndex((cell) => NAME_HEADS.test(cell));
  const hasHead = content >= 0;
  return rows.slice(hasHead ? 1 : 0).map((row, i) => {
    const place = hasHead ? content : row.length - 1;
    const own = row[hasHead ? name : 0];
    const isNamed = hasHead ? name >= 0 : row.length > 1;
    return {
      name: isNamed && own ? own : numbered(label, i, rows.length),
      content: row[place] ?? '',
    };
  });
}

function parsed(text: string): unknown {
  if (!/^[[{]/.test(text.trim())) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function numbered(label: string, i: number, of: number): string {
  return of === 1 ? label : `${label} ${i + 1}`;
}
