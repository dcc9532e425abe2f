import fc from 'fast-check';
import { createTestClient, type Hex, http, keccak256, type LocalAccount } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { benefitClaimsAbi } from '../../src/chain/artifacts/BenefitClaims.generated.ts';
import {
  type BenefitClaimsContract,
  claimOf,
  registerClaim,
} from '../../src/chain/benefit-claims.ts';
import { claimNonce, claimRule } from '../../src/chain/claim-rules.ts';
import { deployBenefitClaims, deployTenderRoster } from '../../src/chain/deploy.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import { consumeBatch, presentationBatch } from '../../src/chain/presentation-batch.ts';
import {
  executeStatementChange,
  lastStatementChange,
  type StatementChange,
  signStatementChange,
  statementStanding,
  submitStatementChange,
} from '../../src/chain/statement-registry.ts';
import {
  checkOnChain,
  consume,
  contractAudience,
  isNullifierSpent,
} from '../../src/chain/statement-verifier.ts';
import {
  admitStaff,
  openTender,
  rosterState,
  type TenderRosterContract,
  tenderPurpose,
} from '../../src/chain/tender-roster.ts';
import type {
  Deployment,
  StatementAction,
  StatementEntry,
  StatementStatus,
} from '../../src/chain/types.ts';
import { statementId } from '../../src/request/request-hash.ts';
import { knownKey } from '../support/known-key.ts';
import {
  commitment,
  deployTestContracts,
  publish,
  startTestChain,
  type TestChain,
  testAuthorities,
} from '../support/test-chain.ts';
import { tinyRequest } from '../support/tiny-presentation.ts';

/**
 * Calls in any order, against a model of a few sets: what it says happens, and nothing else does.
 * The same nullifier is spent once, whoever spends it; a disabled statement never verifies; nothing
 * that has to wait happens before its time; there are as many claims as people who claimed.
 */
const DELAY = 10_000;
const STAFF = 3;
const ROOT = 1_000_003n;
const OLD = statementId('coverage@1');
const NEW = statementId('coverage@2');
const EXPIRES_AT = 2n ** 40n;
const DELIVER_TO = keccak256('0x01');
const key = knownKey('invariants');
const audience = embeddedAccount(1);
const payer = embeddedAccount(2);

interface Model {
  readonly status: Map<Hex, StatementStatus>;
  readonly pending: Map<Hex, { action: 'register' | 'resume'; readyAt: number }>;
  readonly spent: Set<bigint>;
  readonly claims: Set<bigint>;
  admitted: number;
  now: number;
}

interface Real {
  readonly verifier: { chain: TestChain['chain']; address: Deployment['statementVerifier'] };
  readonly claims: BenefitClaimsContract;
  readonly roster: TenderRosterContract;
  readonly entry: StatementEntry;
  readonly tender: number;
}

let context: TestChain;
let deployment: Deployment;
let real: Real;
let snapshot: Hex;

const clock = () => createTestClient({ mode: 'anvil', transport: http(context.node.url) });

beforeAll(async () => {
  context = await startTestChain();
  const { chain, payer: deployer } = context;
  deployment = await deployTestContracts(chain, deployer, {
    changeDelay: DELAY,
    statements: { 'coverage@1': key.words },
  });
  const { registry, statementVerifier, verifiers } = deployment;
  await publish({ chain, address: registry }, deployer, commitment({ root: ROOT }));
  const rule = claimRule({
    ...{ benefit: 'one', statement: { name: 'coverage@1', params: { word: 12 } } },
    ...{ purpose: 'claim', opensAt: 0, closesAt: Number(EXPIRES_AT), fields: { word: [19n, 19n] } },
  });
  const address = await deployBenefitClaims(chain, deployer, statementVerifier, [rule, rule]);
  const roster = { chain, address: await deployTenderRoster(chain, deployer, statementVerifier) };
  const verifier = { chain, address: statementVerifier };
  const standing = await statementStanding(verifier, OLD);
  if (!standing.entry) throw new Error('coverage@1 expected');
  const tender = await openTender(roster, payer, {
    ...{ statement: OLD, params: 19n, bidderMask: 0n, staff: STAFF, deadline: EXPIRES_AT },
  });
  const entry = { ...standing.entry, statement: NEW, verifier: verifiers['coverage@1'] as Hex };
  real = { verifier, claims: { chain, address }, roster, entry, tender };
  snapshot = await clock().snapshot();
});
afterAll(() => context[Symbol.asyncDispose]());

function present(
  statement: Hex,
  { to = audience.address as Hex, purpose = 'direct', nonce = `0x${'5a'.repeat(32)}` as Hex },
  nullifier: bigint,
  isFalse = false,
) {
  const request = tinyRequest({
    ...{ statement: statement as typeof OLD, purpose, nonce, expiresAt: EXPIRES_AT },
    audience: contractAudience(context.chain.chainId, to),
  });
  const domain = { chainId: context.chain.chainId, registry: deployment.registry };
  const error = isFalse ? 1n : 0n;
  return key.present(domain, request, { epochRoot: ROOT, nullifier, error });
}

/** What came of a call: `done`, a verdict, or the contract's error. */
async function outcome(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'done',
    (error: { code?: string; facts?: { verdict?: string; error?: string } }) => {
      const said = error.facts?.verdict ?? error.facts?.error;
      if (said === undefined) throw error;
      return said;
    },
  );
}

const refusals: Readonly<Record<StatementStatus, string | undefined>> = {
  unknown: 'unknown_statement',
  active: undefined,
  paused: 'paused',
  disabled: 'disabled',
};
const standingOf = (model: Model, statement: Hex) => model.status.get(statement) ?? 'unknown';

/** A call, what the model says comes of it, and what the model is afterwards. */
class Call implements fc.AsyncCommand<Model, Real> {
  private readonly name: string;
  private readonly expected: (model: Model) => string;
  private readonly act: (real: Real) => Promise<unknown>;
  private readonly apply: (model: Model) => void;
  constructor(
    name: string,
    act: (real: Real) => Promise<unknown>,
    expected: (model: Model) => string,
    apply: (model: Model) => void,
  ) {
    [this.name, this.act, this.expected, this.apply] = [name, act, expected, apply];
  }
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    model.now = await context.now();
    const expected = this.expected(model);
    expect(`${this} ${await outcome(this.act(real))}`).toBe(`${this} ${expected}`);
    model.now = await context.now();
    if (expected === 'done') this.apply(model);
    await holds(model, real);
  }
  toString = () => this.name;
}

async function holds(model: Model, { verifier, claims, roster, tender }: Real): Promise<void> {
  const { reader } = context.chain;
  const at = { address: claims.address, abi: benefitClaimsAbi } as const;
  expect(await reader.readContract({ ...at, functionName: 'claimCount' })).toBe(
    BigInt(model.claims.size),
  );
  for (const nullifier of NULLIFIERS) {
    expect(await isNullifierSpent(verifier, nullifier)).toBe(model.spent.has(nullifier));
    const claim = await claimOf(claims, nullifier);
    expect(claim !== undefined).toBe(model.claims.has(nullifier));
  }
  for (const statement of [OLD, NEW]) {
    const { status, pending } = await statementStanding(verifier, statement);
    expect(status).toBe(standingOf(model, statement));
    expect(pending).toEqual(model.pending.get(statement));
  }
  expect((await rosterState(roster, tender, 19n)).admitted).toBe(model.admitted);
}

const NULLIFIERS = [1n, 2n, 3n, 4n, 5n] as const;
const nullifier = fc.constantFrom(...NULLIFIERS);
const statement = fc.constantFrom(OLD, OLD, NEW);
const isFalse = fc.constantFrom(false, false, false, true);
const signers = fc.constantFrom(2, 2, 2, 1);
const name = (id: Hex) => (id === OLD ? 'old' : 'new');

async function sign(change: StatementChange, count: number) {
  const { registry, statementVerifier: statementRegistry } = deployment;
  const domain = { chainId: context.chain.chainId, registry, statementRegistry };
  const quorum = testAuthorities.slice(0, count) as LocalAccount[];
  return Promise.all(quorum.map((one) => signStatementChange(domain, one, change)));
}

/** What is for good comes seldom, or there would be little left to do. */
const ACTIONS = ['pause', 'pause', 'resume', 'resume', 'resume', 'cancel', 'disable'] as const;

const orders = fc
  .tuple(fc.constantFrom(...ACTIONS), statement, signers)
  .map(([action, id, count]) => {
    const act = async ({ verifier }: Real) => {
      const previousChange = await lastStatementChange(verifier);
      const order = { previousChange, action, statements: [id] };
      return submitStatementChange(verifier, payer, order, await sign(order, count));
    };
    return new Call(
      `${action} ${name(id)} by ${count}`,
      act,
      (model) => (count < 2 ? 'QuorumNotReached' : orderOutcome(model, action, id)),
      (model) => {
        if (action === 'pause') model.status.set(id, 'paused');
        else if (action === 'disable') model.status.set(id, 'disabled');
        if (action === 'disable' || action === 'cancel') model.pending.delete(id);
        if (action !== 'resume') return;
        model.pending.set(id, { action, readyAt: model.now + DELAY });
      },
    );
  });

function orderOutcome(model: Model, action: StatementAction, id: Hex): string {
  const status = standingOf(model, id);
  const isPending = model.pending.has(id);
  if (action === 'cancel') return isPending ? 'done' : 'NothingPending';
  if (action === 'disable') {
    return status === 'active' || status === 'paused' ? 'done' : 'WrongStatus';
  }
  if (status !== (action === 'pause' ? 'active' : 'paused')) return 'WrongStatus';
  return action === 'resume' && isPending ? 'ChangePending' : 'done';
}

const registrations = fc.tuple(statement, signers).map(([id, count]) => {
  const act = async ({ verifier, entry }: Real) => {
    const previousChange = await lastStatementChange(verifier);
    const change = { previousChange, entry: { ...entry, statement: id } };
    return submitStatementChange(verifier, payer, change, await sign(change, count));
  };
  return new Call(
    `register ${name(id)} by ${count}`,
    act,
    (model) => {
      if (standingOf(model, id) !== 'unknown') return 'StatementAlreadyRegistered';
      if (count < 2) return 'QuorumNotReached';
      return model.pending.has(id) ? 'ChangePending' : 'done';
    },
    (model) => {
      model.pending.set(id, { action: 'register', readyAt: model.now + DELAY });
    },
  );
});

const executions = statement.map(
  (id) =>
    new Call(
      `execute ${name(id)}`,
      ({ verifier }) => executeStatementChange(verifier, payer, id),
      (model) => {
        const pending = model.pending.get(id);
        if (!pending) return 'NothingPending';
        return model.now < pending.readyAt ? 'NotReady' : 'done';
      },
      (model) => {
        model.pending.delete(id);
        model.status.set(id, 'active');
      },
    ),
);

/** Far from the delay by more than a test takes, or past it. */
const waits = fc.constantFrom(3_000, 6_000, DELAY + 1).map(
  (seconds) =>
    new Call(
      `wait ${seconds}`,
      () => context.pass(seconds),
      () => 'done',
      () => {},
    ),
);

const checks = fc.tuple(statement, nullifier, isFalse).map(
  ([id, one, wrong]) =>
    new Call(
      `check ${name(id)} ${one} ${wrong}`,
      async ({ verifier }) => {
        const verdict = await checkOnChain(verifier, present(id, {}, one, wrong));
        if (verdict !== 'valid') throw Object.assign(new Error(), { facts: { verdict } });
      },
      (model) => refusals[standingOf(model, id)] ?? (wrong ? 'invalid_proof' : 'done'),
      () => {},
    ),
);

/** What spending a nullifier comes to, once the contract in between has let it pass. */
function spendOutcome(model: Model, id: Hex, people: readonly bigint[], wrong: boolean): string {
  if (people.some((one, i) => model.spent.has(one) || people.indexOf(one) < i)) {
    return 'nullifier_spent';
  }
  return refusals[standingOf(model, id)] ?? (wrong ? 'invalid_proof' : 'done');
}
const spend = (model: Model, people: readonly bigint[]) => {
  for (const one of people) model.spent.add(one);
};

const consumptions = fc.tuple(statement, nullifier, isFalse).map(
  ([id, one, wrong]) =>
    new Call(
      `consume ${name(id)} ${one} ${wrong}`,
      ({ verifier }) => consume(verifier, audience, present(id, {}, one, wrong)),
      (model) => spendOutcome(model, id, [one], wrong),
      (model) => spend(model, [one]),
    ),
);

const many = fc.tuple(
  fc.array(nullifier, { minLength: 1, maxLength: 3 }),
  fc.constantFrom(false, false, false, true),
);

const batches = fc.tuple(statement, many).map(
  ([id, [people, wrong]]) =>
    new Call(
      `consumeBatch ${name(id)} ${people} ${wrong}`,
      ({ verifier }) => {
        const all = people.map((one, i) => present(id, {}, one, wrong && i === people.length - 1));
        return consumeBatch(verifier, audience, presentationBatch(all));
      },
      (model) => spendOutcome(model, id, people, wrong),
      (model) => spend(model, people),
    ),
);

const claimsMade = fc.tuple(fc.constantFrom(0, 1), nullifier, isFalse).map(
  ([rule, one, wrong]) =>
    new Call(
      `claim ${rule} ${one} ${wrong}`,
      ({ claims }) => {
        const to = { to: claims.address, purpose: 'claim', nonce: claimNonce(rule, DELIVER_TO) };
        const presentation = present(OLD, to, one, wrong);
        return registerClaim(claims, payer, { rule, deliverTo: DELIVER_TO, presentation });
      },
      (model) => spendOutcome(model, OLD, [one], wrong),
      (model) => {
        spend(model, [one]);
        model.claims.add(one);
      },
    ),
);

const admissions = many.map(
  ([people, wrong]) =>
    new Call(
      `admit ${people} ${wrong}`,
      ({ roster, tender }) => {
        const to = { to: roster.address, purpose: tenderPurpose(tender) };
        const all = people.map((one, i) => present(OLD, to, one, wrong && i === people.length - 1));
        return admitStaff(roster, payer, tender, presentationBatch(all));
      },
      (model) =>
        model.admitted + people.length > STAFF
          ? 'TooMany'
          : spendOutcome(model, OLD, people, wrong),
      (model) => {
        spend(model, people);
        model.admitted += people.length;
      },
    ),
);

test('whatever is called in whatever order, the contracts do what the model does', async () => {
  const all = [
    ...[orders, orders, registrations, executions, executions, waits, checks],
    ...[consumptions, batches, claimsMade, claimsMade, admissions],
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(all, { maxCommands: 40, size: 'max' }), async (commands) => {
      await clock().revert({ id: snapshot });
      snapshot = await clock().snapshot();
      const model: Model = {
        status: new Map([[OLD, 'active']]),
        ...{ pending: new Map(), spent: new Set(), claims: new Set() },
        ...{ admitted: 0, now: 0 },
      };
      await fc.asyncModelRun(() => ({ model, real }), commands);
    }),
    { numRuns: Number(process.env.CANBAO_RUNS ?? 60), seed: 20261125, endOnFailure: true },
  );
}, 1_200_000);
