import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { snarkjsProver } from '../../groth16/snarkjs-prover.ts';
import { decodeBundle } from '../../holder/bundle.ts';
import { refusalOf } from '../../prove/check-request.ts';
import { createPresentation, type ProvingTask } from '../../prove/create-presentation.ts';
import { encodePresentation, type Presentation } from '../../request/presentation.ts';
import { parseRequest } from '../../request/presentation-request.ts';
import { statementModule, statementRegistry } from '../../statements/registry.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { readJsonFile, writeJsonFile } from '../files.ts';
import { requestLines } from '../request-words.ts';
import type { Terminal } from '../terminal.ts';
import { openHolderKeys } from './wallet.ts';

interface ProveOptions {
  readonly request: string;
  readonly bundle: string;
  readonly wallet?: string;
  readonly output: string;
  readonly yes?: boolean;
}

/** `canbao prove`: the holder's answer to a request, made on the holder's own machine. */
export function proveCommand(): Command {
  return new Command('prove')
    .requiredOption('--request <file>', 'the request')
    .requiredOption('--bundle <file>', 'your record, from the bureau')
    .option('--wallet <file>', 'default: wallet.json in the home folder')
    .option('-y, --yes', 'agree without being asked')
    .requiredOption('-o, --output <file>', 'where to write the presentation')
    .action(async (options: ProveOptions, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const request = parseRequest(await readJsonFile(options.request), statementRegistry);
      const opening = decodeBundle(await readJsonFile(options.bundle));
      for (const line of requestLines(request, terminal.language)) terminal.say(line);
      if (!options.yes) await askConsent(terminal);

      const holderKeys = await openHolderKeys(environment, options.wallet);
      const { statement } = statementModule(request.statement);
      const { artifacts } = await environment.keys.get(statement.name);
      const presentation = await prove(environment, {
        ...{ request, opening, holderKeys, statement, artifacts },
      });
      if (!presentation) {
        process.exitCode = 1;
        return;
      }
      await writeJsonFile(options.output, encodePresentation(presentation));
      terminal.say(
        terminal.text(
          `\nProven. Presentation: ${options.output}`,
          `\n证明完成，出示文件：${options.output}`,
        ),
      );
      terminal.result({ ok: true, output: options.output, nullifier: presentation.nullifier });
    });
}

/** Proves with a progress line; a record that does not qualify is answered in words and undefined. */
async function prove(
  { terminal, clock }: Environment,
  task: Omit<ProvingTask, 'prover' | 'clock'>,
): Promise<Presentation | undefined> {
  const line = terminal.progress(terminal.text('Proving', '生成证明'));
  const prover = snarkjsProver();
  try {
    return await createPresentation({
      ...task,
      prover,
      clock,
      onProgress: ({ share }) => line.update(share),
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const { text } = statementModule(task.statement.name);
    const why = text.whyNot(refusal.reason, refusal.facts, terminal.language);
    terminal.say(terminal.text(`\nNot proven: ${why}`, `\n无法证明：${why}`));
    terminal.result({ ok: false, reason: refusal.reason, facts: refusal.facts, why });
    return undefined;
  } finally {
    line.done();
    await prover.close();
  }
}

async function askConsent({ text }: Terminal): Promise<void> {
  if (!process.stdin.isTTY) throw new CanbaoError('cli.no_consent');
  const { confirm, isCancel } = await import('@clack/prompts');
  const agreed = await confirm({
    message: text('Do you agree?', '您同意吗？'),
    initialValue: false,
  });
  if (isCancel(agreed) || !agreed) throw new CanbaoError('cli.no_consent');
}
