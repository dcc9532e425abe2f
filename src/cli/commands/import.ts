import { resolve } from 'node:path';
import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type ImportReport, importFile, rehearseImports } from '../../ledger/import/import-file.ts';
import { type Mapping, readMapping } from '../../ledger/import/mapping.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { eachRefusal, listRefusals, type RefusedRow } from '../../ledger/store/refusals.ts';
import { abandonImport } from '../../ledger/store/unfinished-import.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { importLine, moreRefused, paceText, refusalLine } from '../import-text.ts';
import { openRefusalReport, type RefusalReport } from '../refusal-report.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly sheet?: string;
  readonly refused: string;
  readonly report?: string;
  readonly dryRun?: boolean;
  readonly abandon?: true;
}

/** A file that went in, or would. */
interface Imported extends ImportReport {
  readonly refusedRows: readonly RefusedRow[];
}

/** `canbao import <mapping> <files…>`: a bureau's exports into the ledger. */
export function importCommand(): Command {
  return new Command('import')
    .argument('[mapping]', 'mapping file (JSON) of the source')
    .argument('[files...]', 'exports to import, CSV or XLSX')
    .option('--sheet <name>', 'sheet of a workbook; default: the first')
    .option('--refused <count>', 'refused rows to show of each file', '20')
    .option('--report <file>', 'write all refused rows of these files as CSV')
    .option('--dry-run', 'read and judge everything, and leave nothing behind')
    .option('--abandon', 'undo an import that was cut short')
    .action(async (mappingPath: string | undefined, files: string[], options: Options, command) => {
      const environment = environmentOf(command);
      if (options.abandon) return abandon(environment);
      if (mappingPath === undefined || files.length === 0) {
        throw new CanbaoError('cli.bad_usage', { reason: 'import <mapping> <files...>' });
      }
      const { sheet } = options;
      const mapping = await readMapping(mappingPath);
      await importFiles(environment, sheet ? { ...mapping, sheet } : mapping, files, options);
    });
}

async function importFiles(
  environment: Environment,
  mapping: Mapping,
  files: readonly string[],
  { refused, report: reportPath, dryRun = false }: Options,
): Promise<void> {
  const { terminal } = environment;
  const limit = Number(refused);
  if (!Number.isInteger(limit) || limit < 0) {
    throw new CanbaoError('cli.bad_option', { option: '--refused', reason: '0, 1, 2, …' });
  }
  if (reportPath !== undefined && files.some((file) => resolve(file) === resolve(reportPath))) {
    throw new CanbaoError('cli.file_exists', { path: reportPath });
  }
  const imports = await environment.withBureau(async ({ store, pepper, present }) => {
    const report = reportPath && (await openRefusalReport(reportPath, terminal.language));
    const bring = async (importOne: ImportOne, ledger: Pick<Store, 'db'>) => {
      const done: Imported[] = [];
      for (const file of files) {
        const { onProgress, end } = progressLine(terminal, file, dryRun);
        const one = await importOne({ file, mapping, pepper, present, onProgress }).finally(end);
        done.push(await withRefusals(one, ledger, limit, report || undefined));
      }
      return done;
    };
    const work = dryRun
      ? rehearseImports(store, bring)
      : bring((options) => importFile(store, options), store);
    return report ? work.finally(() => report.close()) : work;
  });
  tell(terminal, imports, dryRun);
  terminal.result({ ok: true, dryRun, imports });
}

type ImportOne = Parameters<Parameters<typeof rehearseImports>[1]>[0];

async function withRefusals(
  done: ImportReport,
  ledger: Pick<Store, 'db'>,
  limit: number,
  report: RefusalReport | undefined,
): Promise<Imported> {
  const batchId = done.batch.id;
  await report?.add(eachRefusal(ledger, batchId));
  return { ...done, refusedRows: await listRefusals(ledger, { batchId, limit }) };
}

function progressLine(terminal: Terminal, file: string, dryRun: boolean) {
  const line = terminal.progress(
    dryRun
      ? terminal.text(`Checking ${file}`, `检查${file}`)
      : terminal.text(`Importing ${file}`, `导入${file}`),
  );
  const onProgress: NonNullable<Parameters<ImportOne>[0]['onProgress']> = (progress) =>
    line.update(progress.bytes / Math.max(progress.totalBytes, 1), paceText(terminal, progress));
  return { onProgress, end: () => line.done() };
}

function tell(terminal: Terminal, imports: readonly Imported[], dryRun: boolean): void {
  for (const { batch, alreadyImported, resumedRows, refusedRows } of imports) {
    if (resumedRows > 0) {
      terminal.say(
        terminal.text(
          `${batch.fileName}: went on behind row ${resumedRows}, where an earlier run was cut short`,
          `${batch.fileName}：自上次中断处（第${resumedRows}行之后）继续`,
        ),
      );
    }
    terminal.say(importLine(terminal, batch, alreadyImported));
    for (const row of refusedRows) terminal.say(`  ${refusalLine(terminal, row)}`);
    if (batch.refused > refusedRows.length) {
      terminal.say(`  ${moreRefused(terminal, batch.refused - refusedRows.length)}`);
    }
  }
  if (dryRun) {
    terminal.say(
      terminal.text(
        'A dry run: this is what would happen; nothing was imported.',
        '试运行：以上为将会发生的结果，未导入任何内容。',
      ),
    );
  }
}

async function abandon({ terminal, withBureau }: Environment): Promise<void> {
  const { fileName, source, counts } = await withBureau(({ store }) => abandonImport(store));
  terminal.say(
    terminal.text(
      `${fileName} (${source}): the ${counts.rows} rows that were in are undone`,
      `${fileName}（${source}）：已撤销导入的${counts.rows}行`,
    ),
  );
  terminal.result({ ok: true, abandoned: { fileName, source, rows: counts.rows } });
}
