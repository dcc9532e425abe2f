import { errorText } from '../core/errors/canbao-error.ts';
import type { ImportProgress } from '../ledger/import/pace.ts';
import type { ImportCounts } from '../ledger/store/batch.ts';
import type { RefusedRow } from '../ledger/store/refusals.ts';
import type { Terminal } from './terminal.ts';

type Counts = Omit<ImportCounts, 'duplicates' | 'newPersons'> & { readonly fileName: string };

/** What an import did, in one line. */
export function importLine(terminal: Terminal, batch: Counts, alreadyImported: boolean): string {
  const { fileName, rows, added, corrected, unchanged, refused } = batch;
  if (alreadyImported) {
    return terminal.text(
      `${fileName}: imported before, nothing changed`,
      `${fileName}：此前已导入，无变化`,
    );
  }
  return terminal.text(
    `${fileName}: ${rows} rows → ${added} new records, ${corrected} corrected, ${unchanged} unchanged; ${refused} rows refused`,
    `${fileName}：${rows}行 → 新增${added}条记录，更正${corrected}条，未变${unchanged}条；拒绝${refused}行`,
  );
}

/** Where a refused row stands and why it was refused. */
export function refusalLine({ language, text }: Terminal, row: RefusedRow): string {
  const reason = errorText(row.code, row.facts, language);
  const [en, zh] = row.field === '' ? ['', ''] : [`${row.field}: `, `${row.field}：`];
  return text(`line ${row.line}: ${en}${reason}`, `第${row.line}行：${zh}${reason}`);
}

/** That not all refused rows were shown. */
export function moreRefused({ text }: Terminal, more: number): string {
  return text(
    `… and ${more} more (--report writes them all)`,
    `……另有${more}行（--report输出全部）`,
  );
}

/** How far an import is, how fast it goes, and how long it will take. */
export function paceText({ text }: Terminal, progress: ImportProgress): string {
  const { rows, rowsPerSecond, secondsLeft } = progress;
  const rate = Math.round(rowsPerSecond);
  const [en, zh] = durationText(secondsLeft);
  return text(
    `${rows.toLocaleString('en')} rows, ${rate.toLocaleString('en')} rows/s, ${en} left`,
    `${rows.toLocaleString('en')}行，每秒${rate.toLocaleString('en')}行，剩余${zh}`,
  );
}

function durationText(seconds: number): [en: string, zh: string] {
  const whole = Math.ceil(seconds);
  if (whole < 90) return [`${whole} s`, `${whole}秒`];
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return [`${minutes} min`, `${minutes}分钟`];
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [`${hours} h ${rest} min`, `${hours}小时${rest}分钟`];
}
