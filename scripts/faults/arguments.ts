import { parseArgs } from 'node:util';

export interface Arguments {
  readonly checks: readonly string[];
  /** Instead of each check's own number. */
  readonly rounds: number | undefined;
  readonly isQuick: boolean;
  readonly isJson: boolean;
  /** Keeps the figures and writes the report; of full runs only. */
  readonly isWrite: boolean;
  readonly seed: string;
}

const DEFAULT_SEED = 'canbao faults 1';

export const usage = `npm run test:faults [-- options]
  --only a,b     some checks
  --rounds n     so many rounds of each
  --quick        a sample
  --seed text    other random choices
  --write        keep the figures in docs/faults and write docs/faults.md
  --json         the results as one JSON line on standard output`;

/** @throws Error that names the wrong option */
export function readArguments(argv: readonly string[], known: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      seed: { type: 'string', default: DEFAULT_SEED },
      write: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const names = values.only?.split(',') ?? known;
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new Error(`there is no check ${stranger}; there are ${known.join(', ')}`);
  }
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new Error('--rounds must be a whole number from 1');
  }
  if (values.write && (values.quick || rounds !== undefined)) {
    throw new Error('--write keeps the figures of full runs: leave out --quick and --rounds');
  }
  return {
    checks: known.filter((name) => names.includes(name)),
    ...{ rounds, isQuick: values.quick, isJson: values.json, isWrite: values.write },
    seed: values.seed,
  };
}
