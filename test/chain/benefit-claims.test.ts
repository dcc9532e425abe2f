import {
  type Address,
  type Hex,
  hexToString,
  keccak256,
  type LocalAccount,
  stringToHex,
  trim,
  zeroHash,
} from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { benefitClaimsAbi as abi } from '../../src/chain/artifacts/BenefitClaims.generated.ts';
import {
  type BenefitClaimsContract,
  claimOf,
  claimRules,
  lastClaimRuleChange,
  registerClaim,
  submitClaimRuleChange,
} from '../../src/chain/benefit-claims.ts';
import {
  type ClaimRule,
  type ClaimRuleChange,
  claimNonce,
  claimRule,
  hashClaimRuleChange,
  signClaimRuleChange,
} from '../../src/chain/claim-rules.ts';
import type { ContractRequest } from '../../src/chain/contract-presentation.ts';
import { deployBenefitClaims } from '../../src/chain/deploy.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import { signStatementChange, submitStatementChange } from '../../src/chain/statement-registry.ts';
import { contractAudience, isNullifierSpent } from '../../src/chain/statement-verifier.ts';
import type { Deployment, StatementOrder } from '../../src/chain/types.ts';
import { packParams } from '../../src/request/params.ts';
import { statementId } from '../../src/request/request-hash.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { knownKey } from '../support/known-key.ts';
import {
  commitment,
  deployTestContracts,
  publish,
  revertedWith,
  startTestChain,
  type TestChain,
  testAuthorities,
} from '../support/test-chain.ts';
import { tinyRequest } from '../support/tiny-presentation.ts';

const DELAY = 3600;
const ROOT = 1_000_003n;
const PENSION = 'pension-eligibility@1';
const layout = statementRegistry.get(PENSION);
if (!layout) throw new Error(`${PENSION} expected`);
const pension = layout;
const key = knownKey('claims');
const [first, second] = testAuthorities as [LocalAccount, LocalAccount];
/** Hands claims in, and is nobody. */
const relayer = embeddedAccount(7);
const DELIVER_TO = keccak256(stringToHex('6217 0000, and a salt'));

let context: TestChain;
let deployment: Deployment;
let claims: BenefitClaimsContract;
let opensAt: number;
let closesAt: number;
let people = 0n;

const asOf = [1500n, 1511n] as const;
const draft = (changes: Partial<Parameters<typeof claimRule>[0]> = {}) =>
  claimRule({
    ...{ benefit: 'pension', statement: pension, purpose: 'pension-claim', opensAt, closesAt },
    fields: { identityBefore: [1500n, 1500n], asOf, isEarlyAllowed: [0n, 0n] },
    ...changes,
  });
const honest = { identityBefore: 1500n, asOf: 1505n, isEarlyAllowed: 0n };

beforeAll(async () => {
  context = await startTestChain();
  const { chain, payer } = context;
  deployment = await deployTestContracts(chain, payer, {
    changeDelay: DELAY,
    statements: { [PENSION]: key.words },
  });
  await publish({ chain, address: deployment.registry }, payer, commitment({ root: ROOT }));
});
afterAll(() => context[Symbol.asyncDispose]());
beforeEach(async () => {
  const { chain, payer } = context;
  opensAt = await context.now();
  closesAt = opensAt + 86_400;
  const rules = [
    draft(),
    draft({ fields: { identityBefore: [1500n, 1500n], asOf, isEarlyAllowed: [1n, 1n] } }),
    draft({ purpose: 'pension-claim-2027' }),
  ];
  const address = await deployBenefitClaims(chain, payer, deployment.statementVerifier, rules);
  claims = { chain, address };
});

const verifier = () => ({ chain: context.chain, address: deployment.statementVerifier });

/** An honest claim of a person, but for `changes`. */
async function claimed({
  rule = 0,
  deliverTo = DELIVER_TO,
  params = {},
  request: changes = {},
  nullifier = ++people,
  error = 0n,
}: {
  rule?: number;
  deliverTo?: Hex;
  params?: Partial<typeof honest>;
  request?: Partial<ContractRequest>;
  nullifier?: bigint;
  error?: bigint;
} = {}) {
  const { chainId } = context.chain;
  const request = tinyRequest({
    statement: statementId(PENSION),
    audience: contractAudience(chainId, claims.address),
    purpose: 'pension-claim',
    params: packParams(pension, { ...honest, ...params }),
    nonce: claimNonce(rule, deliverTo),
    expiresAt: BigInt((await context.now()) + 3600),
    ...changes,
  });
  const domain = { chainId, registry: deployment.registry };
  const presentation = key.present(domain, request, { epochRoot: ROOT, nullifier, error });
  return { rule, deliverTo, presentation };
}

const register = (claim: Awaited<ReturnType<typeof claimed>>) =>
  registerClaim(claims, relayer, claim);
const count = () =>
  context.chain.reader.readContract({ address: claims.address, abi, functionName: 'claimCount' });
const rejected = (verdict: string) => ({ code: 'chain.rejected', facts: { verdict } });

describe('a claim', () => {
  test('is registered whoever hands it in, and tells all that delivering takes', async () => {
    const claim = await claimed();
    const hash = await register(claim);
    const { nullifier } = claim.presentation;
    expect(await claimOf(claims, nullifier)).toEqual({
      ...{ number: 1, rule: 0, registeredAt: await context.now() },
    });
    const { blockNumber: fromBlock } = await context.chain.reader.getTransactionReceipt({ hash });
    const [event] = await context.chain.reader.getContractEvents({
      ...{ address: claims.address, abi, eventName: 'ClaimRegistered', fromBlock },
    });
    expect(event?.args).toEqual({
      ...{ number: 1n, rule: 0n, deliverTo: DELIVER_TO, nullifier, epochRoot: ROOT },
      benefit: stringToHex('pension', { size: 32 }),
      params: claim.presentation.request.params,
    });
    expect(await claimOf(claims, nullifier + 1n)).toBeUndefined();
  });

  test('is one a person and purpose, whatever the rule; another period is another purpose', async () => {
    const claim = await claimed();
    const { nullifier } = claim.presentation;
    await register(claim);
    await expect(register(claim)).rejects.toMatchObject(rejected('nullifier_spent'));
    const early = await claimed({ rule: 1, nullifier, params: { isEarlyAllowed: 1n } });
    await expect(register(early)).rejects.toMatchObject(rejected('nullifier_spent'));
    const elsewhere = await claimed({ nullifier, deliverTo: keccak256('0x01') });
    await expect(register(elsewhere)).rejects.toMatchObject(rejected('nullifier_spent'));
    await register(await claimed({ rule: 2, request: { purpose: 'pension-claim-2027' } }));
    expect(await count()).toBe(2n);
  });

  test('is turned by nobody who sees it on the way', async () => {
    const claim = await claimed();
    const thief = keccak256(stringToHex('the account of a thief'));
    const other = { ...revertedWith('OtherClaim') };
    await expect(register({ ...claim, deliverTo: thief })).rejects.toMatchObject(other);
    await expect(register({ ...claim, rule: 1 })).rejects.toMatchObject(other);
    const { request } = claim.presentation;
    const turned = {
      ...claim.presentation,
      request: { ...request, nonce: claimNonce(0, thief) },
    };
    await expect(
      register({ rule: 0, deliverTo: thief, presentation: turned }),
    ).rejects.toMatchObject(rejected('invalid_proof'));
    const nowhere = await claimed({ deliverTo: zeroHash });
    await expect(register(nowhere)).rejects.toMatchObject(other);
    await register(claim);
  });

  test.each<[string, Parameters<typeof claimed>[0], string, string?]>([
    ['a field below', { params: { asOf: 1499n } }, 'FieldOutsideRule', '1, 1499'],
    ['a field above', { params: { asOf: 1512n } }, 'FieldOutsideRule', '1, 1512'],
    [
      'a key enrolled too late',
      { params: { identityBefore: 1501n } },
      'FieldOutsideRule',
      '0, 1501',
    ],
    ['a key enrolled whenever', { params: { identityBefore: 0n } }, 'FieldOutsideRule', '0, 0'],
    ['what another rule allows', { params: { isEarlyAllowed: 1n } }, 'FieldOutsideRule', '2, 1'],
    ['bits nobody knows', { request: { params: 1n << 25n } }, 'FieldOutsideRule'],
    ['another purpose', { request: { purpose: 'pension' } }, 'OtherQuestion'],
    ['another statement', { request: { statement: statementId('coverage@1') } }, 'OtherQuestion'],
    ['no rule', { rule: 3 }, 'UnknownRule', '3'],
  ])('%s is refused', async (_, changes, error, details) => {
    const refusal = { code: 'chain.reverted', facts: { error, ...(details && { details }) } };
    await expect(register(await claimed(changes))).rejects.toMatchObject(refusal);
    expect(await count()).toBe(0n);
  });

  test('says nothing that its rule knows nothing of', async () => {
    const params = packParams(pension, honest) | (1n << 25n);
    await expect(register(await claimed({ request: { params } }))).rejects.toMatchObject({
      facts: { error: 'BitsOutsideRule', details: `${1n << 25n}` },
    });
  });

  test('that is not valid here spends nothing', async () => {
    const { nullifier } = (await claimed()).presentation;
    const audience = contractAudience(context.chain.chainId, relayer.address);
    for (const [changes, verdict] of [
      [{ error: 1n }, 'invalid_proof'],
      [{ request: { audience } }, 'wrong_audience'],
      [{ request: { expiresAt: 1n } }, 'expired'],
    ] as const) {
      await expect(register(await claimed({ nullifier, ...changes }))).rejects.toMatchObject(
        rejected(verdict),
      );
    }
    expect(await isNullifierSpent(verifier(), nullifier)).toBe(false);
    await register(await claimed({ nullifier }));
  });

  test('is not taken while its statement is paused', async () => {
    const claim = await claimed();
    const domain = {
      ...{ chainId: context.chain.chainId, registry: deployment.registry },
      statementRegistry: deployment.statementVerifier,
    };
    const snapshot = await context.chain.reader.request({ method: 'evm_snapshot' } as never);
    const pause: StatementOrder = {
      previousChange: zeroHash,
      action: 'pause',
      statements: [statementId(PENSION)],
    };
    const signed = await Promise.all(
      [first, second].map((one) => signStatementChange(domain, one, pause)),
    );
    await submitStatementChange(verifier(), relayer, pause, signed);
    await expect(register(claim)).rejects.toMatchObject(rejected('paused'));
    await context.chain.reader.request({ method: 'evm_revert', params: [snapshot] } as never);
    await register(claim);
  });

  test('is taken from the opening on, until the closing', async () => {
    const claim = await claimed({ request: { expiresAt: 2n ** 40n } });
    const late = await claimed({ request: { expiresAt: 2n ** 40n } });
    await register(claim);
    await context.pass(closesAt - (await context.now()) - 30);
    await register(late);
    await context.pass(closesAt - (await context.now()));
    await expect(
      register(await claimed({ request: { expiresAt: 2n ** 40n } })),
    ).rejects.toMatchObject(revertedWith('RuleNotOpen'));
  });
});

describe('rules', () => {
  const domain = () => ({
    ...{ chainId: context.chain.chainId, registry: deployment.registry },
    benefitClaims: claims.address,
  });
  const sign = (change: ClaimRuleChange, signers = [first, second]) =>
    Promise.all(signers.map((one) => signClaimRuleChange(domain(), one, change)));
  const submit = async (change: ClaimRuleChange, signers = [first, second]) =>
    submitClaimRuleChange(claims, relayer, change, await sign(change, signers));
  const add = async (changes: Parameters<typeof draft>[0] = {}) => ({
    previousChange: await lastClaimRuleChange(claims),
    add: draft({ opensAt: opensAt + DELAY + 100, ...changes }),
  });

  test('are readable as they were given', async () => {
    const rules = await claimRules(claims);
    expect(rules).toHaveLength(3);
    expect(rules[0]).toEqual(draft());
    expect(hexToString(trim(rules[0]?.benefit ?? '0x', { dir: 'right' }))).toBe('pension');
    const coverage = statementRegistry.get('coverage@1');
    if (!coverage) throw new Error('coverage@1 expected');
    const fields = { minMonths: [3n, 3n], employer: [1n, 2n] } as const;
    expect(draft({ statement: coverage, fields }).fields).toEqual([
      { shift: 15, bits: 10, min: 3n, max: 3n },
      { shift: 79, bits: 90, min: 1n, max: 2n },
    ]);
    expect(() => draft({ fields: { salary: [1n, 2n] } })).toThrowError(/salary/);
  });

  test.each<[string, (rule: ClaimRule) => Partial<ClaimRule>]>([
    ['without a purpose', () => ({ purpose: '' })],
    ['with a colon in the purpose', () => ({ purpose: 'pension:claim' })],
    ['that closes when it opens', ({ opensAt: at }) => ({ closesAt: at })],
    ['with an empty field', () => ({ fields: [{ shift: 0, bits: 0, min: 0n, max: 0n }] })],
    ['with a field too wide', () => ({ fields: [{ shift: 0, bits: 113, min: 0n, max: 0n }] })],
    ['with a field off the top', () => ({ fields: [{ shift: 250, bits: 7, min: 0n, max: 0n }] })],
    [
      'with a field that nothing fits',
      () => ({ fields: [{ shift: 0, bits: 4, min: 2n, max: 1n }] }),
    ],
    [
      'with more than a field holds',
      () => ({ fields: [{ shift: 0, bits: 4, min: 0n, max: 16n }] }),
    ],
    [
      'with fields that overlap',
      () => ({
        fields: [
          { shift: 0, bits: 4, min: 0n, max: 1n },
          { shift: 3, bits: 4, min: 0n, max: 1n },
        ],
      }),
    ],
  ])('%s are refused', async (_, change) => {
    const rule = { ...draft(), ...change(draft()) };
    const { chain, payer } = context;
    await expect(
      deployBenefitClaims(chain, payer, deployment.statementVerifier, [rule]),
    ).rejects.toMatchObject(revertedWith('InvalidRule'));
  });

  test('the digests are those of TypeScript', async () => {
    const { reader } = context.chain;
    const at = { address: claims.address, abi } as const;
    const previousChange = `0x${'0b'.repeat(32)}` as const;
    const rule = draft();
    expect(
      await reader.readContract({
        ...at,
        functionName: 'hashAddition',
        args: [rule, previousChange],
      }),
    ).toBe(hashClaimRuleChange(domain(), { add: rule, previousChange }));
    expect(
      await reader.readContract({ ...at, functionName: 'hashClosing', args: [2n, previousChange] }),
    ).toBe(hashClaimRuleChange(domain(), { close: 2, previousChange }));
    expect(
      await reader.readContract({ ...at, functionName: 'nonceFor', args: [2n, DELIVER_TO] }),
    ).toBe(claimNonce(2, DELIVER_TO));
  });

  test('are added by a quorum, for later, once', async () => {
    const soon = await add({ opensAt: opensAt + DELAY - 100 });
    await expect(submit(soon)).rejects.toMatchObject(revertedWith('OpensTooSoon'));
    const change = await add({ purpose: 'pension-claim-2028' });
    await expect(submit(change, [first])).rejects.toMatchObject(revertedWith('QuorumNotReached'));
    await expect(
      submitClaimRuleChange(
        claims,
        relayer,
        change,
        await sign({ previousChange: zeroHash, close: 1 }),
      ),
    ).rejects.toMatchObject({ code: 'chain.reverted' });
    await submit(change);
    expect((await claimRules(claims))[3]).toEqual(change.add);
    await expect(submit(change)).rejects.toMatchObject(revertedWith('WrongPreviousRuleChange'));

    const claim = await claimed({
      rule: 3,
      request: { purpose: 'pension-claim-2028', expiresAt: 2n ** 40n },
    });
    await expect(register(claim)).rejects.toMatchObject(revertedWith('RuleNotOpen'));
    await context.pass(DELAY + 100);
    await register(claim);
  });

  test('are closed by a quorum, at once and for good', async () => {
    const change = { previousChange: await lastClaimRuleChange(claims), close: 0 };
    await expect(submit(change, [first])).rejects.toMatchObject(revertedWith('QuorumNotReached'));
    await submit(change);
    await expect(register(await claimed())).rejects.toMatchObject(revertedWith('RuleNotOpen'));
    await expect(submit(change)).rejects.toMatchObject(revertedWith('WrongPreviousRuleChange'));
    await expect(
      submit({ previousChange: await lastClaimRuleChange(claims), close: 9 }),
    ).rejects.toMatchObject(revertedWith('UnknownRule'));
    // The others stay.
    const early = await claimed({ rule: 1, params: { isEarlyAllowed: 1n } });
    await register(early);
  });
});

test('claims of another contract are not taken here', async () => {
  const claim = await claimed();
  const { chain, payer } = context;
  const twin: Address = await deployBenefitClaims(chain, payer, deployment.statementVerifier, [
    draft(),
  ]);
  await expect(registerClaim({ chain, address: twin }, relayer, claim)).rejects.toMatchObject(
    rejected('wrong_audience'),
  );
});
