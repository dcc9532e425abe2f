import { FIELD_ORDER } from '../../core/field.ts';
import { readUint256, viewOf, writeUint256 } from '../bin-file.ts';
import type { Groth16Proof } from '../proof.ts';
import type { Arena } from './arena.ts';
import type { Call, Executor } from './executor.ts';
import { ELEMENT_BYTES, type ProverKernel } from './kernel.ts';
import type { LoadedKey } from './loaded-key.ts';
import { type MultiScalar, multiply, recode, type Workspace } from './multi-scalar.ts';

const SCALAR_BYTES = 32;
/** Elements a task when vectors are worked through. */
const TASK_ELEMENTS = 4096;

/** Random scalars that hide the witness: each proof needs new ones. */
export interface Blinding {
  readonly r: bigint;
  readonly s: bigint;
}

/** Its share of a proof, what to multiply, with which digits, and when those are there. */
type Multiplication = readonly [
  share: number,
  one: MultiScalar,
  digits: number,
  digitsReady: Promise<unknown>,
];

/**
 * One Groth16 proof.
 * @param witness wireCount integers of 32 bytes in [0, r), little-endian
 * @param onStep called as steps end, with the share done; may throw to stop the proof
 */
export async function runProof(
  key: LoadedKey,
  witness: Uint8Array,
  { r, s }: Blinding,
  kernel: Pick<ProverKernel, 'scalarFromInteger'>,
  executor: Executor,
  arena: Arena,
  onStep: (share: number) => void = () => {},
): Promise<Groth16Proof> {
  arena.bytes(key.scalars, witness.length).set(witness);
  const scalar = (at: number, value: bigint) =>
    writeUint256(viewOf(arena.bytes(key.scalars + at * SCALAR_BYTES, SCALAR_BYTES)), 0, value);
  scalar(key.blinding.r, r);
  scalar(key.blinding.s, s);
  scalar(key.blinding.minusRs, (FIELD_ORDER - ((r * s) % FIELD_ORDER)) % FIELD_ORDER);

  let done = 0;
  const step = async (share: number, work: Promise<unknown>) => {
    await work;
    done += share;
    onStep(Math.min(done, 1));
  };
  const [space1, space2] = key.workspaces;
  const scalarCount = key.wireCount + 3;
  const witnessDigits = executor.run([
    recode(key.witnessWindows, key.witnessDigits, key.scalars, scalarCount),
  ]);
  const quotientDigits = async () => {
    await step(0.1, writeQuotient(key, kernel, executor));
    const cut = key.quotientWindows;
    const recodeFrom = (address: number, count: number) => {
      const at = (address - key.scalars) / SCALAR_BYTES;
      return executor.run([recode(cut, key.quotientDigits + 2 * cut.windows * at, address, count)]);
    };
    await Promise.all([
      recodeFrom(key.scalars, scalarCount),
      recodeFrom(key.quotientScalars, 2 ** key.domainPower),
    ]);
  };
  /** Each waits for its digits; those in one workspace for each other. */
  const inOrder = async (space: Workspace, ...work: readonly Multiplication[]) => {
    for (const [share, one, digits, digitsReady] of work) {
      await digitsReady;
      await step(share, multiply(one, digits, space, executor, arena));
    }
  };
  const quotientReady = quotientDigits();
  await Promise.all([
    quotientReady,
    inOrder(space2, [0.3, key.b2, key.witnessDigits, witnessDigits]),
    inOrder(
      space1,
      [0.15, key.a, key.witnessDigits, witnessDigits],
      [0.1, key.b1, key.witnessDigits, witnessDigits],
      [0.35, key.c, key.quotientDigits, quotientReady],
    ),
  ]);

  // c = (C and H) + s·a + r·b1
  const [first, second] = key.projective;
  const scalarAt = (at: number) => key.scalars + at * SCALAR_BYTES;
  await executor.run([
    ['scalePoint1', first, key.a.result, scalarAt(key.blinding.s)],
    ['scalePoint1', second, key.b1.result, scalarAt(key.blinding.r)],
    ['addPoints1', first, first, second],
    ['addPoints1', first, first, key.c.result],
    ['writeAffine1', key.output, key.a.result],
    ['writeAffine2', key.output + 64, key.b2.result],
    ['writeAffine1', key.output + 192, first],
  ]);
  onStep(1);
  const view = viewOf(arena.bytes(key.output, 256));
  const pair = (at: number) => [readUint256(view, at), readUint256(view, at + 32)] as const;
  return { a: pair(0), b: [pair(64), pair(128)], c: pair(192) };
}

/** The quotient's values on the coset, as scalars: (a·b − c) on the odd 2N-th roots of unity. */
async function writeQuotient(
  key: LoadedKey,
  kernel: Pick<ProverKernel, 'scalarFromInteger'>,
  executor: Executor,
): Promise<void> {
  const [a, b, c] = key.polynomials;
  const size = Math.max(2, 2 ** key.domainPower);
  const evenWires = key.wireCount + (key.wireCount & 1);
  await inTasks(executor, evenWires, (from, count) => [
    [
      'importScalars',
      ...[key.wires + from * ELEMENT_BYTES, key.scalars + from * SCALAR_BYTES],
      ...[count, kernel.scalarFromInteger()],
    ],
  ]);
  await Promise.all(
    [a, b].map((polynomial, matrix) =>
      inTasks(executor, size, (from, count) => [
        [
          'evaluateRows',
          ...[polynomial, key.rows[matrix as 0 | 1], key.terms, key.values, key.wires],
          ...[from, from + count],
        ],
      ]),
    ),
  );
  const transform = (polynomial: number): Call[] =>
    key.domainPower === 0
      ? [['multiplyPairs', polynomial, polynomial, key.shifts, 1]]
      : [
          ['transformDown', polynomial, key.domainPower, key.twiddles.down],
          ['multiplyPairs', polynomial, polynomial, key.shifts, size / 2],
          ['transformUp', polynomial, key.domainPower, key.twiddles.up],
        ];
  await executor.run([['multiplyPairs', c, a, b, size / 2]]);
  await Promise.all([a, b, c].map((polynomial) => executor.run(transform(polynomial))));
  await inTasks(executor, size, (from, count) => [
    [
      'writeQuotient',
      key.quotientScalars + from * SCALAR_BYTES,
      ...[a, b, c].map((polynomial) => polynomial + from * ELEMENT_BYTES),
      count / 2,
    ],
  ]);
}

/** Cuts an even number of elements into tasks. */
async function inTasks(
  executor: Executor,
  count: number,
  calls: (from: number, count: number) => Call[],
): Promise<void> {
  const tasks: Promise<unknown>[] = [];
  for (let from = 0; from < count; from += TASK_ELEMENTS) {
    tasks.push(executor.run(calls(from, Math.min(TASK_ELEMENTS, count - from))));
  }
  await Promise.all(tasks);
}
