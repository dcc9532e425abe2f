import * as snarkjs from 'snarkjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractPresentation } from '../../src/chain/contract-presentation.ts';
import { checkOnChain } from '../../src/chain/statement-verifier.ts';
import { systemClock } from '../../src/core/clock.ts';
import { FIELD_ORDER, type Fr, toFr } from '../../src/core/field.ts';
import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import { verifyProof } from '../../src/groth16/verify-proof.ts';
import { verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { exportSnarkjs } from '../../src/request/presentation.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { verifyPresentation } from '../../src/verify/verify-presentation.ts';
import { type ProofFixture, proofFixture } from '../support/proof-fixture.ts';
import { startTestChain, type TestChain } from '../support/test-chain.ts';

const prover = wasmProver();

let test: TestChain;
beforeAll(async () => {
  test = await startTestChain();
});
afterAll(async () => {
  await prover.close();
  await test[Symbol.asyncDispose]();
});

describe.each(statementRegistry.all().map((statement) => ({ name: statement.name, statement })))(
  '$name: a real proof',
  ({ statement }) => {
    let fixture: ProofFixture;
    beforeAll(async () => {
      fixture = await proofFixture(statement, prover, test);
    }, 240_000);

    const accepted = (signals: readonly bigint[]) =>
      verifyProof(fixture.keys.verificationKey, signals as Fr[], fixture.presentation.proof);

    it('verifies here, in stock snarkjs and in the contract', async () => {
      const { keys, presentation, signals, contract } = fixture;
      expect(await accepted(signals)).toBe(true);
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
        expect(await accepted(changed)).toBe(false);
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
