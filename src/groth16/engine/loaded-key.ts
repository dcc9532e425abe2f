import { bn254 } from '@noble/curves/bn254.js';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { viewOf, writeUint256 } from '../bin-file.ts';
import { rootOfUnity } from '../lagrange.ts';
import type { ProvingKeyParts } from '../proving-key.ts';
import type { Arena } from './arena.ts';
import {
  ELEMENT_BYTES,
  type Group,
  PAIR_BYTES,
  type ProverKernel,
  pointBytes,
  projectiveBytes,
  storedPointBytes,
} from './kernel.ts';
import {
  type MultiScalar,
  type Windows,
  type Workspace,
  windowsFor,
  workspaceFor,
} from './multi-scalar.ts';

const { Fr } = bn254.fields;
const SCALAR_BYTES = 32;
const STORED_TERM_BYTES = 44;
/** Wires of our circuits that are not 0 or 1, about. */
const FULL_SHARE = 0.75;

/** A proving key and working memory for one proof at a time, in a WebAssembly memory. */
export interface LoadedKey {
  readonly wireCount: number;
  readonly publicCount: number;
  readonly domainPower: number;
  /** Scalars of 32 bytes: the wires, then r, s and −rs, and from an even place on the quotient. */
  readonly scalars: number;
  readonly quotientScalars: number;
  /** Where r, s and −rs are among the scalars. */
  readonly blinding: { readonly r: number; readonly s: number; readonly minusRs: number };
  readonly witnessWindows: Windows;
  readonly witnessDigits: number;
  readonly quotientWindows: Windows;
  readonly quotientDigits: number;
  readonly a: MultiScalar;
  readonly b1: MultiScalar;
  readonly b2: MultiScalar;
  /** C and H together. */
  readonly c: MultiScalar;
  /** For a, b1 and c, one after another; and for b2. */
  readonly workspaces: readonly [Workspace, Workspace];
  /** Rows of the matrices A and B, for `evaluateRows`. */
  readonly rows: readonly [number, number];
  readonly terms: number;
  readonly values: number;
  /** Elements: the wires. */
  readonly wires: number;
  /** Pairs, 2^domainPower elements each: a, b and c. */
  readonly polynomials: readonly [number, number, number];
  /** Of the transform down (roots inverted) and up. */
  readonly twiddles: { readonly down: number; readonly up: number };
  readonly shifts: number;
  readonly projective: readonly [number, number];
  /** Affine a, b, c as integers. */
  readonly output: number;
}

/**
 * Brings a key into memory; takes some tens of milliseconds. With tables there is room for them:
 * they have yet to be filled.
 * @throws key.bad_file, prove.failed
 */
export function loadKey(
  parts: ProvingKeyParts,
  kernel: ProverKernel,
  arena: Arena,
  hasTables: boolean,
): LoadedKey {
  const { wireCount, publicCount, domainPower } = parts;
  const size = 2 ** domainPower;
  const even = (count: number) => count + (count & 1);
  const blinding = { r: wireCount, s: wireCount + 1, minusRs: wireCount + 2 };
  const firstQuotient = even(wireCount + 3);
  // Scalars are written two at a time.
  const scalarCount = firstQuotient + Math.max(2, size);

  const witnessWindows = windowsFor(FULL_SHARE * wireCount, hasTables);
  const quotientWindows = windowsFor(FULL_SHARE * wireCount + size, hasTables);
  const scalars = arena.allocate(scalarCount * SCALAR_BYTES);
  const digits = (cut: Windows, count: number) => arena.allocate(2 * cut.windows * count);
  const witnessDigits = digits(witnessWindows, firstQuotient);
  const quotientDigits = digits(quotientWindows, scalarCount);

  /** Points and the scalars they go with: sections of a zkey, and single points. */
  const points = (
    group: Group,
    cut: Windows,
    sources: readonly (readonly [Uint8Array, number])[],
  ): MultiScalar => {
    const stored = storedPointBytes(group);
    const capacity = sources.reduce((sum, [bytes]) => sum + bytes.length / stored, 0);
    const wires = arena.allocate(4 * capacity);
    const result = arena.allocate(projectiveBytes(group));
    const table = arena.allocate(capacity * pointBytes(group));
    const mark = arena.mark;
    let count = 0;
    for (const [bytes, wire] of sources) {
      const source = arena.allocate(bytes.length);
      arena.bytes(source, bytes.length).set(bytes);
      const place = [table + count * pointBytes(group), wires + 4 * count] as const;
      count += kernel[`importPoints${group}`](...place, source, bytes.length / stored, wire);
      arena.release(mark);
    }
    arena.release(table);
    arena.allocate((cut.windows / cut.sets) * count * pointBytes(group));
    return { group, table, wires, count, result, ...cut };
  };
  const a = points(1, witnessWindows, [
    [parts.alpha1, 0],
    [parts.delta1, blinding.r],
    [parts.a, 0],
  ]);
  const b1 = points(1, witnessWindows, [
    [parts.beta1, 0],
    [parts.delta1, blinding.s],
    [parts.b1, 0],
  ]);
  const b2 = points(2, witnessWindows, [
    [parts.beta2, 0],
    [parts.delta2, blinding.s],
    [parts.b2, 0],
  ]);
  const c = points(1, quotientWindows, [
    [parts.delta1, blinding.minusRs],
    [parts.c, publicCount + 1],
    [parts.h, firstQuotient],
  ]);

  return {
    wireCount,
    publicCount,
    domainPower,
    scalars,
    quotientScalars: scalars + firstQuotient * SCALAR_BYTES,
    blinding,
    witnessWindows,
    witnessDigits,
    quotientWindows,
    quotientDigits,
    ...{ a, b1, b2, c },
    workspaces: [workspaceFor(arena, [a, b1, c]), workspaceFor(arena, [b2])],
    ...loadRows(parts, size, kernel, arena),
    wires: arena.allocate(even(wireCount) * ELEMENT_BYTES),
    polynomials: [0, 1, 2].map(() => arena.allocate(even(size) * ELEMENT_BYTES)) as never,
    ...loadRoots(domainPower, kernel, arena),
    projective: [arena.allocate(3 * PAIR_BYTES), arena.allocate(3 * PAIR_BYTES)],
    output: arena.allocate(64 + 128 + 64),
  };
}

/** Matrices by rows: for each its terms, wire and value. */
function loadRows(parts: ProvingKeyParts, size: number, kernel: ProverKernel, arena: Arena) {
  const { coefficients, wireCount } = parts;
  const count = coefficients.length / STORED_TERM_BYTES;
  // A domain of one has two rows all the same: rows are evaluated two at a time.
  const rowCount = Math.max(2, size);
  const rows = arena.allocate(4 * (2 * rowCount + 2));
  const terms = arena.allocate(8 * count);
  const values = arena.allocate(ELEMENT_BYTES * count);
  const mark = arena.mark;
  const source = arena.allocate(coefficients.length);
  arena.bytes(source, coefficients.length).set(coefficients);
  const place = [rows, terms, values, source] as const;
  if (!kernel.sortTerms(...place, count, rowCount, size, wireCount)) {
    throw new CanbaoError('key.bad_file', { kind: 'zkey', reason: 'a coefficient is misplaced' });
  }
  arena.release(mark);
  return { rows: [rows, rows + 4 * rowCount] as const, terms, values };
}

/**
 * Twiddle factors by layer; and 1/N times the powers of the 2N-th root, bit-reversed, which move
 * values from the domain to its coset.
 */
function loadRoots(power: number, kernel: ProverKernel, arena: Arena) {
  const size = 2 ** power;
  const pairsSize = Math.max(2, size);
  const twiddles = {
    down: arena.allocate(pairsSize * ELEMENT_BYTES),
    up: arena.allocate(pairsSize * ELEMENT_BYTES),
  };
  const shifts = arena.allocate(pairsSize * ELEMENT_BYTES);
  const mark = arena.mark;
  const list = arena.allocate(pairsSize * ELEMENT_BYTES + 64);
  const base = arena.allocate(PAIR_BYTES);
  const first = arena.allocate(PAIR_BYTES);
  const element = (at: number, value: bigint) => {
    const bytes = arena.allocate(64);
    const view = viewOf(arena.bytes(bytes, 64));
    writeUint256(view, 0, value);
    writeUint256(view, 32, value);
    // As elements at list, list + 40; as a pair alike in both.
    kernel.importScalars(list, bytes, 2, kernel.scalarFromInteger());
    kernel.pairUp(at, list, 1, 1);
  };
  const root = rootOfUnity(power);
  for (const [table, value] of [
    [twiddles.down, Fr.inv(root)],
    [twiddles.up, root],
  ] as const) {
    element(base, value);
    kernel.powers(list, size / 2, kernel.scalarOne(), base);
    for (let half = 2; half < size; half *= 2) {
      kernel.pairUp(table + half * ELEMENT_BYTES, list, half / 2, size / 2 / half);
    }
  }
  element(base, rootOfUnity(power + 1));
  element(first, Fr.inv(BigInt(size)));
  kernel.powers(list, size, first, base);
  if (size > 1) kernel.pairUpReversed(shifts, list, power);
  else kernel.pairUp(shifts, list, 1, 1);
  arena.release(mark);
  return { twiddles, shifts };
}
