import { parseArgs } from 'node:util';

export interface Arguments {
  readonly isJson: boolean;
  readonly isQuick: boolean;
  readonly checks: readonly string[];
  readonly statements: readonly string[];
  readonly seed: string;
  /** Of planted bugs and defences, those whose name contains it. */
  readonly bug: string;
  /** Every statement, in full, from the default seed: the figures are written down. */
  readonly isFull: boolean;
}

const DEFAULT_SEED = 'canbao soundness 1';

export const usage = `npm run soundness [-- options]
  --quick               a sample, in seconds
  --only a,b            some checks
  --statement a@1,b@1   some statements
  --bug text            planted bugs and defences whose name contains the text
  --seed text           other random choices
  --json                the results as one JSON line on standard output`;

/** @throws Error that names the wrong option */
export function readArguments(
  argv: readonly string[],
  known: { readonly checks: readonly string[]; readonly statements: readonly string[] },
): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      statement: { type: 'string' },
      bug: { type: 'string', default: '' },
      seed: { type: 'string', default: DEFAULT_SEED },
    },
  });
  const chosen = (text: string | undefined, all: readonly string[], what: string) => {
    if (text === undefined) return all;
    const names = text.split(',');
    const stranger = names.find((name) => !all.includes(name));
    if (stranger !== undefined) {
      throw new Error(`there is no ${what} ${stranger}; there are ${all.join(', ')}`);
    }
    return all.filter((name) => names.includes(name));
  };
  return {
    isJson: values.json,
    isQuick: values.quick,
    checks: chosen(values.only, known.checks, 'check'),
    statements: chosen(values.statement, known.statements, 'statement'),
    seed: values.seed,
    bug: values.bug,
    isFull:
      !values.quick &&
      values.statement === undefined &&
      values.bug === '' &&
      values.seed === DEFAULT_SEED,
  };
}
