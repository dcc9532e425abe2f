import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptContribution } from '../../src/ceremony/work/accept.ts';
import { contribute, contributeBeacon } from '../../src/ceremony/work/contribute.ts';
import { type Circuits, initCeremony } from '../../src/ceremony/work/init-ceremony.ts';
import { compileCircuit } from '../support/compile-circuit.ts';
import { tinyCircuit } from '../support/tiny-circuit.ts';

/** A second circuit, so small that a key of it is made in a moment. */
const OTHER = `
pragma circom 2.1.0;
template Other() {
    signal input secret;
    signal input epochRoot;
    signal input scope;
    signal input requestHash;
    signal input params;
    signal output nullifier;
    signal square <== secret * secret;
    nullifier <== square * params + scope;
}
component main { public [epochRoot, scope, requestHash, params] } = Other();
`;

let other: ReturnType<typeof compileCircuit> | undefined;

/** Two circuits by statement. */
export async function tinyCircuits(statement: string) {
  if (statement === 'tiny@1') return tinyCircuit();
  other ??= compileCircuit(OTHER);
  return other;
}

export const beaconValue = 'b7'.repeat(32);

/** A ceremony over two tiny circuits, in a folder of its own. */
export class TinyCeremony {
  readonly root: string;
  readonly folder: string;
  #time = 1_800_000_000;

  private constructor(root: string) {
    this.root = root;
    this.folder = join(root, 'ceremony');
  }

  static async begin(title = 'Rehearsal', circuits?: Circuits): Promise<TinyCeremony> {
    const ceremony = new TinyCeremony(await mkdtemp(join(tmpdir(), 'canbao-ceremony-')));
    await initCeremony({
      ...{ folder: ceremony.folder, title, phase1: undefined, required: 3 },
      statements: ['tiny@1', 'other@1'],
      beacon: { source: 'block 1,000,000 of the chain', iterations: 10 },
      circuits: circuits ?? ceremony.circuits,
      clock: ceremony.clock,
    });
    return ceremony;
  }

  readonly clock = () => this.#time++;
  readonly circuits = async (statement: string) => (await tinyCircuits(statement)).r1cs;
  readonly at = (name: string) => join(this.root, name);

  async contribute(name: string, secretKey?: Uint8Array): Promise<string> {
    const output = this.at(name);
    await contribute({ folder: this.folder, output, name, secretKey, clock: this.clock });
    return output;
  }

  async beacon(): Promise<string> {
    const output = this.at('beacon');
    await contributeBeacon({
      ...{ folder: this.folder, output, value: beaconValue, clock: this.clock },
    });
    return output;
  }

  accept(contribution: string) {
    return acceptContribution({ folder: this.folder, contribution });
  }

  /** Contributions by so many people, one after the other. */
  async joinedBy(...names: readonly string[]): Promise<this> {
    for (const name of names) await this.accept(await this.contribute(name));
    return this;
  }

  end(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}
