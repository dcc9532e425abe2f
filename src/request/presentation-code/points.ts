import { bn254 } from '@noble/curves/bn254.js';
import { numberToBytesBE } from '@noble/curves/utils.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { COORDINATE_ORDER, type G1, type G2, isG1, isG2 } from '../../groth16/points.ts';
import type { Groth16Proof } from '../../groth16/proof.ts';
import { BadBytes, type CodeReader } from './bytes.ts';

/**
 * A point as its x, big-endian, of G2 c1 before c0; the highest bit, which no coordinate needs, is
 * the lowest of y, or of y.c1 where y.c0 is 0: y and q − y never share it.
 */
const COORDINATE_BYTES = 32;
const SIGN = 1n << 255n;

const { Fp, Fp2 } = bn254.fields;
const g1B = bn254.G1.Point.CURVE().b;
const g2B = bn254.G2.Point.CURVE().b;

/** 128 bytes. @throws BadBytes where a point is not of its group, or is the one at infinity */
export function proofBytes({ a, b, c }: Groth16Proof): Uint8Array {
  assertPoints({ a, b, c });
  const [[x0, x1], y] = b;
  return concatBytes(
    coordinate(a[0], isOdd(a[1])),
    coordinate(x1, isOddPair(y)),
    coordinate(x0, false),
    coordinate(c[0], isOdd(c[1])),
  );
}

/** @throws BadBytes where there is no such point in its group */
export function readProof(reader: CodeReader): Groth16Proof {
  const a = readG1(reader);
  const b = readG2(reader);
  const proof = { a, b, c: readG1(reader) };
  assertPoints(proof);
  return proof;
}

function assertPoints({ a, b, c }: Groth16Proof): void {
  if (!isG1(a) || !isG2(b) || !isG1(c))
    throw new BadBytes('a point of the proof is not of its group');
}

function coordinate(x: bigint, sign: boolean): Uint8Array {
  return numberToBytesBE(sign ? x | SIGN : x, COORDINATE_BYTES);
}

function readCoordinate(reader: CodeReader): { x: bigint; sign: boolean } {
  const word = reader.number(COORDINATE_BYTES);
  const x = word & (SIGN - 1n);
  if (x >= COORDINATE_ORDER) throw new BadBytes('a coordinate is not below the order of its field');
  return { x, sign: word >= SIGN };
}

function readG1(reader: CodeReader): G1 {
  const { x, sign } = readCoordinate(reader);
  const y = root(() => Fp.sqrt(Fp.add(Fp.mul(Fp.sqr(x), x), g1B)));
  return [x, isOdd(y) === sign ? y : Fp.neg(y)];
}

function readG2(reader: CodeReader): G2 {
  const { x: c1, sign } = readCoordinate(reader);
  const { x: c0, sign: second } = readCoordinate(reader);
  if (second) throw new BadBytes('a bit is set that has no meaning');
  const x = { c0, c1 };
  const found = root(() => Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), g2B)));
  const y = isOddPair([found.c0, found.c1]) === sign ? found : Fp2.neg(found);
  return [
    [c0, c1],
    [y.c0, y.c1],
  ];
}

function isOdd(y: bigint): boolean {
  return y % 2n === 1n;
}

function isOddPair([c0, c1]: readonly [bigint, bigint]): boolean {
  return isOdd(c0 === 0n ? c1 : c0);
}

function root<T>(take: () => T): T {
  try {
    return take();
  } catch {
    throw new BadBytes('an x of the proof is on no point');
  }
}
