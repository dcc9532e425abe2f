import { basename } from 'node:path';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type Mapping, mappedColumns } from './mapping.ts';

/**
 * Column names, trimmed; each that the mapping reads is there once.
 * @throws ledger.missing_column, ledger.duplicate_column
 */
export function checkHeader(
  record: readonly string[],
  mapping: Mapping,
  file: string,
  encoding: string = mapping.encoding,
): string[] {
  const header = record.map((name) => name.trim());
  const facts = { file: basename(file), encoding };
  for (const column of mappedColumns(mapping)) {
    const found = header.filter((name) => name === column).length;
    if (found === 0) throw new CanbaoError('ledger.missing_column', { ...facts, column });
    if (found > 1) throw new CanbaoError('ledger.duplicate_column', { ...facts, column });
  }
  return header;
}
