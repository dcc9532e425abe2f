import { blake2b } from '@noble/hashes/blake2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { buildBn128, ChaCha, type Curve } from 'ffjavascript';
import type { PointHex } from './point-hex.ts';
import type { CeremonyStep } from './transcript.ts';

/** A secret's public traces, as far as {@link ContributionProofs} takes them. */
type Traces = Pick<CeremonyStep, 'delta1' | 'g1s' | 'g1sx' | 'g2spx' | 'transcript'>;

/** What the pairings of snarkjs's phase 2 say of a contribution. */
export interface ContributionProofs {
  /** Whether one secret x is behind g1sx = x · g1s and g2spx = x · sp. */
  isProven(step: Traces): Promise<boolean>;
  /** Whether delta grew by just that secret. */
  isApplied(before: PointHex, step: Traces): Promise<boolean>;
  /** Whether delta is the same in both groups. */
  isSame(step: Pick<CeremonyStep, 'delta1' | 'delta2'>): Promise<boolean>;
  /** g1s and g1sx of a beacon. */
  beaconPoints(value: string, iterations: number): readonly [g1s: Uint8Array, g1sx: Uint8Array];
  isPoint(point: PointHex, expected: Uint8Array): boolean;
}

let loaded: Promise<ContributionProofs> | undefined;

/** The curve on the calling thread: it starts no workers, and runs in pages as well. */
export function contributionProofs(): Promise<ContributionProofs> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ContributionProofs> {
  const curve = await buildBn128(true);
  const { G1, G2 } = curve;
  const g1 = (point: PointHex) => G1.fromRprUncompressed(hexToBytes(point), 0);
  const g2 = (point: PointHex) => G2.fromRprUncompressed(hexToBytes(point), 0);
  const isSameRatio = (a: Uint8Array, ax: Uint8Array, b: Uint8Array, bx: Uint8Array) =>
    curve.pairingEq(a, bx, G1.neg(ax), b);
  return {
    isProven: ({ g1s, g1sx, g2spx, transcript }) =>
      isSameRatio(g1(g1s), g1(g1sx), challengePoint(curve, transcript), g2(g2spx)),
    isApplied: (before, { delta1, g2spx, transcript }) =>
      isSameRatio(g1(before), g1(delta1), challengePoint(curve, transcript), g2(g2spx)),
    isSame: ({ delta1, delta2 }) => isSameRatio(G1.g, g1(delta1), G2.g, g2(delta2)),
    beaconPoints(value, iterations) {
      const rng = new ChaCha(seedOf(beaconHash(value, iterations)));
      const secret = curve.Fr.fromRng(rng);
      const g1s = G1.fromRng(rng);
      return [g1s, G1.timesFr(g1s, secret)];
    },
    isPoint: (point, expected) => G1.eq(g1(point), expected),
  };
}

/** The point sp that the secret has to be applied to as well: nobody could have chosen it. */
function challengePoint(curve: Curve, transcript: string): Uint8Array {
  return curve.G2.fromRng(new ChaCha(seedOf(hexToBytes(transcript))));
}

/** The first eight words of a hash, big-endian. */
function seedOf(hash: Uint8Array): number[] {
  const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength);
  return Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i));
}

const beacons = new Map<string, Uint8Array>();

/** SHA-256, 2^iterations times over; kept, for every statement has the same. */
function beaconHash(value: string, iterations: number): Uint8Array {
  const id = `${value}/${iterations}`;
  const known = beacons.get(id);
  if (known) return known;
  let hash = hexToBytes(value);
  for (let i = 0; i < 2 ** iterations; i++) hash = sha256(hash);
  beacons.clear();
  beacons.set(id, hash);
  return hash;
}

/** What a contribution's points are hashed in: all of it, as the next one is bound to. */
function pointBytes({ delta1, g1s, g1sx, g2spx, transcript }: Traces): Uint8Array {
  return hexToBytes(delta1 + g1s + g1sx + g2spx + transcript);
}

/** The transcript a contribution must have, by the circuit and the contributions before it. */
export function expectedTranscript(
  circuitHash: string,
  before: readonly Traces[],
  { g1s, g1sx }: Traces,
): string {
  const bytes = [hexToBytes(circuitHash), ...before.map(pointBytes), hexToBytes(g1s + g1sx)];
  return bytesToHex(blake2b(concatBytes(...bytes), { dkLen: 64 }));
}

/** snarkjs's “contribution hash”. */
export function contributionHash(step: Traces): string {
  return bytesToHex(blake2b(pointBytes(step), { dkLen: 64 }));
}
