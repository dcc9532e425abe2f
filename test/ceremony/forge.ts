import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bn254 } from '@noble/curves/bn254.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { buildBn128, ChaCha } from 'ffjavascript';
import { expectedTranscript } from '../../src/ceremony/contribution-proof.ts';
import { keyHistory, lastStep } from '../../src/ceremony/key-history.ts';
import { g1ToHex, g2ToHex } from '../../src/ceremony/point-hex.ts';
import { PUBLISHED_PHASE1 } from '../../src/ceremony/published-phase1.ts';
import { type Attestation, headOf, type Transcript } from '../../src/ceremony/transcript.ts';
import { readTranscript } from '../../src/ceremony/work/ceremony-folder.ts';
import { applyBeaconTo } from '../../src/ceremony/work/phase2.ts';
import { readSections, viewOf, writeSections, writeUint256 } from '../../src/groth16/bin-file.ts';
import { type G1, type G2, toG1Point, toG2Point } from '../../src/groth16/points.ts';
import { readZkey } from '../../src/groth16/zkey.ts';
import {
  readZkeyContributions,
  type ZkeyContribution,
} from '../../src/groth16/zkey-contributions.ts';
import { ZKEY, ZKEY_SECTION } from '../../src/groth16/zkey-sections.ts';

const { Fp, Fr } = bn254.fields;

/** A zkey with some of its sections made anew. */
export function withSections(
  zkey: Uint8Array,
  edits: Readonly<Record<number, (bytes: Uint8Array) => Uint8Array>>,
): Uint8Array {
  const sections = [...readSections(zkey, ZKEY.magic, ZKEY.version)];
  return writeSections(
    ZKEY.magic,
    ZKEY.version,
    sections.map(([id, bytes]) => [id, edits[id]?.(bytes.slice()) ?? bytes] as const),
  );
}

/** Makes an attestation say what the keys beside it hold, as a cheat with time would. */
export async function attestAgain(
  folder: string,
  edit: (attestation: Attestation) => Attestation = (same) => same,
): Promise<void> {
  const path = join(folder, 'attestation.json');
  const attestation: Attestation = JSON.parse(await readFile(path, 'utf8'));
  const statements: Record<string, Attestation['statements'][string]> = {};
  for (const statement of Object.keys(attestation.statements)) {
    statements[statement] = lastStep(keyHistory(await readFile(join(folder, `${statement}.zkey`))));
  }
  await writeFile(path, JSON.stringify(edit({ ...attestation, statements })));
}

export async function editAttestation(
  folder: string,
  edit: (attestation: Attestation) => Attestation,
): Promise<void> {
  const path = join(folder, 'attestation.json');
  await writeFile(path, JSON.stringify(edit(JSON.parse(await readFile(path, 'utf8')))));
}

export async function editZkey(
  folder: string,
  statement: string,
  edit: (zkey: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<void> {
  const path = join(folder, `${statement}.zkey`);
  await writeFile(path, await edit(new Uint8Array(await readFile(path))));
}

/** How a contribution is made when nobody keeps to the rules. */
export interface Forgery {
  readonly secret: bigint;
  /** The secret that is proven; another than the one applied is a lie. */
  readonly proven?: bigint;
  readonly name: string;
}

/** Contributes a secret of one's own choice: all the rest as snarkjs does. */
export async function contributeSecret(
  zkey: Uint8Array,
  { secret, proven = secret, name }: Forgery,
): Promise<Uint8Array> {
  const { contributions, circuitHash } = readZkeyContributions(zkey);
  const { delta } = readZkey(zkey);
  const last = contributions.at(-1);
  const g1s = multiply1([1n, 2n], 12345n);
  const g1sx = multiply1(g1s, proven);
  const hex = (one: ZkeyContribution) => ({
    ...{ delta1: g1ToHex(one.delta1), g1s: g1ToHex(one.g1s), g1sx: g1ToHex(one.g1sx) },
    ...{ g2spx: g2ToHex(one.g2spx), transcript: bytesToHex(one.transcript) },
  });
  const draft = {
    delta1: multiply1(last?.delta1 ?? [1n, 2n], secret),
    ...{ g1s, g1sx, g2spx: await challenge('00'.repeat(64)), transcript: new Uint8Array(64) },
    ...{ name, beacon: undefined },
  };
  const transcript = expectedTranscript(
    bytesToHex(circuitHash),
    contributions.map(hex),
    hex(draft),
  );
  const g2spx = multiply2(await challenge(transcript), proven);
  const made = { ...draft, g2spx, transcript: hexToBytes(transcript) };
  const inverse = Fr.inv(secret);
  const divided = (bytes: Uint8Array) => mapG1(bytes, (point) => multiply1(point, inverse));
  return withSections(zkey, {
    [ZKEY_SECTION.header]: (bytes) => withDelta(bytes, made.delta1, multiply2(delta, secret)),
    [ZKEY_SECTION.c]: divided,
    [ZKEY_SECTION.h]: divided,
    [ZKEY_SECTION.contributions]: () => contributionsBytes(circuitHash, [...contributions, made]),
  });
}

async function challenge(transcript: string): Promise<G2> {
  const { G2 } = await buildBn128(true);
  const view = viewOf(hexToBytes(transcript));
  const seed = Array.from({ length: 8 }, (_, i) => view.getUint32(4 * i));
  const group = G2 as typeof G2 & {
    toObject(point: Uint8Array): bigint[][];
    toAffine(p: Uint8Array): Uint8Array;
  };
  const [x, y] = group.toObject(group.toAffine(G2.fromRng(new ChaCha(seed))));
  return [
    [x?.[0] ?? 0n, x?.[1] ?? 0n],
    [y?.[0] ?? 0n, y?.[1] ?? 0n],
  ];
}

/** The contributions section, by persons alone. */
export function contributionsBytes(
  circuitHash: Uint8Array,
  contributions: readonly ZkeyContribution[],
): Uint8Array {
  const count = uint32(contributions.length);
  const parts = contributions.flatMap(({ delta1, g1s, g1sx, g2spx, transcript, name = '' }) => {
    const text = utf8ToBytes(name);
    const parameters = concatBytes(new Uint8Array([1, text.length]), text);
    return [
      ...[g1Bytes(delta1), g1Bytes(g1s), g1Bytes(g1sx), g2Bytes(g2spx), transcript],
      ...[uint32(0), uint32(parameters.length), parameters],
    ];
  });
  return concatBytes(circuitHash, count, ...parts);
}

function mapG1(bytes: Uint8Array, edit: (point: G1) => G1): Uint8Array {
  const edited = bytes.slice();
  for (let at = 0; at < bytes.length; at += 64) {
    const point = g1Of(bytes.subarray(at, at + 64));
    // Wires that no constraint holds have the point at infinity.
    if (point[0] !== 0n || point[1] !== 0n) edited.set(g1Bytes(edit(point)), at);
  }
  return edited;
}

function g1Of(bytes: Uint8Array): G1 {
  const number = (part: Uint8Array) =>
    Fp.div(BigInt(`0x${bytesToHex(part.slice().reverse())}`), Fp.create(1n << 256n));
  return [number(bytes.subarray(0, 32)), number(bytes.subarray(32))];
}

function coordinates(...values: bigint[]): Uint8Array {
  const bytes = new Uint8Array(32 * values.length);
  for (const [i, value] of values.entries()) {
    writeUint256(viewOf(bytes), 32 * i, Fp.mul(value, Fp.create(1n << 256n)));
  }
  return bytes;
}

export function g1Bytes([x, y]: G1): Uint8Array {
  return coordinates(x, y);
}

function g2Bytes([x, y]: G2): Uint8Array {
  return coordinates(...x, ...y);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, true);
  return bytes;
}

/**
 * A transcript that holds in itself and claims a published phase 1: of the keys of a ceremony that
 * had none, each secret known.
 */
export async function publishedInName({
  folder,
}: {
  readonly folder: string;
}): Promise<Transcript> {
  const { setup } = await readTranscript(folder);
  const [published] = [...PUBLISHED_PHASE1].map(([power, blake2b]) => ({ power, blake2b }));
  if (!published) throw new Error('no published file');
  const claimed = { ...setup, phase1: { kind: 'published' as const, ...published } };
  const zkeys = new Map<string, Uint8Array>();
  for (const statement of Object.keys(setup.statements)) {
    zkeys.set(statement, await readFile(join(folder, '0000', `${statement}.zkey`)));
  }
  let transcript: Transcript = { setup: claimed, contributions: [] };
  const add = async (
    name: string,
    beacon: Attestation['beacon'],
    make: (zkey: Uint8Array) => Promise<Uint8Array>,
  ) => {
    const statements: Record<string, Attestation['statements'][string]> = {};
    for (const [statement, zkey] of zkeys) {
      const made = await make(zkey);
      zkeys.set(statement, made);
      statements[statement] = lastStep(keyHistory(made));
    }
    const { contributions } = transcript;
    const attestation: Attestation = {
      ...{ format: 'canbao/ceremony-attestation@1', number: contributions.length + 1, name },
      ...{ previous: headOf(transcript), at: 1_800_000_000, software: {}, statements },
      ...(beacon && { beacon }),
    };
    transcript = { setup: claimed, contributions: [...contributions, attestation] };
  };
  for (const [i, name] of ['One', 'Two', 'Three'].entries()) {
    await add(name, undefined, (zkey) => contributeSecret(zkey, { secret: BigInt(i + 2), name }));
  }
  const value = '5a'.repeat(32);
  const { iterations } = setup.beacon;
  await add('beacon', { value }, (zkey) =>
    applyBeaconTo(zkey, { name: 'beacon', value, iterations }),
  );
  return transcript;
}

/** delta replaced by thrice itself, wherever it is written; the proof is left as it was. */
export function replaceDelta(zkey: Uint8Array): Uint8Array {
  const { circuitHash, contributions } = readZkeyContributions(zkey);
  const last = contributions.at(-1);
  if (!last) throw new Error('no contribution');
  const { delta } = readZkey(zkey);
  const delta1 = multiply1(last.delta1, 3n);
  return withSections(zkey, {
    [ZKEY_SECTION.header]: (bytes) => withDelta(bytes, delta1, multiply2(delta, 3n)),
    [ZKEY_SECTION.contributions]: () =>
      contributionsBytes(circuitHash, [...contributions.slice(0, -1), { ...last, delta1 }]),
  });
}

function withDelta(header: Uint8Array, delta1: G1, delta2: G2): Uint8Array {
  const at = header.length - 64 - 128;
  header.set(g1Bytes(delta1), at);
  header.set(g2Bytes(delta2), at + 64);
  return header;
}

function multiply1(point: G1, by: bigint): G1 {
  const { x, y } = toG1Point(point).multiply(by).toAffine();
  return [x, y];
}

function multiply2(point: G2, by: bigint): G2 {
  const { x, y } = toG2Point(point).multiply(by).toAffine();
  return [
    [x.c0, x.c1],
    [y.c0, y.c1],
  ];
}
