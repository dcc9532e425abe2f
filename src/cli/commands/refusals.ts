import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type ImportBatch, listBatches } from '../../ledger/store/batch.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { eachRefusal, listRefusals } from '../../ledger/store/refusals.ts';
import { environmentOf } from '../environment.ts';
import { moreRefused, refusalLine } from '../import-text.ts';
import { openRefusalReport } from '../refusal-report.ts';
import type { Terminal } from '../terminal.ts';

/** Rows shown on a terminal; a report has them all. */
const SHOWN = 100;

/** `canbao refusals [number]`: the imports there were, and what was refused of one. */
export function refusalsCommand(): Command {
  return new Command('refusals')
    .argument('[number]', 'number of an import; without it, they are listed')
    .option('--report <file>', 'write the refused rows, of all imports or of one, as CSV')
    .action(async (number: string | undefined, { report }: { report?: string }, command) => {
      const { terminal, withBureau } = environmentOf(command);
      await withBureau(async ({ store }) => {
        const imports = await chosen(store, number);
        if (report !== undefined) await writeReport(terminal, store, imports, report);
        else if (number === undefined) list(terminal, imports);
        else await show(terminal, store, imports);
      });
    });
}

async function chosen(store: Store, number: string | undefined): Promise<ImportBatch[]> {
  const imports = await listBatches(store);
  if (number === undefined) return imports;
  const found = imports.filter(({ id }) => String(id) === number);
  if (found.length === 0) throw new CanbaoError('ledger.unknown_batch', { batch: number });
  return found;
}

function list(terminal: Terminal, imports: readonly ImportBatch[]): void {
  for (const { id, fileName, source, rows, refused } of imports) {
    terminal.say(
      terminal.text(
        `${id}  ${fileName} (${source}): ${refused} of ${rows} rows refused`,
        `${id}  ${fileName}（${source}）：${rows}行中拒绝${refused}行`,
      ),
    );
  }
  terminal.result({ ok: true, imports });
}

async function show(terminal: Terminal, store: Store, imports: readonly ImportBatch[]) {
  const [batch] = imports;
  if (!batch) return;
  const refusedRows = await listRefusals(store, { batchId: batch.id, limit: SHOWN });
  for (const row of refusedRows) terminal.say(refusalLine(terminal, row));
  if (batch.refused > refusedRows.length) {
    terminal.say(moreRefused(terminal, batch.refused - refusedRows.length));
  }
  terminal.result({ ok: true, import: batch, refusedRows });
}

async function writeReport(
  terminal: Terminal,
  store: Store,
  imports: readonly ImportBatch[],
  path: string,
): Promise<void> {
  const report = await openRefusalReport(path, terminal.language);
  try {
    for (const { id } of imports) await report.add(eachRefusal(store, id));
  } finally {
    await report.close();
  }
  const refused = imports.reduce((sum, batch) => sum + batch.refused, 0);
  terminal.say(terminal.text(`${refused} rows → ${path}`, `${refused}行 → ${path}`));
  terminal.result({ ok: true, report: path, refused });
}
