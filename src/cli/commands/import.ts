import { Command } from 'commander';
import { CanbaoError, errorText } from '../../core/errors/canbao-error.ts';
import { importFile } from '../../ledger/import/import-file.ts';
import { readMapping } from '../../ledger/import/mapping.ts';
import { listRefusals, type RefusedRow } from '../../ledger/store/refusals.ts';
import { environmentOf } from '../environment.ts';
import type { Terminal } from '../terminal.ts';

/** `canbao import <mapping> <files…>`: a bureau's exports into the ledger. */
export function importCommand(): Command {
  return new Command('import')
    .argument('<mapping>', 'mapping file (JSON) of the source')
    .argument('<files...>', 'exports to import')
    .option('--refused <count>', 'refused rows to show of each file', '20')
    .action(async (mappingPath: string, files: string[], options: { refused: string }, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const limit = Number(options.refused);
      if (!Number.isInteger(limit) || limit < 0) {
        throw new CanbaoError('cli.bad_option', { option: '--refused', reason: '0, 1, 2, …' });
      }
      const mapping = await readMapping(mappingPath);
      const reports = await environment.withBureau(async ({ store, pepper, present }) => {
        const done = [];
        for (const file of files) {
          const line = terminal.progress(terminal.text(`Importing ${file}`, `导入${file}`));
          const report = await importFile(store, {
            ...{ file, mapping, pepper, present },
            onProgress: ({ rows, bytes, totalBytes }) =>
              line.update(bytes / totalBytes, terminal.text(`${rows} rows`, `${rows}行`)),
          }).finally(() => line.done());
          const refused = await listRefusals(store, {
            batchId: report.batch.id,
            limit,
          });
          done.push({ ...report, refusedRows: refused });
        }
        return done;
      });
      for (const { batch, alreadyImported, refusedRows } of reports) {
        terminal.say(importLine(terminal, batch, alreadyImported));
        for (const row of refusedRows) terminal.say(`  ${refusalLine(terminal, row)}`);
        if (batch.refused > refusedRows.length) {
          const more = batch.refused - refusedRows.length;
          terminal.say(terminal.text(`  … and ${more} more`, `  ……另有${more}行`));
        }
      }
      terminal.result({ ok: true, imports: reports });
    });
}

/** What an import did, in one line. */
export function importLine(
  terminal: Terminal,
  batch: {
    fileName: string;
    rows: number;
    added: number;
    corrected: number;
    unchanged: number;
    refused: number;
  },
  alreadyImported: boolean,
): string {
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
