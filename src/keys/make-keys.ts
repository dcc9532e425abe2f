import { shake256 } from '@noble/hashes/sha3.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { RandomBytes } from '../core/random.ts';
import { describeArtifacts, sha256Hex } from '../groth16/artifacts.ts';
import { encodeCompactKey } from '../groth16/compact-key/encode.ts';
import { developmentSetup } from '../groth16/development-setup.ts';
import type { KeyEntry } from '../groth16/manifest.ts';
import type { CompiledCircuit } from './circuit-build.ts';
import type { KeyFiles } from './key-files.ts';

/** Files of a statement, with the manifest entry that binds them. */
export interface MadeKeys {
  readonly files: KeyFiles;
  readonly entry: KeyEntry;
}

/**
 * The **development** key of a circuit, and what goes with it. Its randomness is public: the same
 * circuit gives the same files everywhere, so that what ships can be made again and compared, and
 * anybody can prove anything under such a key, which is what `development` says.
 * @throws key.bad_file
 */
export async function makeDevelopmentKeys(
  statement: string,
  circuit: CompiledCircuit,
  onProgress: (share: number) => void = () => {},
): Promise<MadeKeys> {
  const { r1cs, wasm, graph, tools, sources } = circuit;
  const randomness = publicRandomness(`${statement}:${sha256Hex(r1cs)}`);
  const zkey = await developmentSetup(r1cs, { randomness, onProgress });
  const compactKey = await encodeCompactKey(zkey);
  const described = describeArtifacts({ r1cs, wasm, graph, zkey, compactKey }, tools);
  return { files: { graph, wasm, compactKey }, entry: { ...described, sources } };
}

function publicRandomness(name: string): RandomBytes {
  const stream = shake256.create().update(utf8ToBytes(`canbao/development-key/v1:${name}`));
  return (length) => stream.xof(length);
}
