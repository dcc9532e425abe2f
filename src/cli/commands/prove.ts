import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { decodeAnyBundle } from '../../holder/any-bundle.ts';
import { type Refusal, refusalOf } from '../../prove/check-request.ts';
import { setFailuresOf } from '../../prove/check-request-set.ts';
import { type AnyProvingTask, createAnyPresentation } from '../../prove/create-any.ts';
import {
  type AnyPresentation,
  type AnyRequest,
  encodeAnyPresentation,
  isPresentationSet,
  isRequestSet,
  parseAnyRequest,
} from '../../request/any-request.ts';
import { MAX_SET_REQUESTS } from '../../request/request-set.ts';
import { statementModule, statementRegistry } from '../../statements/registry.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { readJsonFile, writeJsonFile } from '../files.ts';
import { chosenProver } from '../prover.ts';
import { requestLines } from '../request-words.ts';
import type { Terminal } from '../terminal.ts';
import { openHolderKeys } from './wallet.ts';

interface ProveOptions {
  readonly request: string;
  readonly bundle: string;
  readonly wallet?: string;
  readonly output: string;
  readonly choose?: string;
  readonly yes?: boolean;
}

/** `canbao prove`: the holder's answer to a request, made on the holder's own machine. */
export function proveCommand(): Command {
  return new Command('prove')
    .requiredOption('--request <file>', 'the request')
    .requiredOption('--bundle <file>', "your own record or your employer's, from the bureau")
    .option('--wallet <file>', 'default: wallet.json in the home folder')
    .option(
      '--choose <number>',
      'of a set that asks for any: which one; default: the first you meet',
    )
    .option('-y, --yes', 'agree without being asked')
    .requiredOption('-o, --output <file>', 'where to write the presentation')
    .action(async (options: ProveOptions, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const choice = readChoice(options.choose);
      const request = parseAnyRequest(await readJsonFile(options.request), statementRegistry);
      const opening = decodeAnyBundle(await readJsonFile(options.bundle));
      for (const line of requestLines(request, terminal.language)) terminal.say(line);
      if (!options.yes) await askConsent(terminal);

      const holderKeys = await openHolderKeys(environment, options.wallet);
      const presentation = await prove(environment, { request, opening, holderKeys, choice });
      if (!presentation) {
        process.exitCode = 1;
        return;
      }
      await writeJsonFile(options.output, encodeAnyPresentation(presentation));
      terminal.say(
        terminal.text(
          `\nProven. Presentation: ${options.output}`,
          `\n证明完成，出示文件：${options.output}`,
        ),
      );
      const { nullifier } = presentation;
      const answered = isPresentationSet(presentation)
        ? { answered: presentation.proofs.map(({ index }) => index + 1) }
        : {};
      terminal.result({ ok: true, output: options.output, nullifier, ...answered });
    });
}

/** Proves with a progress line; a record that does not qualify is answered in words and undefined. */
async function prove(
  { terminal, clock, keys }: Environment,
  task: Pick<AnyProvingTask, 'request' | 'opening' | 'holderKeys' | 'choice'>,
): Promise<AnyPresentation | undefined> {
  const prover = await chosenProver();
  const line = terminal.progress(terminal.text('Proving', '生成证明'));
  try {
    return await createAnyPresentation({
      ...task,
      ...{ statements: statementRegistry, prover, clock },
      artifacts: async (statement) => (await keys.get(statement)).artifacts,
      onProgress: ({ share }) => line.update(share),
    });
  } catch (error) {
    if (!tellWhyNot(terminal, task.request, error)) throw error;
    return undefined;
  } finally {
    line.done();
    await prover.close();
  }
}

/** Says why a record does not qualify, for every request that fails; false for any other error. */
function tellWhyNot(terminal: Terminal, request: AnyRequest, error: unknown): boolean {
  const { language, say, text } = terminal;
  const whyNot = (statement: string, { reason, facts }: Refusal) => ({
    ...{ reason, facts },
    why: statementModule(statement).text.whyNot(reason, facts, language),
  });
  const refusal = refusalOf(error);
  if (refusal && !isRequestSet(request)) {
    const told = whyNot(request.statement, refusal);
    say(text(`\nNot proven: ${told.why}`, `\n无法证明：${told.why}`));
    terminal.result({ ok: false, ...told });
    return true;
  }
  const failures = setFailuresOf(error)?.map(({ index, statement, refusal: own }) => ({
    number: index + 1,
    statement,
    ...whyNot(statement, own),
  }));
  if (!failures) return false;
  say(text('\nNot proven:', '\n无法证明：'));
  for (const { number, why } of failures) say(`  ${number}. ${why}`);
  terminal.result({ ok: false, reason: 'not-satisfied', failures });
  return true;
}

/** `--choose`, counted from 1, as an index. @throws cli.bad_option */
function readChoice(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-8]$/.test(text)) return Number(text) - 1;
  const reason = `1 – ${MAX_SET_REQUESTS}`;
  throw new CanbaoError('cli.bad_option', { option: '--choose', reason });
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
