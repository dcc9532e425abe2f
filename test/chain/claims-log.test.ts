import { createTestClient, type Hex, http, keccak256, toHex } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BenefitClaimsContract, registerClaim } from '../../src/chain/benefit-claims.ts';
import { benefitRules } from '../../src/chain/benefit-rules.ts';
import { claimNonce, claimRule } from '../../src/chain/claim-rules.ts';
import { type ClaimToDeliver, claimsAfter } from '../../src/chain/claims-log.ts';
import { connectChain } from '../../src/chain/connection.ts';
import { deployBenefitClaims } from '../../src/chain/deploy.ts';
import { contractAudience } from '../../src/chain/statement-verifier.ts';
import type { Deployment } from '../../src/chain/types.ts';
import { monthIndex } from '../../src/core/month.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { knownKey } from '../support/known-key.ts';
import {
  commitment,
  deployTestContracts,
  publish,
  startTestChain,
  type TestChain,
} from '../support/test-chain.ts';
import { tinyRequest } from '../support/tiny-presentation.ts';

const ROOT = 1_000_003n;
const EXPIRES_AT = 2n ** 40n;
const key = knownKey('claims that are followed');

let context: TestChain;
let deployment: Deployment;
let claims: BenefitClaimsContract;
let fromBlock: number;
let people = 0n;

const node = () => createTestClient({ mode: 'anvil', transport: http(context.node.url) });
const head = async () => Number(await context.chain.reader.getBlockNumber());

beforeAll(async () => {
  context = await startTestChain();
  const { chain, payer } = context;
  deployment = await deployTestContracts(chain, payer, {
    statements: { 'coverage@1': key.words },
  });
  await publish({ chain, address: deployment.registry }, payer, commitment({ root: ROOT }));
});
afterAll(() => context[Symbol.asyncDispose]());
beforeEach(async () => {
  const { chain, payer } = context;
  await node().mine({ blocks: 12 }); // what is below is never taken back
  const rule = claimRule({
    ...{ benefit: 'one', statement: { name: 'coverage@1', params: { word: 12 } } },
    ...{ purpose: 'claim', opensAt: 0, closesAt: Number(EXPIRES_AT), fields: { word: [19n, 19n] } },
  });
  const address = await deployBenefitClaims(chain, payer, deployment.statementVerifier, [rule]);
  claims = { chain, address };
  fromBlock = await head();
  await node().mine({ blocks: 5 });
});

/** A claim of another person. @returns what it is delivered to */
async function register(): Promise<Hex> {
  const nullifier = ++people;
  const deliverTo = keccak256(toHex(nullifier));
  const { chainId } = context.chain;
  const request = tinyRequest({
    audience: contractAudience(chainId, claims.address),
    ...{ purpose: 'claim', nonce: claimNonce(0, deliverTo), expiresAt: EXPIRES_AT },
  });
  const domain = { chainId, registry: deployment.registry };
  const presentation = key.present(domain, request, { epochRoot: ROOT, nullifier });
  await registerClaim(claims, context.payer, { rule: 0, deliverTo, presentation });
  return deliverTo;
}

const start = () => ({ number: 0, block: fromBlock });
const deliveries = (found: readonly ClaimToDeliver[]) => found.map(({ deliverTo }) => deliverTo);

describe('claims are followed', () => {
  test('in order, each with all that delivering takes, and resumed behind the last', async () => {
    const made = [await register(), await register()];
    const first = await claimsAfter(claims, start());
    expect(deliveries(first.claims)).toEqual(made);
    expect(first.claims[0]).toEqual({
      ...{ number: 1, rule: 0, benefit: 'one', deliverTo: made[0], nullifier: people - 1n },
      ...{ params: 19n, epochRoot: ROOT, block: (await head()) - 1 },
      transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    });
    expect(first.cursor).toEqual({ number: 2, block: (await head()) + 1, nullifier: people });
    expect(await claimsAfter(claims, first.cursor)).toEqual({ claims: [], cursor: first.cursor });

    const third = await register();
    const next = await claimsAfter(claims, first.cursor);
    expect(deliveries(next.claims)).toEqual([third]);
    expect(next.claims[0]?.number).toBe(3);
    // From the block of the last one that is known, as after a restart.
    const again = await claimsAfter(claims, { number: 2, block: first.claims[1]?.block ?? 0 });
    expect(again).toEqual(next);
  });

  test('the same in pages of whatever size', async () => {
    for (let i = 0; i < 3; i++) await register();
    const whole = await claimsAfter(claims, start());
    for (const range of [1n, 2n, 100n]) {
      expect(await claimsAfter(claims, start(), { range })).toEqual(whole);
    }
  });

  test('only as deep as asked: what a reorganisation takes back was never told', async () => {
    const deep = { ...claims, confirmations: 4 };
    await register();
    await node().mine({ blocks: 4 });
    const first = await claimsAfter(deep, start());
    expect(first.claims).toHaveLength(1);
    await register();
    expect((await claimsAfter(deep, first.cursor)).claims).toEqual([]);
    await node().request({ method: 'anvil_reorg', params: [2, []] } as never);
    const other = await register();
    await node().mine({ blocks: 4 });
    const next = await claimsAfter(deep, first.cursor);
    expect(deliveries(next.claims)).toEqual([other]);
    expect(next.claims[0]?.number).toBe(2);
  });

  test('and what was taken back deeper than that is found out', async () => {
    await register();
    const { cursor } = await claimsAfter(claims, start());
    await node().request({ method: 'anvil_reorg', params: [3, []] } as never);
    await node().mine({ blocks: 2 });
    const gap = { code: 'chain.claims_gap' };
    await expect(claimsAfter(claims, cursor)).rejects.toMatchObject({
      ...{ ...gap, facts: { found: 1, expected: 0 } },
    });
    // Another one in its place has the same number.
    await register();
    await expect(claimsAfter(claims, cursor)).rejects.toMatchObject(gap);
  });

  test('a node that leaves one out is found out', async () => {
    for (let i = 0; i < 3; i++) await register();
    await using proxy = await startFaultProxy(context.node.url, {
      decide: (methods) => (methods.includes('eth_getLogs') ? 'old-logs' : undefined),
      lag: 1n,
    });
    const chain = await connectChain(proxy.url);
    await expect(claimsAfter({ ...claims, chain }, start())).rejects.toMatchObject({
      code: 'chain.claims_gap',
    });
  });
});

test('the preset rules of a year are those of its statements', () => {
  const rules = benefitRules(statementRegistry, { year: 2027 });
  expect(rules.map(({ purpose }) => purpose)).toEqual([
    ...['pension-claim', 'pension-claim', 'unemployment-claim-2027'],
  ]);
  const [first, last] = [BigInt(monthIndex(2027, 1)), BigInt(monthIndex(2027, 12))];
  expect(rules[2]?.fields).toEqual([
    { shift: 0, bits: 12, min: first, max: first },
    { shift: 12, bits: 12, min: first, max: last },
    { shift: 24, bits: 5, min: 1n, max: 24n },
  ]);
  expect(new Date(Number(rules[0]?.opensAt) * 1000).toISOString()).toBe('2026-12-31T16:00:00.000Z');
  const later = monthIndex(2027, 3);
  const [pension] = benefitRules(statementRegistry, { year: 2027, identityBefore: later });
  expect(pension?.fields[0]).toMatchObject({ min: BigInt(later), max: BigInt(later) });
});
