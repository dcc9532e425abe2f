import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { parseAnyRequest } from '../../request/any-request.ts';
import { statementModule, statementRegistry } from '../../statements/registry.ts';
import { epochsFromFile } from '../../verify/epochs-file.ts';
import type { EpochsPort } from '../../verify/ports.ts';
import { anyVerdictNotes, anyVerdictText } from '../../verify/set-texts.ts';
import {
  type AnyExpectation,
  type AnyVerdict,
  isSetVerdict,
  verifyAnyPresentation,
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
}

/** `canbao verify`: the verdict on a presentation. Exits 0 if it is valid, 1 if not, 2 on a fault. */
export function verifyCommand(): Command {
  return new Command('verify')
    .argument('<presentation>', 'presentation file')
    .option('--request <file>', 'your own copy of the request it must answer')
    .option('--audience <origin>', 'without a copy: whom it must be made for')
    .option('--epochs <file>', 'published roots (`canbao epoch export`), instead of the chain')
    .option('--max-staleness <days>', 'days a root counts after a newer one', '35')
    .action(async (path: string, options: VerifyOptions, command) => {
      const environment = environmentOf(command);
      const input = await readJsonFile(path);
      const expectation = await expectationOf(environment, options);
      const verdict = options.epochs
        ? await verify(
            environment,
            input,
            epochsFromFile(await readJsonFile(options.epochs)),
            expectation,
          )
        : await environment.withChain(({ epochs }) =>
            verify(environment, input, epochs, expectation),
          );
      showVerdict(environment.terminal, verdict);
      environment.terminal.result({
        ok: verdict.valid,
        ...verdict,
        text: anyVerdictText(verdict, environment.terminal.language),
      });
      process.exitCode = verdict.valid ? 0 : 1;
    });
}

function verify(
  { keys, clock }: Environment,
  input: unknown,
  epochs: EpochsPort,
  expectation: AnyExpectation,
): Promise<AnyVerdict> {
  return verifyAnyPresentation(
    input,
    { statements: statementRegistry, epochs, keys, clock },
    expectation,
  );
}

async function expectationOf(
  { production }: Environment,
  { request, audience, maxStaleness }: VerifyOptions,
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
