import { Command, Option } from 'commander';
import { BEACON_ITERATIONS, headOf } from '../../../ceremony/transcript.ts';
import { initCeremony } from '../../../ceremony/work/init-ceremony.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { REQUIRED_CONTRIBUTIONS } from '../../../groth16/manifest.ts';
import { compiledCircuit } from '../../../keys/circuit-build.ts';
import { statementModule, statementRegistry } from '../../../statements/registry.ts';
import { environmentOf } from '../../environment.ts';
import { ceremonyProgress, sayDevelopment, transcriptLine } from './words.ts';

interface InitOptions {
  readonly title: string;
  readonly beacon: string;
  readonly iterations: string;
  readonly required: string;
  readonly phase1?: string;
  readonly developmentPhase1?: true;
  readonly statement?: readonly string[];
}

const { least, most } = BEACON_ITERATIONS;

/** `canbao ceremony init`: the folder that goes round. */
export function initCommand(): Command {
  return new Command('init')
    .description('begin a ceremony in a new folder')
    .argument('<folder>', 'a new folder, which goes round')
    .requiredOption('--title <text>', 'what the ceremony is for')
    .requiredOption('--beacon <source>', 'public randomness to come, such as a block still unknown')
    .addOption(
      new Option('--phase1 <file>', 'powersOfTau28_hez_final_14.ptau, or 15, 16').conflicts(
        'developmentPhase1',
      ),
    )
    .option('--development-phase1', 'make phase 1 here: its keys are for development, for ever')
    .option('--required <number>', 'contributions needed at least', String(REQUIRED_CONTRIBUTIONS))
    .option('--iterations <power>', `the beacon is hashed 2^power times, ${least} to ${most}`, '20')
    .option('--statement <names...>', 'of these statements alone')
    .action(async (folder: string, options: InitOptions, command) => {
      const { terminal, clock } = environmentOf(command);
      if (options.phase1 === undefined && !options.developmentPhase1) {
        const reason = '--phase1 or --development-phase1 is needed';
        throw new CanbaoError('cli.bad_usage', { reason });
      }
      const names = options.statement ?? statementRegistry.all().map(({ name }) => name);
      const progress = ceremonyProgress(terminal);
      const transcript = await initCeremony({
        ...{ folder, phase1: options.phase1, clock },
        title: transcriptLine('title', '--title', options.title),
        required: wholeNumber('--required', options.required, REQUIRED_CONTRIBUTIONS, 10_000),
        beacon: {
          source: transcriptLine('source', '--beacon', options.beacon),
          iterations: wholeNumber('--iterations', options.iterations, least, most),
        },
        statements: names.map((name) => statementModule(name).statement.name),
        circuits: async (statement) => (await compiledCircuit(statement)).r1cs,
        onProgress: progress.onProgress,
      }).finally(progress.done);
      const { phase1, statements } = transcript.setup;
      const { text, say } = terminal;
      say(text(`The ceremony begins: ${folder}`, `密钥仪式已开始：${folder}`));
      for (const [name, { circuitHash }] of Object.entries(statements)) {
        say(`  ${name}  ${circuitHash}`);
      }
      if (phase1.kind === 'development') sayDevelopment(terminal);
      terminal.result({ ok: true, folder, phase1, head: headOf(transcript), statements });
    });
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new CanbaoError('cli.bad_option', { option, reason: `${least}–${most}` });
}
