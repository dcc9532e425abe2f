import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tenderRosterAbi as abi } from '../../src/chain/artifacts/TenderRoster.generated.ts';
import type {
  ContractPresentation,
  ContractRequest,
} from '../../src/chain/contract-presentation.ts';
import { deployTenderRoster } from '../../src/chain/deploy.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import { presentationBatch } from '../../src/chain/presentation-batch.ts';
import { contractAudience, isNullifierSpent } from '../../src/chain/statement-verifier.ts';
import {
  admitStaff,
  openTender,
  rosterState,
  type TenderRosterContract,
  type TenderTerms,
  tenderPurpose,
} from '../../src/chain/tender-roster.ts';
import type { Deployment } from '../../src/chain/types.ts';
import { statementId } from '../../src/request/request-hash.ts';
import { knownKey } from '../support/known-key.ts';
import {
  commitment,
  deployTestContracts,
  publish,
  revertedWith,
  startTestChain,
  type TestChain,
} from '../support/test-chain.ts';
import { tinyRequest } from '../support/tiny-presentation.ts';

const ROOT = 1_000_003n;
const key = knownKey('rosters');
const office = embeddedAccount(6);
const relayer = embeddedAccount(7);
/** The employer's place in the params of `coverage@1`. */
const EMPLOYER_MASK = ((1n << 90n) - 1n) << 79n;
const BASE = 3n << 15n;
const bidder = (number: bigint) => BASE | (number << 79n);
const ALPHA = bidder(1001n);
const BETA = bidder(1002n);

let context: TestChain;
let deployment: Deployment;
let roster: TenderRosterContract;
let people = 0n;

beforeAll(async () => {
  context = await startTestChain();
  const { chain, payer } = context;
  deployment = await deployTestContracts(chain, payer, {
    statements: { 'coverage@1': key.words },
  });
  await publish({ chain, address: deployment.registry }, payer, commitment({ root: ROOT }));
  const address = await deployTenderRoster(chain, payer, deployment.statementVerifier);
  roster = { chain, address };
});
afterAll(() => context[Symbol.asyncDispose]());

let terms: TenderTerms;
beforeEach(async () => {
  terms = {
    ...{ statement: statementId('coverage@1'), params: BASE, bidderMask: EMPLOYER_MASK, staff: 3 },
    deadline: BigInt((await context.now()) + 3600),
  };
});

const open = (changes: Partial<TenderTerms> = {}) =>
  openTender(roster, office, { ...terms, ...changes });
const admit = (tender: number, ...staff: ContractPresentation[]) =>
  admitStaff(roster, relayer, tender, presentationBatch(staff));
const rejected = (verdict: string, index?: number) => ({
  code: 'chain.rejected',
  facts: index === undefined ? { verdict } : { verdict, index },
});

/** One of a bidder's staff answers the tender. */
function answer(
  tender: number,
  params = ALPHA,
  {
    nullifier = ++people,
    error = 0n,
    ...changes
  }: Partial<ContractRequest> & { nullifier?: bigint; error?: bigint } = {},
): ContractPresentation {
  const { chainId } = context.chain;
  const request = tinyRequest({
    audience: contractAudience(chainId, roster.address),
    purpose: tenderPurpose(tender),
    ...{ params, expiresAt: terms.deadline, ...changes },
  });
  const domain = { chainId, registry: deployment.registry };
  return key.present(domain, request, { epochRoot: ROOT, nullifier, error });
}

describe('a roster', () => {
  test('fills up in batches, tells of each, and is complete at the number required', async () => {
    const tender = await open();
    expect(await rosterState(roster, tender, ALPHA)).toEqual({ admitted: 0, isComplete: false });
    await admit(tender, answer(tender), answer(tender));
    expect(await rosterState(roster, tender, ALPHA)).toEqual({ admitted: 2, isComplete: false });
    const hash = await admit(tender, answer(tender));
    expect(await rosterState(roster, tender, ALPHA)).toEqual({ admitted: 3, isComplete: true });
    const { blockNumber: fromBlock } = await context.chain.reader.getTransactionReceipt({ hash });
    const events = await context.chain.reader.getContractEvents({
      ...{ address: roster.address, abi, fromBlock },
    });
    expect(events.map(({ eventName, args }) => [eventName, args])).toEqual([
      ['StaffAdmitted', { tender: BigInt(tender), roster: ALPHA, admitted: 1n, total: 3n }],
      ['RosterComplete', { tender: BigInt(tender), roster: ALPHA }],
    ]);
  });

  test('takes no more than are required', async () => {
    const tender = await open();
    await admit(tender, answer(tender), answer(tender));
    await expect(admit(tender, answer(tender), answer(tender))).rejects.toMatchObject({
      ...{ facts: { error: 'TooMany', details: '1, 2' } },
    });
    await admit(tender, answer(tender));
    await expect(admit(tender, answer(tender))).rejects.toMatchObject(revertedWith('TooMany'));
  });

  test('counts nobody twice in a tender, not even for two bidders; but in two tenders', async () => {
    const [tender, other] = [await open(), await open()];
    const one = answer(tender);
    const { nullifier } = one;
    await expect(admit(tender, one, answer(tender), one)).rejects.toMatchObject(
      rejected('nullifier_spent', 2),
    );
    await admit(tender, one, answer(tender, ALPHA));
    await expect(admit(tender, one)).rejects.toMatchObject(rejected('nullifier_spent', 0));
    await expect(admit(tender, answer(tender, BETA, { nullifier }))).rejects.toMatchObject(
      rejected('nullifier_spent', 0),
    );
    await admit(tender, answer(tender, BETA));
    expect((await rosterState(roster, tender, ALPHA)).admitted).toBe(2);
    expect((await rosterState(roster, tender, BETA)).admitted).toBe(1);
    // The circuit gives the same person another nullifier in another scope.
    await admit(other, answer(other));
  });

  test('admits the whole batch or nobody of it', async () => {
    const tender = await open();
    const good = answer(tender);
    await expect(admit(tender, good, answer(tender, ALPHA, { error: 1n }))).rejects.toMatchObject(
      rejected('invalid_proof'),
    );
    const late = answer(tender, ALPHA, { expiresAt: 1n });
    await expect(admit(tender, good, late)).rejects.toMatchObject(rejected('expired', 1));
    expect((await rosterState(roster, tender, ALPHA)).admitted).toBe(0);
    const contract = { chain: context.chain, address: deployment.statementVerifier };
    expect(await isNullifierSpent(contract, good.nullifier)).toBe(false);
    await admit(tender, good);
  });

  test('is for what the tender asks, and here', async () => {
    const [tender, other] = [await open(), await open()];
    const elsewhere = contractAudience(context.chain.chainId, office.address);
    for (const [one, error] of [
      [answer(other), 'OtherQuestion'],
      [answer(tender, ALPHA + (1n << 15n)), 'OtherQuestion'],
      [answer(tender, ALPHA, { statement: statementId('coverage@2') }), 'OtherQuestion'],
      [answer(tender, BASE), 'NoBidder'],
    ] as const) {
      await expect(admit(tender, one)).rejects.toMatchObject(revertedWith(error));
    }
    const away = answer(tender, ALPHA, { audience: elsewhere });
    await expect(admit(tender, away)).rejects.toMatchObject(rejected('wrong_audience'));
    await expect(admit(99, answer(99))).rejects.toMatchObject(revertedWith('UnknownTender'));
    await admit(tender, answer(tender));
  });

  test('closes with the deadline', async () => {
    const tender = await open();
    await admit(tender, answer(tender));
    await context.pass(3600);
    const late = answer(tender, ALPHA, { expiresAt: 2n ** 40n });
    await expect(admit(tender, late)).rejects.toMatchObject(revertedWith('TenderOver'));
  });
});

describe('a tender', () => {
  test('is opened by anyone, numbered, and stays as it is', async () => {
    const tender = await open({ bidderMask: 0n, params: ALPHA });
    const next = await openTender(roster, relayer, terms);
    expect(next).toBe(tender + 1);
    const { reader } = context.chain;
    const at = { address: roster.address, abi, args: [BigInt(tender)] } as const;
    expect(await reader.readContract({ ...at, functionName: 'termsOf' })).toEqual({
      ...{ ...terms, bidderMask: 0n, params: ALPHA },
    });
    expect(await reader.readContract({ ...at, functionName: 'purposeOf' })).toBe(
      tenderPurpose(tender),
    );
    await admit(tender, answer(tender));
    await expect(admit(tender, answer(tender, BETA))).rejects.toMatchObject(
      revertedWith('OtherQuestion'),
    );
  });

  test.each<[string, () => Partial<TenderTerms>]>([
    ['nobody', () => ({ staff: 0 })],
    ['a deadline that is over', () => ({ deadline: terms.deadline - 3600n })],
    ['a bidder named in the terms', () => ({ params: ALPHA })],
  ])('of %s is none', async (_, changes) => {
    await expect(open(changes())).rejects.toMatchObject(revertedWith('InvalidTerms'));
  });
});
