import { basename } from 'node:path';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';

/** @param reason never what a cell holds */
export function badXlsx(file: string, reason: string, cause?: unknown): CanbaoError {
  return new CanbaoError('ledger.bad_xlsx', { file: basename(file), reason }, cause);
}
