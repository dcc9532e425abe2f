import { encodeDeployData, type Hex, hashTypedData, type LocalAccount, zeroHash } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  statementVerifierAbi as abi,
  statementVerifierBytecode as bytecode,
} from '../../src/chain/artifacts/StatementVerifier.generated.ts';
import { signAuthorityChange } from '../../src/chain/authority-change.ts';
import { changeAuthorities } from '../../src/chain/change-authorities.ts';
import { deployContract } from '../../src/chain/deploy.ts';
import { canbaoDomain } from '../../src/chain/epoch-commitment.ts';
import { registeredKeyHash } from '../../src/chain/registered-key.ts';
import { sendCall } from '../../src/chain/send-call.ts';
import {
  executeStatementChange,
  hashStatementChange,
  isStatementSignature,
  lastStatementChange,
  type StatementChange,
  signStatementChange,
  statementStanding,
  submitStatementChange,
} from '../../src/chain/statement-registry.ts';
import {
  checkOnChain,
  contractAudience,
  type StatementVerifierContract,
} from '../../src/chain/statement-verifier.ts';
import type { Deployment, StatementAction, StatementEntry } from '../../src/chain/types.ts';
import { statementId } from '../../src/request/request-hash.ts';
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
const COVERAGE = statementId('coverage@1');
const NEW = statementId('new@1');
const key = knownKey('statements');
const [first, second, third] = testAuthorities as [LocalAccount, LocalAccount, LocalAccount];

let context: TestChain;
let deployment: Deployment;
let contract: StatementVerifierContract;
let entry: StatementEntry;

beforeAll(async () => {
  context = await startTestChain();
});
afterAll(() => context[Symbol.asyncDispose]());
beforeEach(async () => {
  const { chain, payer } = context;
  deployment = await deployTestContracts(chain, payer, {
    changeDelay: DELAY,
    statements: { 'coverage@1': key.words },
  });
  contract = { chain, address: deployment.statementVerifier };
  const vkeyHash = await registeredKeyHash(
    { chain, address: deployment.registry },
    deployment.statementVerifier,
    'coverage@1',
  );
  if (!vkeyHash) throw new Error('coverage@1 expected');
  entry = { statement: NEW, verifier: verifierAt(), vkeyHash };
});

const verifierAt = () => deployment.verifiers['coverage@1'] as Hex;
const domain = (statementRegistry = contract.address) => ({
  ...{ chainId: context.chain.chainId, registry: deployment.registry, statementRegistry },
});
const sign = (change: StatementChange, signers = [first, second], under = domain()) =>
  Promise.all(signers.map((one) => signStatementChange(under, one, change)));

/** Signs with a quorum and submits. */
async function submit(change: StatementChange, signers = [first, second]): Promise<Hex> {
  return submitStatementChange(contract, context.payer, change, await sign(change, signers));
}

const order = async (action: StatementAction, ...statements: Hex[]) =>
  submit({ previousChange: await lastStatementChange(contract), action, statements });
const register = async (changes: Partial<StatementEntry> = {}) =>
  submit({ previousChange: await lastStatementChange(contract), entry: { ...entry, ...changes } });
const execute = (statement: Hex) => executeStatementChange(contract, context.payer, statement);
const standing = (statement: Hex) => statementStanding(contract, statement);
const reason = (error: string, details?: string) => ({
  code: 'chain.reverted',
  facts: { error, ...(details !== undefined && { details }) },
});

/** What the contract says of an honest presentation for a statement. */
async function verdictOf(statement: Hex) {
  const request = tinyRequest({
    audience: contractAudience(context.chain.chainId, context.payer.address),
    expiresAt: BigInt((await context.now()) + 3600),
    statement: statement as typeof COVERAGE,
  });
  const known = { chainId: context.chain.chainId, registry: deployment.registry };
  return checkOnChain(contract, key.present(known, request, { epochRoot: ROOT, nullifier: 1n }));
}

async function publishRoot(): Promise<void> {
  const registry = { chain: context.chain, address: deployment.registry };
  await publish(registry, context.payer, commitment({ root: ROOT }));
}

async function eventsOf(hash: Hex) {
  const { reader } = context.chain;
  const { blockNumber: fromBlock } = await reader.getTransactionReceipt({ hash });
  const events = await reader.getContractEvents({ address: contract.address, abi, fromBlock });
  return events.map(({ eventName, args }) => ({ eventName, args }));
}

describe('registering', () => {
  test('waits, for all to see, and then anyone makes it happen', async () => {
    await publishRoot();
    const lodged = await register();
    const readyAt = (await context.now()) + DELAY;
    const [signed, event] = await eventsOf(lodged);
    expect(signed).toMatchObject({
      eventName: 'StatementsChanged',
      args: { previousChange: zeroHash, change: await lastStatementChange(contract) },
    });
    expect(signed?.args).toMatchObject({ signers: [first.address, second.address] });
    expect(event?.eventName).toBe('RegistrationLodged');
    expect(event?.args).toMatchObject({ statement: NEW, readyAt: BigInt(readyAt) });
    expect(await standing(NEW)).toEqual({
      ...{ status: 'unknown', entry: undefined, pending: { action: 'register', readyAt } },
    });
    expect(await verdictOf(NEW)).toBe('unknown_statement');

    await context.pass(DELAY - 2);
    await expect(execute(NEW)).rejects.toMatchObject(reason('NotReady'));
    await context.pass(2);
    await execute(NEW);
    expect(await standing(NEW)).toEqual({
      status: 'active',
      entry: { ...entry, verifier: expect.stringMatching(new RegExp(verifierAt(), 'i')) },
      pending: undefined,
    });
    expect(await verdictOf(NEW)).toBe('valid');
    await expect(execute(NEW)).rejects.toMatchObject(reason('NothingPending'));
  });

  test('is for good: no second binding, whatever became of the first', async () => {
    const again = () => register({ statement: COVERAGE });
    await expect(again()).rejects.toMatchObject(reason('StatementAlreadyRegistered'));
    await order('pause', COVERAGE);
    await expect(again()).rejects.toMatchObject(reason('StatementAlreadyRegistered'));
    await order('disable', COVERAGE);
    await expect(again()).rejects.toMatchObject(reason('StatementAlreadyRegistered'));
  });

  test('one at a time, and not of what was cancelled', async () => {
    await register();
    await expect(register()).rejects.toMatchObject(reason('ChangePending'));
    await order('cancel', NEW);
    await context.pass(DELAY + 1);
    await expect(execute(NEW)).rejects.toMatchObject(reason('NothingPending'));
    await expect(order('cancel', NEW)).rejects.toMatchObject(reason('NothingPending'));
    await register();
    await expect(execute(NEW)).rejects.toMatchObject(reason('NotReady'));
  });

  test('of a contract, with the key that was signed for', async () => {
    await expect(register({ verifier: first.address })).rejects.toMatchObject(
      reason('NotAContract'),
    );
    await expect(register({ vkeyHash: `0x${'01'.repeat(32)}` })).rejects.toMatchObject(
      reason('WrongVerificationKey'),
    );
  });
});

describe('pausing and disabling', () => {
  test('a pause is at once, its end waits', async () => {
    await publishRoot();
    expect(await verdictOf(COVERAGE)).toBe('valid');
    await order('pause', COVERAGE);
    expect(await verdictOf(COVERAGE)).toBe('paused');
    await order('resume', COVERAGE);
    expect(await verdictOf(COVERAGE)).toBe('paused');
    expect((await standing(COVERAGE)).pending?.action).toBe('resume');
    await context.pass(DELAY - 2);
    await expect(execute(COVERAGE)).rejects.toMatchObject(reason('NotReady'));
    expect(await verdictOf(COVERAGE)).toBe('paused');
    await context.pass(2);
    await execute(COVERAGE);
    expect(await verdictOf(COVERAGE)).toBe('valid');
  });

  test('an end that was cancelled does not come, and does not shorten the next one', async () => {
    await order('pause', COVERAGE);
    await order('resume', COVERAGE);
    await context.pass(DELAY + 1);
    await order('cancel', COVERAGE);
    await expect(execute(COVERAGE)).rejects.toMatchObject(reason('NothingPending'));
    await order('resume', COVERAGE);
    await expect(execute(COVERAGE)).rejects.toMatchObject(reason('NotReady'));
  });

  test('disabled is at once and for good, and ends what waited', async () => {
    await publishRoot();
    await order('pause', COVERAGE);
    await order('resume', COVERAGE);
    await order('disable', COVERAGE);
    expect(await verdictOf(COVERAGE)).toBe('disabled');
    await context.pass(DELAY + 1);
    await expect(execute(COVERAGE)).rejects.toMatchObject(reason('NothingPending'));
    for (const action of ['pause', 'resume', 'disable'] as const) {
      await expect(order(action, COVERAGE)).rejects.toMatchObject(
        reason('WrongStatus', `${COVERAGE}, 3`),
      );
    }
    expect(await verdictOf(COVERAGE)).toBe('disabled');
    // Who asks for its key is told of none; what it was stays on record.
    const registry = { chain: context.chain, address: deployment.registry };
    expect(await registeredKeyHash(registry, contract.address, 'coverage@1')).toBeUndefined();
    expect((await standing(COVERAGE)).entry?.vkeyHash).toBe(entry.vkeyHash);
  });

  test('only of what stands so, all of an order or nothing of it', async () => {
    await expect(order('resume', COVERAGE)).rejects.toMatchObject(reason('WrongStatus'));
    await expect(order('pause', NEW)).rejects.toMatchObject(reason('WrongStatus', `${NEW}, 0`));
    await expect(order('disable', NEW)).rejects.toMatchObject(reason('WrongStatus'));
    await expect(order('pause', COVERAGE, COVERAGE)).rejects.toMatchObject(reason('WrongStatus'));
    await expect(order('pause', COVERAGE, NEW)).rejects.toMatchObject(reason('WrongStatus'));
    expect((await standing(COVERAGE)).status).toBe('active');
    await expect(order('pause')).rejects.toMatchObject(reason('EmptyOrder'));
    await order('pause', COVERAGE);
    await expect(order('pause', COVERAGE)).rejects.toMatchObject(reason('WrongStatus'));
  });
});

describe('who governs', () => {
  const pause = async (): Promise<StatementChange> => ({
    previousChange: await lastStatementChange(contract),
    ...{ action: 'pause', statements: [COVERAGE] },
  });
  const submitSigned = async (change: StatementChange, signed: Awaited<ReturnType<typeof sign>>) =>
    submitStatementChange(contract, context.payer, change, signed);

  test('digests are those of TypeScript, and a signature is known by its signer', async () => {
    const { reader } = context.chain;
    const at = { address: contract.address, abi } as const;
    const registration = { previousChange: `0x${'0a'.repeat(32)}`, entry } as const;
    const orders = (['pause', 'resume', 'disable', 'cancel'] as const).map((action, number) => ({
      ...{ number, action, previousChange: zeroHash, statements: [COVERAGE, NEW] },
    }));
    expect(
      await reader.readContract({ ...at, functionName: 'hashRegistration', args: [registration] }),
    ).toBe(hashStatementChange(domain(), registration));
    for (const { number, ...change } of orders) {
      const args = [{ ...change, action: number }] as const;
      expect(await reader.readContract({ ...at, functionName: 'hashOrder', args })).toBe(
        hashStatementChange(domain(), change),
      );
    }
    // The documented type, written out again.
    const order = [
      ...[
        { name: 'statementRegistry', type: 'address' },
        { name: 'previousChange', type: 'bytes32' },
      ],
      ...[
        { name: 'action', type: 'uint8' },
        { name: 'statements', type: 'bytes32[]' },
      ],
    ];
    expect(hashStatementChange(domain(), await pause())).toBe(
      hashTypedData({
        domain: canbaoDomain(domain()),
        types: { StatementOrder: order },
        primaryType: 'StatementOrder',
        message: { statementRegistry: contract.address, ...(await pause()), action: 0 },
      }),
    );
    const [signature] = await sign(registration, [first]);
    if (!signature) throw new Error('a signature expected');
    expect(await isStatementSignature(domain(), registration, signature)).toBe(true);
    const asOther = { ...signature, signer: second.address };
    expect(await isStatementSignature(domain(), registration, asOther)).toBe(false);
  });

  test('a quorum of the authorities, each once', async () => {
    const change = await pause();
    const stranger = context.payer;
    for (const [signers, error] of [
      [[first], 'QuorumNotReached'],
      [[first, first], 'SignersNotAscending'],
      [[first, stranger], 'NotAuthority'],
    ] as const) {
      const signed = await sign(change, [...signers] as never);
      await expect(submitSigned(change, signed)).rejects.toMatchObject(revertedWith(error));
    }
    // A signature of another change is of nobody who may.
    const signed = await sign({ ...change, action: 'disable' } as StatementChange);
    await expect(submitSigned(change, signed)).rejects.toMatchObject({ code: 'chain.reverted' });
    await submit(change, [first, third]);
  });

  test('the authorities of today: who was removed signs no more', async () => {
    const registry = { chain: context.chain, address: deployment.registry };
    const change = await pause();
    const signed = await sign(change);
    const removal = {
      ...{ previousChange: zeroHash, added: [], removed: [second.address], quorum: 2 },
    };
    const by = await Promise.all(
      [first, third].map((one) => signAuthorityChange(domain(), one, removal)),
    );
    await changeAuthorities(registry, context.payer, removal, by);
    await expect(submitSigned(change, signed)).rejects.toMatchObject(revertedWith('NotAuthority'));
    await submit(change, [first, third]);
  });

  test('no signature counts twice, out of order, or for another contract', async () => {
    const change = await pause();
    const signed = await sign(change);
    await submitSigned(change, signed);
    await expect(submitSigned(change, signed)).rejects.toMatchObject(
      revertedWith('WrongPreviousStatementChange'),
    );
    // Signed in time and never sent: whatever came between has made it void.
    const resume = { ...(await pause()), action: 'resume' } as StatementChange;
    const early = await sign(resume);
    await register();
    await expect(submitSigned(resume, early)).rejects.toMatchObject(
      revertedWith('WrongPreviousStatementChange'),
    );

    const args = [deployment.registry, 1n, DELAY, [{ ...entry, statement: COVERAGE }]] as const;
    const data = encodeDeployData({ abi, bytecode, args });
    const twin = await deployContract(context.chain, context.payer, data, 1);
    await expect(
      submitStatementChange({ chain: context.chain, address: twin }, context.payer, change, signed),
    ).rejects.toMatchObject({ code: 'chain.reverted' });
    const forTwin = await sign(change, [first, second], domain(twin));
    await submitStatementChange(
      { chain: context.chain, address: twin },
      context.payer,
      change,
      forTwin,
    );
  });

  test('an order that is none is refused', async () => {
    const args = [{ previousChange: zeroHash, action: 4, statements: [COVERAGE] }, []];
    const call = { abi, functionName: 'submitOrder', args };
    await expect(sendCall(contract, context.payer, call)).rejects.toMatchObject({
      code: 'chain.rpc_failed',
    });
  });
});
