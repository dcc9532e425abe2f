import { onceEach } from '../../../src/core/once-each.ts';
import { assertArtifacts } from '../../../src/groth16/artifacts.ts';
import { keyEntry, parseManifest } from '../../../src/groth16/manifest.ts';
import type { ProvingArtifacts } from '../../../src/groth16/prover.ts';
import { decodeVerificationKey } from '../../../src/groth16/verification-key.ts';
import { epochsFromFile } from '../../../src/verify/epochs-file.ts';
import type { EpochsPort, VerifyingKey } from '../../../src/verify/ports.ts';

/** Where the page's server keeps what is the same for everybody, below its own origin. */
export const publishedPaths = {
  epochs: '/epochs.json',
  manifest: '/keys/manifest.json',
  graph: (statement: string) => `/keys/${statement}/circuit.graph`,
  zkey: (statement: string) => `/keys/${statement}/circuit.zkey`,
  verificationKey: (statement: string) => `/keys/${statement}/verification_key.json`,
} as const;

/**
 * What proving a statement needs, fetched and hashed once a page.
 * @throws key.hash_mismatch, key.unknown, key.unsafe
 */
export const provingArtifacts = onceEach(fetchArtifacts);

/** A statement's verification key; the verifier compares it with its entry. @throws key.unknown */
export async function verifyingKey(statement: string): Promise<VerifyingKey> {
  const entry = await entryOf(statement);
  const json = await (await get(publishedPaths.verificationKey(statement))).json();
  return { verificationKey: decodeVerificationKey(json), entry };
}

/** The roots the authorities published. */
export async function publishedEpochs(): Promise<EpochsPort> {
  return epochsFromFile(await (await get(publishedPaths.epochs)).json());
}

async function fetchArtifacts(statement: string): Promise<ProvingArtifacts> {
  const entry = await entryOf(statement);
  const [graph, zkey] = await Promise.all([
    bytes(publishedPaths.graph(statement)),
    bytes(publishedPaths.zkey(statement)),
  ]);
  // Only development keys exist; a page for the public passes `production: true` here.
  assertArtifacts(statement, { graph, zkey }, entry, { production: false });
  return { graph, zkey };
}

/** The manifest comes from where the page's scripts do, and is as trustworthy as they are. */
async function entryOf(statement: string) {
  const manifest = parseManifest(await (await get(publishedPaths.manifest)).json());
  return keyEntry(manifest, statement);
}

async function bytes(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await get(path)).arrayBuffer());
}

async function get(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} is not there: ${response.status}`);
  return response;
}
