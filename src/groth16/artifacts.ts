import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { isCompactKey } from './compact-key/format.ts';
import { assertVerificationKey, type KeyEntry, type KeyPolicy } from './manifest.ts';
import type { ProvingArtifacts } from './prover.ts';
import { decodeVerificationKey, verificationKeyHash } from './verification-key.ts';
import { readZkey, verificationKeyFromZkey } from './zkey.ts';

export interface CircuitArtifacts extends ProvingArtifacts {
  readonly r1cs: Uint8Array;
  readonly wasm: Uint8Array;
  /** Made from the zkey. */
  readonly compactKey?: Uint8Array;
}

/** SHA-256 in lower-case hex. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/**
 * The manifest entry of freshly made artifacts. The status is by what the zkey lists: a key
 * without a contribution is a development key.
 * @throws key.bad_file
 */
export function describeArtifacts(
  { r1cs, wasm, graph, zkey, compactKey }: CircuitArtifacts,
  tools: Readonly<Record<string, string>>,
): KeyEntry {
  const { contributions } = readZkey(zkey);
  const key = decodeVerificationKey(verificationKeyFromZkey(zkey));
  return {
    status: contributions === 0 ? 'development' : 'ceremony',
    contributions,
    r1cs: sha256Hex(r1cs),
    wasm: sha256Hex(wasm),
    ...(graph && { graph: sha256Hex(graph) }),
    zkey: sha256Hex(zkey),
    ...(compactKey && { compactKey: sha256Hex(compactKey) }),
    vkeyHash: verificationKeyHash(key),
    tools: { ...tools },
  };
}

/**
 * Everything a prover must know of its files before the first proof. Hashes some megabytes: check
 * once, not for every proof.
 * @throws key.bad_file, key.hash_mismatch, key.unsafe, key.development_refused, key.too_few_contributions
 */
export function assertArtifacts(
  statement: string,
  artifacts: ProvingArtifacts & { readonly r1cs?: Uint8Array },
  entry: KeyEntry,
  policy: KeyPolicy,
): void {
  for (const file of ['r1cs', 'wasm', 'graph', 'zkey'] as const) {
    const bytes = artifacts[file];
    // A compact key has the zkey's place.
    const named = file === 'zkey' && isCompactKey(artifacts.zkey) ? 'compactKey' : file;
    if (bytes && sha256Hex(bytes) !== entry[named]) {
      throw new CanbaoError('key.hash_mismatch', { statement, file });
    }
  }
  const key = decodeVerificationKey(verificationKeyFromZkey(artifacts.zkey));
  assertVerificationKey(statement, key, entry, policy);
  if (readZkey(artifacts.zkey).contributions !== entry.contributions) {
    throw new CanbaoError('key.hash_mismatch', { statement, file: 'contributions' });
  }
}
