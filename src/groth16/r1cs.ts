import { CanbaoError } from '../core/errors/canbao-error.ts';
import { FIELD_ORDER } from '../core/field.ts';
import { readSections, readUint256, viewOf } from './bin-file.ts';

/** One summand of a linear combination: `value` times wire `signal`. */
export interface Term {
  readonly signal: number;
  /** In (0, r). */
  readonly value: bigint;
}

/** `<a, w> · <b, w> = <c, w>` over the wires w, of which w[0] = 1. */
export interface Constraint {
  readonly a: readonly Term[];
  readonly b: readonly Term[];
  readonly c: readonly Term[];
}

export interface R1cs {
  /** Wires, the constant one at 0 included. */
  readonly wireCount: number;
  /** Public signals: outputs, then public inputs; wires 1..publicCount. */
  readonly publicCount: number;
  /** Outputs: wires 1..outputCount. */
  readonly outputCount: number;
  /** Public inputs, then private ones: wires outputCount + 1..outputCount + inputCount. */
  readonly inputCount: number;
  readonly constraints: readonly Constraint[];
}

const VERSION = 1;
const SECTION = { header: 1, constraints: 2, labels: 3, customGates: 4 } as const;
/** n8 u32, prime 32 bytes, wires, outputs, public and private inputs u32, labels u64, constraints u32. */
const HEADER_BYTES = 4 + 32 + 4 * 4 + 8 + 4;

/**
 * Reads circom's r1cs file over the BN254 scalar field.
 * @throws key.bad_file
 */
export function readR1cs(file: Uint8Array): R1cs {
  const bad = (reason: string) => new CanbaoError('key.bad_file', { kind: 'r1cs', reason });
  const sections = readSections(file, 'r1cs', VERSION);
  const header = sections.get(SECTION.header);
  const body = sections.get(SECTION.constraints);
  if (header?.length !== HEADER_BYTES || !body) throw bad('a section is missing');
  if (sections.has(SECTION.customGates)) throw bad('it uses custom gates');

  const view = viewOf(header);
  if (view.getUint32(0, true) !== 32 || readUint256(view, 4) !== FIELD_ORDER) {
    throw bad('it is not over the BN254 scalar field');
  }
  const wireCount = view.getUint32(36, true);
  const outputCount = view.getUint32(40, true);
  const publicCount = outputCount + view.getUint32(44, true);
  const inputCount = publicCount - outputCount + view.getUint32(48, true);
  if (publicCount >= wireCount) throw bad('it has more public signals than wires');
  const constraints = readConstraints(body, view.getUint32(60, true), wireCount, bad);
  return { wireCount, publicCount, outputCount, inputCount, constraints };
}

function readConstraints(
  body: Uint8Array,
  count: number,
  wireCount: number,
  bad: (reason: string) => CanbaoError,
): Constraint[] {
  const view = viewOf(body);
  let at = 0;
  const combination = (): Term[] => {
    if (at + 4 > body.length) throw bad('it ends early');
    const length = view.getUint32(at, true);
    at += 4;
    if (length * 36 > body.length - at) throw bad('it ends early');
    const terms: Term[] = [];
    for (let i = 0; i < length; i++, at += 36) {
      const signal = view.getUint32(at, true);
      const value = readUint256(view, at + 4);
      if (signal >= wireCount || value >= FIELD_ORDER) throw bad('a term is out of range');
      if (value !== 0n) terms.push({ signal, value });
    }
    return terms;
  };
  const constraints: Constraint[] = [];
  for (let i = 0; i < count; i++) {
    const a = combination();
    const b = combination();
    constraints.push({ a, b, c: combination() });
  }
  if (at !== body.length) throw bad('bytes follow its last constraint');
  return constraints;
}

/**
 * Number of each wire's signal in circom's symbol table, the same whatever circom simplified.
 * @throws key.bad_file
 */
export function readWireLabels(file: Uint8Array): number[] {
  const labels = readSections(file, 'r1cs', VERSION).get(SECTION.labels);
  if (!labels || labels.length % 8 !== 0) {
    throw new CanbaoError('key.bad_file', { kind: 'r1cs', reason: 'it has no signal numbers' });
  }
  const view = viewOf(labels);
  return Array.from({ length: labels.length / 8 }, (_, wire) =>
    Number(view.getBigUint64(8 * wire, true)),
  );
}
