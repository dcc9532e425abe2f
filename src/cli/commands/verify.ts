import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { systemRandom } from '../../core/random.ts';
import { parseAnyRequest } from '../../request/any-request.ts';
import { statementModule, statementRegistry } from '../../statements/registry.ts';
import { epochsFromFile } from '../../verify/epochs-file.ts';
import type { EpochsPort } from '../../verify/ports.ts';
import { anyVerdictNotes, anyVerdictText } from '../../verify/set-texts.ts';
import {
  type AnyExpectation,
  type AnyVerdict,
  isSetVerdict,
  verifyAnyPresentations,
} from '../../verify/verify-any.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { epochName } from '../epoch-words.ts';
import { readJsonFile } from '../files.ts';
import type { Terminal } from '../terminal.ts';

interface VerifyOptions {
  readonly request?: string;
  readonly audience?: string;
  readonly epochs?: string;
  readonly maxStaleness?: string;
  readonly acceptCorrected?: boolean;
}

/** `canbao verify`: the verdict on each presentation. Exits 0 if all are valid, 1 if not, 2 on a fault. */
export function verifyCommand(): Command {
  return new Command('verify')
    .argument('<presentations...>', 'presentation files')
    .option('--request <file>', 'your own copy of the request it must answer')
    .option('--audience <origin>', 'without a copy: whom it must be made for')
    .option('--epochs <file>', 'published roots (`canbao epoch export`), instead of the chain')
    .option('--max-staleness <days>', 'days a root counts after a newer one', '35')
    .option('--accept-corrected', 'let a root count whose month was corrected since')
    .action(async (paths: readonly string[], options: VerifyOptions, command) => {
      const environment = environmentOf(command);
      const inputs = await Promise.all(paths.map((path) => readJsonFile(path)));
      const expectation = await expectationOf(environment, options);
      const verdicts = options.epochs
        ? await verify(
            environment,
            inputs,
            epochsFromFile(await readJsonFile(options.epochs)),
            expectation,
          )
        : await environment.withChain(({ epochs }) =>
            verify(environment, inputs, epochs, expectation),
          );
      showVerdicts(environment.terminal, paths, verdicts);
      process.exitCode = verdicts.every(({ valid }) => valid) ? 0 : 1;
    });
}

/** One file's verdict is the answer itself; those of several are listed. */
function showVerdicts(
  terminal: Terminal,
  paths: readonly string[],
  verdicts: readonly AnyVerdict[],
): void {
  const answers = verdicts.map((verdict, i) => {
    if (paths.length > 1) terminal.heading(paths[i] ?? '');
    showVerdict(terminal, verdict);
    const text = anyVerdictText(verdict, terminal.language);
    return { ...(paths.length > 1 && { file: paths[i] }), ok: verdict.valid, ...verdict, text };
  });
  const isOne = answers.length === 1;
  terminal.result(isOne ? answers[0] : { ok: answers.every(({ ok }) => ok), verdicts: answers });
}

function verify(
  { keys, clock }: Environment,
  inputs: readonly unknown[],
  epochs: EpochsPort,
  expectation: AnyExpectation,
): Promise<AnyVerdict[]> {
  const ports = { statements: statementRegistry, epochs, keys, clock, random: systemRandom };
  return verifyAnyPresentations(inputs, ports, expectation);
}

async function expectationOf(
  { production }: Environment,
  { request, audience, maxStaleness, acceptCorrected = false }: VerifyOptions,
): Promise<AnyExpectation> {
  const days = Number(maxStaleness);
  if (!Number.isFinite(days) || days < 0) {
    throw new CanbaoError('cli.bad_option', {
      option: '--max-staleness',
      reason: 'days, 0 or more',
    });
  }
  return {
    production,
    maxStalenessSeconds: Math.floor(days * 86_400),
    acceptCorrected,
    ...(request !== undefined && {
      request: parseAnyRequest(await readJsonFile(request), statementRegistry),
    }),
    ...(audience !== undefined && { audience }),
  };
}

/** The verdict, what was shown by it, and what must be said beside it. */
export function showVerdict({ language, say, text }: Terminal, verdict: AnyVerdict): void {
  const { valid, reason } = verdict;
  say(`${valid ? '✔' : '✘'} ${anyVerdictText(verdict, language)}  [${reason}]`);
  const answers = isSetVerdict(verdict) ? verdict.answers : [{ index: undefined, verdict }];
  for (const { index, verdict: of } of answers) {
    if (!of.valid || !of.statement || !of.params) continue;
    const number = index === undefined ? '' : `${index + 1}. `;
    say(`  ${number}${statementModule(of.statement).text.asks(of.params, language)}`);
  }
  const epoch = answers[0]?.verdict.epoch;
  if (epoch) {
    const name = epochName(epoch, language);
    say(text(`  Ledger of ${name}.`, `  账本：${name}。`));
  }
  for (const note of anyVerdictNotes(verdict, language)) say(`  ! ${note}`);
}
