import { afterAll, expect, test } from 'vitest';
import { toFr } from '../../src/core/field.ts';
import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import { verifyProof } from '../../src/groth16/verify-proof.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import type { HolderAuthorization } from '../../src/prove/authorization.ts';
import { createPresentation } from '../../src/prove/create-presentation.ts';
import { createDelegation, readDelegation } from '../../src/prove/delegation.ts';
import { publicSignals } from '../../src/request/presentation.ts';
import { encodeRequest, type PresentationRequest } from '../../src/request/presentation-request.ts';
import { requestHash } from '../../src/request/request-hash.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { coverageKeys, sampleHolder, sampleOpening } from '../support/presentation.ts';
import { coverageStatement, NOW, sampleParams, sampleRequest } from '../support/request.ts';

const statement = coverageStatement();
const prover = wasmProver();
afterAll(() => prover.close());
const code = (expected: string) => expect.objectContaining({ code: expected });

const signed = sampleRequest();
const order = createDelegation(signed, sampleHolder, statementRegistry);
const { authorization } = readDelegation(structuredClone(order), statementRegistry);

async function prove(request: PresentationRequest, holder: HolderAuthorization) {
  const { artifacts } = await coverageKeys();
  return createPresentation({
    ...{ request, opening: sampleOpening, holderKeys: holder, statement, artifacts, prover },
    clock: () => NOW,
  });
}

/** The one who proves passes its signature off as one over another request. */
function passedOff(request: PresentationRequest, change: Partial<HolderAuthorization> = {}) {
  const [one] = authorization.signatures;
  if (!one) throw new Error('nothing signed');
  const signatures = [{ ...one, requestHash: requestHash(request, statement) }];
  return { ...authorization, signatures, ...change };
}

/** Every field of a request, changed. */
const others: Record<string, PresentationRequest> = {
  audience: { ...signed, audience: 'https://other.example' },
  purpose: { ...signed, purpose: 'another' },
  nonce: { ...signed, nonce: `0x${'1'.repeat(64)}` },
  expiry: { ...signed, expiresAt: signed.expiresAt + 1 },
  chain: { ...signed, domain: { ...signed.domain, chainId: signed.domain.chainId + 1 } },
  contract: { ...signed, domain: { ...signed.domain, verifyingContract: `0x${'2'.repeat(40)}` } },
  threshold: { ...signed, params: { ...sampleParams, minMonths: 1n } },
  'age of key': { ...signed, params: { ...sampleParams, identityBefore: 4000n } },
};

test('what the holder signed is proven without the signing key', async () => {
  expect(JSON.stringify(order)).not.toContain(String(sampleHolder.scalar));
  const { artifacts, verificationKey } = await coverageKeys();
  const presentation = await prove(signed, authorization);
  const signals = publicSignals(presentation, statement);
  expect(await verifyProof(verificationKey, signals, presentation.proof)).toBe(true);
  const own = await createPresentation({
    ...{ request: signed, opening: sampleOpening, holderKeys: sampleHolder, statement, artifacts },
    ...{ prover, clock: () => NOW },
  });
  expect(publicSignals(own, statement)).toEqual(signals);
});

test.each(Object.entries(others))('with %s changed a request finds no proof', async (_, other) => {
  await expect(prove(other, authorization)).rejects.toThrow(code('delegation.not_signed'));
  await expect(prove(other, passedOff(other))).rejects.toThrow(code('prove.unsatisfied'));
});

test.each(Object.entries(others))(
  'nor does its proof answer one with %s changed',
  async (_, other) => {
    const { verificationKey } = await coverageKeys();
    const presentation = await prove(signed, authorization);
    const signals = publicSignals({ ...presentation, request: other }, statement);
    expect(await verifyProof(verificationKey, signals, presentation.proof)).toBe(false);
  },
);

test('a key of its own does not help it: the record is the holder’s', async () => {
  const own = deriveHolderKeys(new Uint8Array(32).fill(9));
  const other = others.audience ?? signed;
  const { signatures } = readDelegation(
    createDelegation(other, own, statementRegistry),
    statementRegistry,
  ).authorization;
  const { publicKey } = own;
  // The holder's commitment is claimed, or the check before proving would end it.
  const mixed = { ...authorization, publicKey, signatures };
  await expect(prove(other, mixed)).rejects.toThrow(code('prove.unsatisfied'));
  const unopened = { ...mixed, nullifierKey: own.nullifierKey };
  await expect(prove(other, unopened)).rejects.toThrow(code('prove.unsatisfied'));
});

test('nor does bending the signature', async () => {
  const other = others.nonce ?? signed;
  const [one] = passedOff(other).signatures;
  if (!one) throw new Error('nothing signed');
  const { r8, s } = one.signature;
  const bent = [
    { r8, s: toFr(0n) },
    { r8, s: toFr(s + 1n) },
    { r8: { x: toFr(0n), y: toFr(1n) }, s },
    { r8: { x: toFr(0n), y: toFr(1n) }, s: toFr(0n) },
    { r8: authorization.publicKey, s },
  ];
  for (const signature of bent) {
    const holder = passedOff(other, { signatures: [{ ...one, signature }] });
    await expect(prove(other, holder)).rejects.toThrow(code('prove.unsatisfied'));
  }
});

test.each<[string, object, string]>([
  [
    'a signature over another request',
    { request: { ...encodeRequest(signed), nonce: `0x${'1'.repeat(64)}` } },
    'delegation.not_signed',
  ],
  ['no signature', { signatures: [] }, 'delegation.malformed'],
  [
    'one signature too many',
    { signatures: [...order.signatures, ...order.signatures] },
    'delegation.malformed',
  ],
  [
    'another place',
    { signatures: order.signatures.map((one) => ({ ...one, index: 1 })) },
    'delegation.not_signed',
  ],
  ['a point that is no key', { ax: '0', ay: '1' }, 'holder.bad_key'],
  ['a field more', { scalar: '1' }, 'delegation.malformed'],
])('an order with %s is refused', (_, change, expected) => {
  expect(() => readDelegation({ ...order, ...change }, statementRegistry)).toThrow(code(expected));
});
