import { sha256Hex } from '../groth16/artifacts.ts';
import type { KeyEntry } from '../groth16/manifest.ts';
import { verificationKeyFromZkey } from '../groth16/zkey.ts';
import { compactDevelopmentKey } from './development-keys.ts';
import type { KeyStore } from './key-store.ts';

/** Files of a statement that are given out; see `sdk/artifacts.ts` for who fetches which. */
export const PUBLISHED_FILES = [
  'circuit.graph',
  'circuit.wasm',
  'circuit.ckey',
  'circuit.zkey',
  'verification_key.json',
] as const;
export type PublishedFile = (typeof PUBLISHED_FILES)[number];

/** Bytes and their SHA-256, in lower-case hex. */
export interface HashedFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** What is given out of a statement, so that others can prove and verify. */
export interface PublishedKeys {
  readonly entry: KeyEntry;
  /** Not every circuit has a graph. */
  readonly files: ReadonlyMap<PublishedFile, HashedFile>;
}

const known = new WeakMap<KeyStore, Map<string, Promise<PublishedKeys>>>();

/**
 * A statement's keys with the compact one: read once a process, made where it is not there yet,
 * which takes seconds.
 * @throws as `KeyStore.get`
 */
export function publishedKeys(keys: KeyStore, statement: string): Promise<PublishedKeys> {
  const ofStore = known.get(keys) ?? new Map<string, Promise<PublishedKeys>>();
  known.set(keys, ofStore);
  const loading = ofStore.get(statement) ?? load(keys, statement);
  ofStore.set(statement, loading);
  loading.catch(() => ofStore.delete(statement));
  return loading;
}

async function load(keys: KeyStore, statement: string): Promise<PublishedKeys> {
  const { artifacts, entry: bound } = await keys.get(statement);
  const key = { zkey: artifacts.zkey, entry: bound };
  const { compactKey, entry } = await compactDevelopmentKey(statement, artifacts, key);
  const verificationKey = JSON.stringify(verificationKeyFromZkey(artifacts.zkey));
  const files = new Map<PublishedFile, HashedFile>();
  const add = (file: PublishedFile, bytes: Uint8Array | undefined, sha256: string | undefined) => {
    if (bytes && sha256) files.set(file, { bytes, sha256 });
  };
  add('circuit.graph', artifacts.graph, entry.graph);
  add('circuit.wasm', artifacts.wasm, entry.wasm);
  add('circuit.ckey', compactKey, entry.compactKey);
  add('circuit.zkey', artifacts.zkey, entry.zkey);
  const json = Buffer.from(verificationKey);
  add('verification_key.json', json, sha256Hex(json));
  return { entry, files };
}
