import type { Check, CheckContext, StatementUnderTest } from '../../scripts/soundness/check.ts';
import { type Circuit, loadCircuit } from '../../scripts/soundness/circuit/circuit.ts';
import { compileSource } from '../../scripts/soundness/circuit/compile.ts';
import type {
  BadWord,
  HonestCase,
  OtherRecord,
} from '../../scripts/soundness/honest/honest-case.ts';
import { toMonthIndex } from '../../src/core/month.ts';
import type { CheckResult, Signals, Statement } from '../../src/statements/define-statement.ts';

/** A circuit of a few lines with one honest case, as the checks take a statement. */
export interface TinyStatement {
  /** Template `Tiny` and the component `main`. */
  readonly source: string;
  readonly inputs: Readonly<Record<string, bigint>>;
  /** Value of the param `min` (8 bits, above `identityBefore`) in `inputs`. */
  readonly min?: bigint;
  readonly answer?: (min: bigint) => boolean;
  readonly badWords?: readonly BadWord[];
  readonly badKeys?: readonly BadWord[];
  readonly otherRecords?: readonly OtherRecord[];
  /** Those of the inputs that are the statement's private ones. */
  readonly own?: Readonly<Record<string, bigint>>;
}

/** Runs one check over a tiny statement and returns the places of what survives. */
export async function survivorsOf(check: Check, tiny: TinyStatement): Promise<string[]> {
  const subject = await tinySubject(tiny);
  const context: CheckContext = {
    seed: 'tiny',
    isQuick: false,
    statements: ['tiny@1'],
    bug: '',
    open: async () => subject,
    progress: () => {},
  };
  const places = new Set<string>();
  for await (const { survivors } of check.run(context)) {
    for (const { where } of survivors) places.add(where);
  }
  return [...places];
}

export async function tinySubject(tiny: TinyStatement): Promise<StatementUnderTest> {
  const circuit = await compiled(tiny.source);
  const answer = ({ min = 0n }: Readonly<Record<string, bigint>>): CheckResult =>
    (tiny.answer ?? (() => true))(min)
      ? { satisfied: true }
      : { satisfied: false, reason: 'too-small', facts: {} };
  const statement: Statement = {
    name: 'tiny@1',
    slug: 'tiny',
    version: 1,
    subject: 'account',
    params: { identityBefore: 12, min: 8 },
    privateInputs: {},
    toSignals: () => ({}),
    check: (_, params) => answer(params),
  };
  const honest: HonestCase = {
    name: 'the one case',
    isVector: true,
    params: { identityBefore: 0n, min: tiny.min ?? 0n },
    epochMonth: toMonthIndex(0),
    inputs: tiny.inputs as Signals,
    answer,
    own: () => (tiny.own ?? {}) as Signals,
    otherRecords: () => tiny.otherRecords ?? [],
    badWords: () => tiny.badWords ?? [],
    badKeys: () => tiny.badKeys ?? [],
  };
  return { statement, circuit, cases: [honest] };
}

const circuits = new Map<string, Promise<Circuit>>();

/** Compiled once a test file. */
function compiled(source: string): Promise<Circuit> {
  const circuit =
    circuits.get(source) ?? compileSource(source).then((files) => loadCircuit('tiny@1', files));
  circuits.set(source, circuit);
  return circuit;
}
