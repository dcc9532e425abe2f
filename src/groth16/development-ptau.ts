import { bn254 } from '@noble/curves/bn254.js';
import { type RandomBytes, systemRandom } from '../core/random.ts';
import { viewOf, writeSections, writeUint256 } from './bin-file.ts';
import { countedMultiples } from './counted-multiples.ts';
import { buildFixedBases } from './fixed-base.ts';
import { lagrangeAt, rootOfUnity } from './lagrange.ts';
import { PTAU, PTAU_SECTION as SECTION } from './ptau-sections.ts';
import { randomScalar } from './random-scalar.ts';

const { Fp, Fr } = bn254.fields;

export interface DevelopmentPtauOptions {
  readonly randomness?: RandomBytes;
  /** Share of the work done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * **Development only.** A phase 1 file, prepared for phase 2, for circuits of up to 2^power rows. It is
 * made by one party in seconds, where a true one takes many minutes: whoever runs this knows tau for
 * a moment, so every point is a multiple of a fixed base. A key made from it stays a development key,
 * whoever contributes to it.
 */
export async function developmentPtau(
  power: number,
  { randomness = systemRandom, onProgress = () => {} }: DevelopmentPtauOptions = {},
): Promise<Uint8Array> {
  const tau = randomScalar(randomness);
  const alpha = randomScalar(randomness);
  const beta = randomScalar(randomness);
  const size = 2 ** power;
  const powers = powersOf(tau, 2 * size - 1);
  const first = powers.slice(0, size);
  const lagrange = Array.from({ length: power + 1 }, (_, p) => lagrangeAt(tau, p)).flat();
  const times = (factor: bigint, values: readonly bigint[]) =>
    values.map((value) => Fr.mul(factor, value));

  const { g1, g2 } = await buildFixedBases(8 * size);
  // The points below, one in G2 counted as three.
  const multiples = countedMultiples(21 * size - 7, onProgress);

  return writeSections(PTAU.magic, PTAU.version, [
    [SECTION.header, header(power)],
    [SECTION.tauG1, await multiples(g1, powers)],
    [SECTION.tauG2, await multiples(g2, first, 3)],
    [SECTION.alphaTauG1, await multiples(g1, times(alpha, first))],
    [SECTION.betaTauG1, await multiples(g1, times(beta, first))],
    [SECTION.betaG2, g2.multiples([beta])],
    [SECTION.contributions, new Uint8Array(4)],
    [SECTION.lagrangeG1, await multiples(g1, [...lagrange, ...doubledDomain(powers, tau)])],
    [SECTION.lagrangeG2, await multiples(g2, lagrange, 3)],
    [SECTION.lagrangeAlphaG1, await multiples(g1, times(alpha, lagrange))],
    [SECTION.lagrangeBetaG1, await multiples(g1, times(beta, lagrange))],
  ]);
}

/** 1, tau, tau², … */
function powersOf(tau: bigint, count: number): bigint[] {
  const powers: bigint[] = [];
  for (let i = 0, power = 1n; i < count; i++, power = Fr.mul(power, tau)) powers.push(power);
  return powers;
}

/**
 * Lagrange values over twice the domain, on whose odd roots h is given. The file has 2N − 1 powers of
 * tau; snarkjs takes 0 for the missing last one, which h·Z never reaches.
 */
function doubledDomain(powers: readonly bigint[], tau: bigint): bigint[] {
  const count = powers.length + 1;
  const power = Math.log2(count);
  const root = rootOfUnity(power);
  const missing = Fr.div(Fr.mul(powers.at(-1) ?? 0n, tau), BigInt(count));
  let point = 1n;
  return lagrangeAt(tau, power).map((value) => {
    const without = Fr.sub(value, Fr.mul(missing, point));
    point = Fr.mul(point, root);
    return without;
  });
}

/** n8 u32, q, power u32, power of the ceremony it was cut from u32. */
function header(power: number): Uint8Array {
  const bytes = new Uint8Array(4 + 32 + 4 + 4);
  const view = viewOf(bytes);
  view.setUint32(0, 32, true);
  writeUint256(view, 4, Fp.ORDER);
  view.setUint32(36, power, true);
  view.setUint32(40, power, true);
  return bytes;
}
