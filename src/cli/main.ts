#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { CanbaoError, type Language } from '../core/errors/canbao-error.ts';
import { bundleCommand } from './commands/bundle.ts';
import { demoCommand } from './commands/demo.ts';
import { enrolCommand } from './commands/enrol.ts';
import { epochCommand } from './commands/epoch.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { proveCommand } from './commands/prove.ts';
import { requestCommand } from './commands/request.ts';
import { statementsCommand } from './commands/statements.ts';
import { verifyCommand } from './commands/verify.ts';
import { walletCommand } from './commands/wallet.ts';
import { globalOptions } from './environment.ts';

/** Faults and bad usage; 1 is kept for a verdict that is not valid. */
const EXIT_FAULT = 2;

const program = globalOptions(new Command('canbao'))
  .description('Prove facts of a social-insurance record, and nothing else.')
  .version('0.1.0')
  .showHelpAfterError()
  .exitOverride();

for (const command of [
  demoCommand(),
  importCommand(),
  epochCommand(),
  enrolCommand(),
  bundleCommand(),
  walletCommand(),
  requestCommand(),
  proveCommand(),
  verifyCommand(),
  exportCommand(),
  statementsCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
// Worker threads of a library must not keep a finished command alive.
process.exit();

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : EXIT_FAULT; // commander has printed its own message
  }
  const known =
    error instanceof CanbaoError
      ? error
      : new CanbaoError('core.internal', { what: nameOf(error) }, error);
  const { json, lang } = program.opts<{ json?: boolean; lang?: Language }>();
  if (json) {
    const { code, facts, message } = known;
    process.stdout.write(
      `${JSON.stringify({ ok: false, error: { code, message, facts } }, bigintText)}\n`,
    );
  }
  process.stderr.write(`canbao: ${known.text(lang === 'zh' ? 'zh' : 'en')} [${known.code}]\n`);
  if (process.env.CANBAO_DEBUG) console.error(error);
  return EXIT_FAULT;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
