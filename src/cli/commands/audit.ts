import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { parseMonth } from '../../core/month.ts';
import type { AuditStage } from '../../jobs/audit/audit-ledger.ts';
import { auditSnapshot } from '../../jobs/audit/audit-snapshot.ts';
import { decodeNotes, encodeNotes } from '../../jobs/audit/notes.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { comparedSources, epochsSource } from '../audit-sources.ts';
import { showAudit } from '../audit-words.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { readJsonFile, writeJsonFile } from '../files.ts';
import type { Terminal } from '../terminal.ts';

interface AuditCommandOptions {
  readonly month?: string;
  readonly revision?: string;
  readonly epochs?: string;
  readonly compare?: readonly string[];
  readonly notes?: readonly string[];
  readonly keep?: string;
}

/** `canbao audit`: exits 0 where nothing is found, 1 where something is, 2 on a fault. */
export function auditCommand(): Command {
  return new Command('audit')
    .option('--month <YYYY-MM>', 'rebuild this month alone')
    .option('--revision <number>', 'of the month: 0 as first closed, 1 its first correction, …')
    .option('--epochs <file>', 'published roots from a file, instead of the chain')
    .option(
      '--compare <sources...>',
      'roots as others have them: exported files, or nodes (http://…, with #0x… another registry)',
    )
    .option('--notes <files...>', 'notes of earlier audits to hold this one against')
    .option('--keep <file>', 'write notes of this audit')
    .action(async (options: AuditCommandOptions, command) => {
      const environment = environmentOf(command);
      const report = await audit(environment, options);
      const { notes, ...told } = report;
      if (options.keep && notes) await writeJsonFile(options.keep, encodeNotes(notes));
      showAudit(environment.terminal, { ...told, ...(options.keep && { keep: options.keep }) });
      process.exitCode = report.findings.length === 0 ? 0 : 1;
    });
}

async function audit(environment: Environment, options: AuditCommandOptions) {
  const { terminal, clock, withBureau } = environment;
  const { month, revision, compare = [], notes = [], keep } = options;
  const chosen = chosenEpoch(month, revision);
  const kept = await Promise.all(notes.map(async (path) => decodeNotes(await readJsonFile(path))));
  return withBureau(async (bureau) => {
    const registry = options.epochs ? undefined : (await bureau.chain()).registry;
    const published = registry ?? (await epochsSource(options.epochs ?? ''));
    const others = await comparedSources(compare, registry);
    const line = terminal.progress(terminal.text('Auditing the ledger', '审计账本'));
    return auditSnapshot({
      ...{ store: bureau.store, published, others, notes: kept, ...chosen },
      hash: await wasmPoseidon(),
      ...(keep !== undefined && { notesAt: clock() }),
      onProgress: (stage, share, epoch) => line.update(share, stageText(terminal, stage, epoch)),
    }).finally(() => line.done());
  });
}

function chosenEpoch(month: string | undefined, revision: string | undefined) {
  if (month === undefined && revision !== undefined) {
    throw new CanbaoError('cli.bad_usage', { reason: '--revision needs --month' });
  }
  if (revision !== undefined && !/^\d{1,6}$/.test(revision)) {
    throw new CanbaoError('cli.bad_option', { option: '--revision', reason: '0, 1, 2, …' });
  }
  return {
    ...(month !== undefined && { month: parseMonth(month) }),
    ...(revision !== undefined && { revision: Number(revision) }),
  };
}

function stageText({ text }: Terminal, stage: AuditStage, epoch = ''): string {
  if (stage === 'rows') return text('rows', '记录行');
  return stage === 'rebuild' ? text(`rebuilding ${epoch}`, `重算${epoch}`) : text('roots', '根');
}
