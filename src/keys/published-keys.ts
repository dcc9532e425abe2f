import { sha256Hex } from '../groth16/artifacts.ts';
import type { KeyEntry } from '../groth16/manifest.ts';
import { verificationKeyFromZkey } from '../groth16/zkey.ts';
import type { KeyStore, SnarkjsFiles, StatementKeys } from './key-store.ts';

/** Files of a statement that are given out; see `sdk/artifacts.ts` for who fetches which. */
export const PUBLISHED_FILES = [
  'circuit.graph',
  'circuit.wasm',
  'circuit.ckey',
  'circuit.zkey',
  'verification_key.json',
] as const;
export type PublishedFile = (typeof PUBLISHED_FILES)[number];

/** A file that is given out. */
export interface HashedFile {
  /** In lower-case hex. */
  readonly sha256: string;
  bytes(): Promise<Uint8Array>;
}

/** What is given out of a statement, so that others can prove and verify. */
export interface PublishedKeys {
  readonly entry: KeyEntry;
  /** Not every circuit has a graph. */
  readonly files: ReadonlyMap<PublishedFile, HashedFile>;
}

const known = new WeakMap<StatementKeys, PublishedKeys>();

/** A statement's keys by the names they go out under. @throws as `KeyStore.get` */
export async function publishedKeys(keys: KeyStore, statement: string): Promise<PublishedKeys> {
  const opened = await keys.get(statement);
  const published = known.get(opened) ?? describe(opened);
  known.set(opened, published);
  return published;
}

function describe({ artifacts, entry, snarkjsFiles }: StatementKeys): PublishedKeys {
  const files = new Map<PublishedFile, HashedFile>();
  const add = (file: PublishedFile, sha256: string | undefined, bytes: () => Promise<Uint8Array>) =>
    sha256 && files.set(file, { sha256, bytes });
  // Few ask for what snarkjs takes: decoded for the first, and kept.
  let made: Promise<SnarkjsFiles> | undefined;
  const full = async (name: keyof SnarkjsFiles) => {
    made ??= snarkjsFiles();
    made.catch(() => {
      made = undefined;
    });
    return (await made)[name];
  };
  const key = Buffer.from(JSON.stringify(verificationKeyFromZkey(artifacts.zkey)));
  add('circuit.graph', entry.graph, async () => artifacts.graph ?? new Uint8Array());
  add('circuit.wasm', entry.wasm, () => full('wasm'));
  add('circuit.ckey', entry.compactKey, async () => artifacts.zkey);
  add('circuit.zkey', entry.zkey, () => full('zkey'));
  add('verification_key.json', sha256Hex(key), async () => key);
  return { entry, files };
}
