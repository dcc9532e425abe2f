import * as snarkjs from 'snarkjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractPresentation } from '../../src/chain/contract-presentation.ts';
import { deployContracts } from '../../src/chain/deploy.ts';
import {
  checkOnChain,
  type StatementVerifierContract,
} from '../../src/chain/statement-verifier.ts';
import { systemClock } from '../../src/core/clock.ts';
import { FIELD_ORDER, type Fr, toFr } from '../../src/core/field.ts';
import { snarkjsProver } from '../../src/groth16/snarkjs-prover.ts';
import { verificationKeyWords } from '../../src/groth16/verification-key.ts';
import { verifyProof } from '../../src/groth16/verify-proof.ts';
import { verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { openKeyStore, type StatementKeys } from '../../src/keys/key-store.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { createPresentation } from '../../src/prove/create-presentation.ts';
import { exportSnarkjs, type Presentation, publicSignals } from '../../src/request/presentation.ts';
import { createRequest } from '../../src/request/presentation-request.ts';
import type { Statement } from '../../src/statements/define-statement.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { verifyPresentation } from '../../src/verify/verify-presentation.ts';
import { openingOf } from '../support/accounts.ts';
import { seededRandom } from '../support/random.ts';
import {
  commitment,
  publish,
  startTestChain,
  type TestChain,
  testAuthorities,
} from '../support/test-chain.ts';
import { vectorsOf } from '../support/vectors.ts';

const keyStore = openKeyStore({ production: false });
const prover = snarkjsProver();
const holderKeys = deriveHolderKeys(seededRandom('conformance').bytes(32));

let test: TestChain;
beforeAll(async () => {
  test = await startTestChain();
});
afterAll(async () => {
  await prover.close();
  await test[Symbol.asyncDispose]();
});

/** A real proof of a statement's first passing vector, and everybody who can judge it. */
interface Fixture {
  readonly keys: StatementKeys;
  readonly presentation: Presentation;
  readonly signals: readonly Fr[];
  readonly contract: StatementVerifierContract;
}

async function fixtureOf(statement: Statement): Promise<Fixture> {
  const vector = vectorsOf(statement).find(({ reason }) => reason === undefined);
  if (!vector) throw new Error(`${statement.name} has no passing vector`);
  const keys = await keyStore.get(statement.name);
  const random = seededRandom(`conformance ${statement.name}`);
  const opening = openingOf(
    vector.account,
    holderKeys.commitment,
    vector.epochMonth,
    random,
    await wasmPoseidon(),
  );
  const { registry, statementVerifier } = await deployContracts(test.chain, test.payer, {
    authorities: testAuthorities.map(({ address }) => address),
    quorum: 2,
    maxStaleness: 86_400,
    statements: { [statement.name]: verificationKeyWords(keys.verificationKey) },
  });
  const root = opening.epoch.root;
  await publish(
    { chain: test.chain, address: registry },
    test.payer,
    commitment({ month: vector.epochMonth, root }),
  );
  const request = createRequest({
    statement,
    params: vector.params,
    audience: 'https://verifier.example',
    purpose: 'conformance',
    domain: { chainId: test.chain.chainId, verifyingContract: registry },
    expiresAt: systemClock() + 3600,
  });
  const presentation = await createPresentation({
    ...{ request, opening, holderKeys, statement, prover, clock: systemClock },
    artifacts: keys.artifacts,
  });
  const contract = { chain: test.chain, address: statementVerifier };
  return { keys, presentation, signals: publicSignals(presentation, statement), contract };
}

describe.each(statementRegistry.all().map((statement) => ({ name: statement.name, statement })))(
  '$name: a real proof',
  ({ statement }) => {
    let fixture: Fixture;
    beforeAll(async () => {
      fixture = await fixtureOf(statement);
    }, 240_000);

    const accepted = (signals: readonly bigint[]) =>
      verifyProof(fixture.keys.verificationKey, signals as Fr[], fixture.presentation.proof);

    it('verifies here, in stock snarkjs and in the contract', async () => {
      const { keys, presentation, signals, contract } = fixture;
      expect(accepted(signals)).toBe(true);
      const { proof, publicSignals: exported } = exportSnarkjs(presentation, statement);
      const key = verificationKeyFromZkey(keys.artifacts.zkey);
      expect(await snarkjs.groth16.verify(key as never, [...exported], proof as never)).toBe(true);
      expect(await checkOnChain(contract, contractPresentation(presentation, statement))).toBe(
        'valid',
      );
    });

    it('verifies through the verifier, labelled as a development key', async () => {
      const { keys, presentation } = fixture;
      const epoch = { month: 1500 as never, revision: 0, publishedAt: 1 };
      const ports = {
        statements: statementRegistry,
        keys: { get: () => keys },
        clock: systemClock,
        epochs: { lookup: async () => epoch },
      };
      const verdict = await verifyPresentation(presentation, ports, {
        request: presentation.request,
      });
      expect(verdict).toMatchObject({ valid: true, reason: 'valid', keyStatus: 'development' });
      expect(await verifyPresentation(presentation, ports, { production: true })).toMatchObject({
        valid: false,
        reason: 'key_refused',
      });
    });

    it.each([0, 1, 2, 3, 4])('is refused with signal %i changed, by all three', async (index) => {
      const { keys, presentation, signals, contract } = fixture;
      const { proof } = exportSnarkjs(presentation, statement);
      const key = verificationKeyFromZkey(keys.artifacts.zkey);
      for (const change of [
        (value: bigint) => (value + 1n) % FIELD_ORDER,
        (value: bigint) => FIELD_ORDER - 1n - value,
        () => 0n,
      ]) {
        const changed = signals.map((value, i) => (i === index ? toFr(change(value)) : value));
        if (changed[index] === signals[index]) continue;
        expect(accepted(changed)).toBe(false);
        expect(
          await snarkjs.groth16.verify(key as never, changed.map(String), proof as never),
        ).toBe(false);
      }
      // The contract derives scope, hash and params from the request: what it can be told are these.
      const form = contractPresentation(presentation, statement);
      const told = [
        { ...form, nullifier: form.nullifier + 1n },
        { ...form, epochRoot: form.epochRoot + 1n },
        { ...form, request: { ...form.request, scope: form.request.scope + 1n } },
        { ...form, request: { ...form.request, nonce: `0x${'11'.repeat(32)}` as const } },
        { ...form, request: { ...form.request, params: form.request.params + 1n } },
      ][index];
      expect(told && (await checkOnChain(contract, told))).not.toBe('valid');
    });
  },
);
