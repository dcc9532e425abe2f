import { onceEach } from '../../../src/core/once-each.ts';
import {
  type KeyEntry,
  type KeyManifest,
  keyEntry,
  parseManifest,
} from '../../../src/groth16/manifest.ts';
import { decodeVerificationKey } from '../../../src/groth16/verification-key.ts';
import type { ArtifactFile } from '../../../src/sdk/artifacts.ts';
import type { KeysPort } from '../../../src/verify/ports.ts';
import { keptAnswer } from './kept-answers.ts';

const manifestAt = onceEach(async (path: string) => parseManifest(await keptAnswer(path)));

/**
 * `GET /v1/keys`, asked once a page. It comes from where the page's scripts do, and is as
 * trustworthy as they are.
 * @throws sdk.unreachable, key.bad_file
 */
export function keyManifest(): Promise<KeyManifest> {
  return manifestAt('/v1/keys');
}

const hashNames = {
  'circuit.graph': 'graph',
  'circuit.wasm': 'wasm',
  'circuit.ckey': 'compactKey',
  'circuit.zkey': 'zkey',
} as const satisfies Record<ArtifactFile, keyof KeyEntry>;

/** Where a statement's file is, by its hash: what is there never changes. */
export function artifactUrl(manifest: KeyManifest, statement: string, file: ArtifactFile): string {
  const hash = keyEntry(manifest, statement)[hashNames[file]];
  return `${location.origin}/v1/keys/${statement}/${file}?sha256=${hash}`;
}

/** Verification keys, each fetched once it is needed and held against the manifest. */
export async function verificationKeys(): Promise<KeysPort> {
  const manifest = await keyManifest();
  return {
    get: onceEach(async (statement: string) => {
      const json = await keptAnswer(`/v1/keys/${statement}/verification_key.json`);
      return {
        entry: keyEntry(manifest, statement),
        verificationKey: decodeVerificationKey(json),
      };
    }),
  };
}
