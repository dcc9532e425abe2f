import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toScope } from '../../src/core/brands.ts';
import type { Fr } from '../../src/core/field.ts';
import { loadWitnessProgram, type WitnessProgram } from '../../src/groth16/witness-program.ts';
import { signPoseidon } from '../../src/holder/eddsa-poseidon.ts';
import { deriveHolderKeys, type HolderKeys, nullifierOf } from '../../src/holder/keys.ts';
import { compiledCircuit } from '../../src/keys/circuit-build.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import { type Account, type AccountParts, accountParts } from '../../src/ledger/account.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import type { AccountOpening } from '../../src/ledger/epoch.ts';
import { checkRequest } from '../../src/prove/check-request.ts';
import { packParams } from '../../src/request/params.ts';
import type { PresentationRequest } from '../../src/request/presentation-request.ts';
import type { CheckResult, Signals, Statement } from '../../src/statements/define-statement.ts';
import type { Params } from '../../src/statements/statement-text.ts';
import { openingOf } from './accounts.ts';
import { libCircuit, parseSymbols } from './lib-circuit.ts';
import { type Random, seededRandom } from './random.ts';

/** A statement's circuit, ready to calculate witnesses for any account. */
export interface StatementBench {
  readonly program: WitnessProgram;
  /** Wire numbers by signal name; −1 = simplified away. */
  readonly wires: ReadonlyMap<string, number>;
  readonly r1cs: Uint8Array;
  /** Circuit inputs for an account nobody asked whether it qualifies. */
  inputs(question: Question): Signals;
  /** Whether the rule alone accepts: the statement without the opening every statement has. */
  ruleAccepts(question: Question): boolean;
  /** Whether the circuit accepts. */
  accepts(question: Question): boolean;
  /** The account in a tree, as a bureau would hand it out. */
  opening(question: Question): AccountOpening;
  /** The holder's nullifier for a scope. */
  nullifierOf(scope: bigint): bigint;
  /** What the plain oracle says, the condition on the key included. */
  oracle(question: Question): CheckResult;
}

export interface Question {
  readonly account: Account;
  readonly params: Params;
  readonly epochMonth: number;
}

const holder: HolderKeys = deriveHolderKeys(seededRandom('holder').bytes(32));

/** Compiles the circuit if its source changed. */
export async function statementBench(statement: Statement): Promise<StatementBench> {
  const circuit = await compiledCircuit(statement.name);
  const program = await loadWitnessProgram(circuit.wasm);
  const hash = await wasmPoseidon();
  const random: Random = seededRandom(`bench ${statement.name}`);
  const openings = new WeakMap<Account, Map<number, AccountOpening>>();

  const opened = (account: Account, epochMonth: number): AccountOpening => {
    const known = openings.get(account) ?? new Map<number, AccountOpening>();
    openings.set(account, known);
    const opening =
      known.get(epochMonth) ?? openingOf(account, holder.commitment, epochMonth, random, hash);
    known.set(epochMonth, opening);
    return opening;
  };

  // Any message will do for the circuit; a request's hash is the request layer's business.
  const requestHash = random.fr();
  const signature = signPoseidon(holder, requestHash);
  const partsOf = new WeakMap<Account, AccountParts>();
  const partsAt = (account: Account): AccountParts => {
    const known = partsOf.get(account) ?? accountParts(account, holder.commitment, hash);
    partsOf.set(account, known);
    return known;
  };

  const inputs = ({ account, params, epochMonth }: Question): Signals => {
    const opening = opened(account, epochMonth);
    const { holderCommitment: _, ...parts } = partsAt(account);
    return {
      epochRoot: opening.epoch.root,
      scope: random.fr(),
      requestHash,
      params: packParams(statement, params),
      holderAx: holder.publicKey.x,
      holderAy: holder.publicKey.y,
      nullifierKey: holder.nullifierKey,
      signatureS: signature.s,
      signatureR8x: signature.r8.x,
      signatureR8y: signature.r8.y,
      ...parts,
      accountIndex: BigInt(opening.inclusion.index) as Fr,
      siblings: opening.inclusion.siblings,
      employersRoot: opening.epoch.employersRoot,
      epochMonth: BigInt(opening.epoch.month) as Fr,
      ...statement.toSignals(opening, params),
    };
  };

  const rule = await ruleCircuit(statement);
  const ruleInputs = ({ account, params, epochMonth }: Question): Signals => {
    const own = statement.toSignals(opened(account, epochMonth), params);
    const pool = {
      ...account.profile,
      ...account.benefits,
      ...partsAt(account),
      ...params,
      ...own,
    };
    const named = { ...pool, epochMonth: BigInt(epochMonth) } as unknown as Signals;
    return Object.fromEntries(rule.inputs.map((name) => [name, named[name]])) as Signals;
  };

  return {
    program,
    wires: parseSymbols(await readFile(circuit.symFile, 'utf8')),
    r1cs: circuit.r1cs,
    inputs,
    ruleAccepts: (question) => isSatisfied(rule.circuit.program, ruleInputs(question)),
    accepts: (question) => isSatisfied(program, inputs(question)),
    opening: ({ account, epochMonth }) => opened(account, epochMonth),
    nullifierOf: (scope) => nullifierOf(holder.nullifierKey, toScope(scope)),
    oracle: (question) => {
      const asked = { params: question.params } as PresentationRequest;
      return checkRequest(asked, opened(question.account, question.epochMonth), statement);
    },
  };
}

function isSatisfied(program: WitnessProgram, inputs: Signals): boolean {
  try {
    program.assertSatisfied(inputs);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'prove.unsatisfied') return false;
    throw error;
  }
}

async function ruleCircuit(statement: Statement) {
  const file = `statements/${statement.slug}/circuit.circom`;
  const source = await readFile(join(packageRoot, 'circuits', file), 'utf8');
  const name = /^template (\w+)/m.exec(source)?.[1] ?? '';
  return {
    circuit: await libCircuit(file, `${name}()`),
    inputs: [...source.matchAll(/^\s+signal input (\w+)/gm)].map((match) => match[1] ?? ''),
  };
}
