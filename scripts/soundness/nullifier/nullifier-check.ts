import { toRequestHash, toScope } from '../../../src/core/brands.ts';
import type { Fr } from '../../../src/core/field.ts';
import { signPoseidon } from '../../../src/holder/eddsa-poseidon.ts';
import { deriveHolderKeys, type HolderKeys, nullifierOf } from '../../../src/holder/keys.ts';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import { circuitInputs } from '../../../src/prove/circuit-inputs.ts';
import { packParams } from '../../../src/request/params.ts';
import type { Opening, Signals } from '../../../src/statements/define-statement.ts';
import { statementSignals } from '../../../src/statements/judge.ts';
import { statementModule } from '../../../src/statements/registry.ts';
import { openingOf } from '../../../test/support/accounts.ts';
import { type Random, seededRandom } from '../../../test/support/random.ts';
import { type StatementBench, statementBench } from '../../../test/support/statement-witness.ts';
import { type Vector, vectorsOf } from '../../../test/support/vectors.ts';
import type { Check, CheckContext, CheckResult, Finding } from '../check.ts';

const VARIANTS = { full: 10_000, quick: 24 };
const SCOPES = { full: 100, quick: 5 };
/** The constant wire and the public signals. */
const FIRST_WIRES = 6;
const [NULLIFIER, EPOCH_ROOT, SCOPE, REQUEST_HASH, PARAMS] = [1, 2, 3, 4, 5];

/** One person has one nullifier in a scope, and nothing that links two scopes. */
export const nullifierCheck: Check = {
  name: 'nullifier',
  claim:
    'One person, one scope, witnesses that differ in whatever may differ (statement, record, root, position in the tree, request, signature nonce): one nullifier. The same witness in other scopes: no public signal is shared but root and params.',
  unit: 'witnesses',
  async *run(context) {
    yield manyWitnesses(context);
    yield manyScopes(context);
  },
};

interface Subject {
  readonly bench: StatementBench;
  readonly name: string;
  readonly vectors: readonly Vector[];
}

async function subjects({ statements }: CheckContext): Promise<Subject[]> {
  const made: Subject[] = [];
  for (const name of statements) {
    const { statement } = statementModule(name);
    const vectors = vectorsOf(statement).filter(({ reason }) => reason === undefined);
    made.push({ name, vectors, bench: await statementBench(statement) });
  }
  return made;
}

/** A witness input of a vector, with everything random that may be, for one holder and scope. */
async function variantInputs(
  { name }: Subject,
  vector: Vector,
  holder: HolderKeys,
  scope: bigint,
  random: Random,
): Promise<Signals> {
  const { statement } = statementModule(name);
  const opening: Opening = openingOf(
    vector.record,
    holder.commitment,
    vector.epochMonth,
    random,
    await wasmPoseidon(),
  );
  const requestHash = toRequestHash(random.fr());
  // Another nonce prefix: another signature of the same message by the same key.
  const signature = signPoseidon({ ...holder, noncePrefix: random.bytes(32) }, requestHash);
  return circuitInputs({
    opening,
    holderKeys: holder,
    signature,
    request: { scope: toScope(scope), requestHash, params: packParams(statement, vector.params) },
    own: statementSignals(statement, opening, vector.params),
  });
}

async function manyWitnesses(context: CheckContext): Promise<CheckResult> {
  const random = seededRandom(`${context.seed} nullifier`);
  const holder = deriveHolderKeys(random.bytes(32));
  const scope = random.fr();
  const all = await subjects(context);
  const count = context.isQuick ? VARIANTS.quick : VARIANTS.full;
  const survivors: Finding[] = [];
  const expected = nullifierOf(holder.nullifierKey, toScope(scope));
  const nullifiers = new Set<bigint>();
  const roots = new Set<bigint>();
  for (let i = 0; i < count; i++) {
    const subject = all[i % all.length] as Subject;
    const vector = random.pick(subject.vectors);
    const inputs = await variantInputs(subject, vector, holder, scope, random);
    const wires = subject.bench.program.calculateFirst(FIRST_WIRES, inputs);
    roots.add(wires[EPOCH_ROOT] ?? 0n);
    nullifiers.add(wires[NULLIFIER] ?? 0n);
    if (wires[NULLIFIER] !== expected) {
      survivors.push({
        where: 'nullifier',
        what: 'another one for the same person and scope',
        at: `${subject.name}, witness ${i}`,
      });
    }
    if (i % 50 === 0) context.progress('nullifier: witnesses', i / count);
  }
  const figures = { roots: roots.size, scopes: 1, nullifiers: nullifiers.size };
  return {
    check: 'nullifier',
    statement: 'one scope',
    tried: count,
    figures,
    answered: [],
    survivors,
  };
}

async function manyScopes(context: CheckContext): Promise<CheckResult> {
  const random = seededRandom(`${context.seed} scopes`);
  const holder = deriveHolderKeys(random.bytes(32));
  const count = context.isQuick ? SCOPES.quick : SCOPES.full;
  const survivors: Finding[] = [];
  let tried = 0;
  for (const subject of await subjects(context)) {
    const vector = subject.vectors[0] as Vector;
    const { statement } = statementModule(subject.name);
    const opening = openingOf(
      vector.record,
      holder.commitment,
      vector.epochMonth,
      random,
      await wasmPoseidon(),
    );
    const seen = new Map<bigint, string>();
    for (let i = 0; i < count; i++) {
      tried++;
      const requestHash = toRequestHash(random.fr());
      const inputs = circuitInputs({
        opening,
        holderKeys: holder,
        signature: signPoseidon(holder, requestHash),
        request: {
          scope: toScope(random.fr()),
          requestHash,
          params: packParams(statement, vector.params),
        },
        own: statementSignals(statement, opening, vector.params),
      });
      const wires = subject.bench.program.calculateFirst(FIRST_WIRES, inputs);
      if (wires[EPOCH_ROOT] !== opening.epoch.root || wires[PARAMS] !== (inputs.params as Fr)) {
        survivors.push({
          where: 'public signals',
          what: 'root or params changed',
          at: subject.name,
        });
      }
      for (const wire of [NULLIFIER, SCOPE, REQUEST_HASH]) {
        const value = wires[wire as number] ?? 0n;
        const before = seen.get(value);
        if (before)
          survivors.push({
            where: `signal ${wire}`,
            what: `the same as ${before}`,
            at: subject.name,
          });
        seen.set(value, `signal ${wire} of scope ${i}`);
      }
      context.progress('nullifier: scopes', i / count);
    }
  }
  const figures = { scopes: count };
  return { check: 'nullifier', statement: 'many scopes', tried, figures, answered: [], survivors };
}
