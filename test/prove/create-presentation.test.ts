import { readFile } from 'node:fs/promises';
import * as snarkjs from 'snarkjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toFr } from '../../src/core/field.ts';
import { poseidon } from '../../src/core/poseidon.ts';
import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import { verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { signPoseidon } from '../../src/holder/eddsa-poseidon.ts';
import { deriveHolderKeys, nullifierOf } from '../../src/holder/keys.ts';
import type { StatementKeys } from '../../src/keys/key-store.ts';
import { type AccountOpening, epochRoot } from '../../src/ledger/epoch.ts';
import { refusalOf } from '../../src/prove/check-request.ts';
import { circuitInputs } from '../../src/prove/circuit-inputs.ts';
import { createPresentation, type ProvingTask } from '../../src/prove/create-presentation.ts';
import { exportSnarkjs, type Presentation } from '../../src/request/presentation.ts';
import { requestSignals, scopeOf } from '../../src/request/request-hash.ts';
import { statementSignals } from '../../src/statements/judge.ts';
import {
  coverageKeys,
  sampleHolder,
  sampleOpening,
  samplePresentation,
} from '../support/presentation.ts';
import { coverageStatement, NOW, sampleParams, sampleRequest } from '../support/request.ts';

const statement = coverageStatement();
const prover = wasmProver();
const code = (expected: string) => expect.objectContaining({ code: expected });
let keys: StatementKeys;
let presentation: Presentation;

beforeAll(async () => {
  keys = await coverageKeys();
  presentation = await samplePresentation();
}, 180_000);
afterAll(() => prover.close());

const prove = (change: Partial<ProvingTask> = {}) =>
  createPresentation({
    request: sampleRequest(),
    opening: sampleOpening,
    holderKeys: sampleHolder,
    statement,
    artifacts: keys.artifacts,
    prover,
    clock: () => NOW,
    ...change,
  });

test('stock snarkjs verifies what is exported', async () => {
  const { proof, publicSignals } = exportSnarkjs(presentation, statement);
  const key = verificationKeyFromZkey(keys.artifacts.zkey);
  const verify = (signals: readonly string[]) =>
    snarkjs.groth16.verify(key, [...signals], proof as unknown as snarkjs.Groth16Proof);
  expect(await verify(publicSignals)).toBe(true);
  for (let i = 0; i < 5; i++) {
    expect(await verify(publicSignals.with(i, '1'))).toBe(false);
  }
}, 60_000);

test('the nullifier is that of the holder and the scope of the request', () => {
  const { audience, purpose } = presentation.request;
  const scope = scopeOf(audience, purpose);
  expect(presentation.nullifier).toBe(nullifierOf(sampleHolder.nullifierKey, scope));
});

test('the inputs are exactly those the circuit declares', async () => {
  const source = await readFile('circuits/generated/main/coverage@1.circom', 'utf8');
  const declared = [...source.matchAll(/^ {4}signal input (\w+)/gm)].map(([, name]) => name);
  const request = requestSignals(sampleRequest(), statement);
  const inputs = circuitInputs({
    opening: sampleOpening,
    holderKeys: sampleHolder,
    signature: signPoseidon(sampleHolder, request.requestHash),
    request,
    own: statementSignals(statement, sampleOpening, sampleParams),
  });
  expect(Object.keys(inputs).sort()).toEqual(declared.sort());
});

test('a record that does not qualify is refused before proving, with the reason', async () => {
  const request = sampleRequest({ params: { ...sampleParams, minMonths: 25n } });
  const failure = await prove({ request }).catch((error: unknown) => error);
  expect(failure).toEqual(code('statement.not_satisfied'));
  expect(refusalOf(failure)).toMatchObject({ reason: 'too-few-months', facts: { paidMonths: 24 } });
});

test('a key newer than asked is refused the same way', async () => {
  const request = sampleRequest({ params: { ...sampleParams, identityBefore: 1000n } });
  const failure = await prove({ request }).catch((error: unknown) => error);
  expect(refusalOf(failure)?.reason).toBe('identity');
});

test.each<[string, () => Partial<ProvingTask>, string]>([
  ['an expired request', () => ({ clock: () => sampleRequest().expiresAt }), 'request.expired'],
  [
    'the record of another holder',
    () => ({ holderKeys: deriveHolderKeys(new Uint8Array(32).fill(2)) }),
    'holder.wrong_key',
  ],
  [
    'a request for another statement',
    () => ({ request: { ...sampleRequest(), statement: 'pension-eligibility@1' } }),
    'statement.unknown',
  ],
  ['a cancelled task', () => ({ abort: AbortSignal.abort() }), 'prove.aborted'],
])('%s is refused', async (_, change, expected) => {
  await expect(prove(change())).rejects.toThrow(code(expected));
});

test('a record made up by the holder finds no proof', async () => {
  const { account } = sampleOpening;
  const coverage = account.coverage.with(0, { paid: (1n << 500n) - 1n, late: 0n });
  const forged = { ...sampleOpening, account: { ...account, coverage } };
  await expect(prove({ opening: forged })).rejects.toThrow(code('prove.unsatisfied'));
});

test('a root of the holder’s own making proves, but about a root nobody published', async () => {
  const { epoch } = sampleOpening;
  const employersRoot = toFr(5n);
  const root = epochRoot(epoch.accountsRoot, employersRoot, epoch.month, poseidon);
  const opening: AccountOpening = { ...sampleOpening, epoch: { ...epoch, employersRoot, root } };
  expect((await prove({ opening })).epochRoot).not.toBe(presentation.epochRoot);
}, 60_000);
