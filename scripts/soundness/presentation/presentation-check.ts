import { bn254 } from '@noble/curves/bn254.js';
import { contractPresentation } from '../../../src/chain/contract-presentation.ts';
import { checkOnChain, consume } from '../../../src/chain/statement-verifier.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { wasmProver } from '../../../src/groth16/engine/wasm-prover.ts';
import {
  decodePresentation,
  encodePresentation,
  type Presentation,
} from '../../../src/request/presentation.ts';
import { statementModule, statementRegistry } from '../../../src/statements/registry.ts';
import type { VerifierPorts } from '../../../src/verify/ports.ts';
import { verifyPresentation } from '../../../src/verify/verify-presentation.ts';
import { type ProofFixture, proofFixture } from '../../../test/support/proof-fixture.ts';
import { seededRandom } from '../../../test/support/random.ts';
import { startTestChain, type TestChain } from '../../../test/support/test-chain.ts';
import type { Check, CheckContext, CheckResult, Finding } from '../check.ts';
import { bitFlips, encodings, type Mutation, randomChange, shapes } from './mutations.ts';

const TOTAL = 100_000;
const QUICK_EACH = 150;

/** Presentations bent in every way that is known to have fooled a verifier. */
export const presentationCheck: Check = {
  name: 'presentation',
  claim:
    'Mutated presentations (every bit of proof and signals, + r, + q, other encodings, missing and extra parts, exchanged and random values, other requests): none is accepted, in TypeScript or by the contract, and both agree on every one that is in canonical form. A malleated proof (rA, B/r, C) is the same proof: it gains no second acceptance.',
  unit: 'presentations',
  async *run(context) {
    const test = await startTestChain();
    const prover = wasmProver();
    try {
      for (const name of context.statements) {
        const { statement } = statementModule(name);
        context.progress(`${name}: a real proof`, 0);
        yield bend(context, name, await proofFixture(statement, prover, test), test);
      }
    } finally {
      await prover.close();
      await test[Symbol.asyncDispose]();
    }
  },
};

async function bend(
  context: CheckContext,
  name: string,
  fixture: ProofFixture,
  test: TestChain,
): Promise<CheckResult> {
  const survivors: Finding[] = [];
  const figures = { canonical: 0, askedContract: 0, disagreements: 0 };
  const count = context.isQuick ? QUICK_EACH : Math.ceil(TOTAL / context.statements.length);
  const ports = portsOf(fixture);
  let tried = 0;
  for (const mutation of mutations(context, name, fixture, count)) {
    tried++;
    const verdict = await verifyPresentation(mutation.json, ports);
    if (verdict.valid) {
      survivors.push({ where: 'verifyPresentation', what: `accepted: ${mutation.what}`, at: name });
    }
    if (mutation.isCanonical) {
      figures.canonical++;
      const said = await askContract(fixture, mutation);
      if (said !== undefined) {
        figures.askedContract++;
        if (said === 'valid') {
          survivors.push({ where: 'contract', what: `accepted: ${mutation.what}`, at: name });
        }
        if ((said === 'valid') !== verdict.valid) figures.disagreements++;
      }
    }
    if (tried % 50 === 0) context.progress(`${name}: presentations`, tried / count);
  }
  survivors.push(...(await malleate(fixture, ports, test)));
  return { check: 'presentation', statement: name, tried, figures, answered: [], survivors };
}

/** The systematic ones first, random ones until `count`; a quick run takes every n-th of all. */
function* mutations(
  { isQuick, seed }: CheckContext,
  name: string,
  { presentation }: ProofFixture,
  count: number,
): Generator<Mutation> {
  const json = encodePresentation(presentation);
  const random = seededRandom(`${seed} presentation ${name}`);
  let made = 0;
  for (const source of [shapes(json), encodings(json), bitFlips(json)]) {
    for (const mutation of source) {
      if (isQuick && random.int(0, 39) > 0) continue;
      if (made++ < count) yield mutation;
    }
  }
  // Random values cost a pairing each only where they stay on the curve; most are refused before.
  while (made++ < count) yield randomChange(json, random);
}

/** The contract's verdict on a canonical mutation; undefined where it cannot be put into a call. */
async function askContract({ contract, task }: ProofFixture, { json }: Mutation) {
  try {
    const presentation = decodePresentation(json, statementRegistry);
    return await checkOnChain(contract, contractPresentation(presentation, task.statement));
  } catch {
    return undefined;
  }
}

function portsOf({ keys, presentation, task }: ProofFixture): VerifierPorts {
  const { month } = task.opening.epoch;
  return {
    statements: statementRegistry,
    keys: { get: () => keys },
    clock: systemClock,
    epochs: {
      lookup: async (root) =>
        root === presentation.epochRoot ? { month, revision: 0, publishedAt: 1 } : undefined,
    },
  };
}

/** (rA, B/r, C) verifies by the algebra of Groth16; what must hold is that it counts as the same. */
async function malleate(
  fixture: ProofFixture,
  ports: VerifierPorts,
  { payer }: TestChain,
): Promise<Finding[]> {
  const { presentation, contract, task } = fixture;
  const bent = malleated(presentation, 7n);
  const spent = new Set<bigint>();
  const once: VerifierPorts = {
    ...ports,
    nullifiers: {
      spend: async (nullifier) => !spent.has(nullifier) && spent.add(nullifier).size > 0,
    },
  };
  const first = await verifyPresentation(presentation, once);
  const second = await verifyPresentation(bent, once);
  const findings: Finding[] = [];
  if (!first.valid) findings.push({ where: 'honest proof', what: `refused: ${first.reason}` });
  if (second.reason !== 'nullifier_spent') {
    findings.push({ where: 'malleated proof', what: `second acceptance: ${second.reason}` });
  }
  await consume(contract, payer, contractPresentation(presentation, task.statement));
  const again = await consume(contract, payer, contractPresentation(bent, task.statement)).then(
    () => 'accepted',
    (error: { facts?: { verdict?: string } }) => String(error.facts?.verdict),
  );
  if (again !== 'nullifier_spent') {
    findings.push({
      where: 'malleated proof in the contract',
      what: `second acceptance: ${again}`,
    });
  }
  return findings;
}

function malleated(presentation: Presentation, r: bigint): Presentation {
  const { a, b, c } = presentation.proof;
  const inverse = bn254.fields.Fr.inv(r);
  const bentA = bn254.G1.Point.fromAffine({ x: a[0], y: a[1] }).multiply(r).toAffine();
  const bentB = bn254.G2.Point.fromAffine({
    x: { c0: b[0][0], c1: b[0][1] },
    y: { c0: b[1][0], c1: b[1][1] },
  })
    .multiply(inverse)
    .toAffine();
  return {
    ...presentation,
    proof: {
      a: [bentA.x, bentA.y],
      b: [
        [bentB.x.c0, bentB.x.c1],
        [bentB.y.c0, bentB.y.c1],
      ],
      c,
    },
  };
}
