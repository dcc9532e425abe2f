import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toRequestHash, toScope } from '../../src/core/brands.ts';
import { packWord } from '../../src/core/packed-word.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { loadWitness } from '../../src/groth16/witness/load-witness.ts';
import type { WitnessProgram } from '../../src/groth16/witness-program.ts';
import { signPoseidon } from '../../src/holder/eddsa-poseidon.ts';
import { deriveHolderKeys, type HolderKeys, nullifierOf } from '../../src/holder/keys.ts';
import { compiledCircuit } from '../../src/keys/circuit-build.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import {
  type Account,
  benefitsLayout,
  coverageHash,
  ledgerHead,
} from '../../src/ledger/account.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { type EmployerAccount, employerParts } from '../../src/ledger/employer-account.ts';
import { runsRoot } from '../../src/ledger/runs.ts';
import { checkRequest } from '../../src/prove/check-request.ts';
import { circuitInputs } from '../../src/prove/circuit-inputs.ts';
import { packParams } from '../../src/request/params.ts';
import type { PresentationRequest } from '../../src/request/presentation-request.ts';
import type {
  CheckResult,
  Opening,
  Signals,
  Statement,
} from '../../src/statements/define-statement.ts';
import { statementSignals } from '../../src/statements/judge.ts';
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
  /** Whether the circuit accepts. */
  accepts(question: Question): boolean;
  /** The record in a tree, as a bureau would hand it out. */
  opening(question: Question): Opening;
  /** The holder's nullifier for a scope. */
  nullifierOf(scope: bigint): bigint;
  /** What the plain oracle says, the condition on the key included. */
  oracle(question: Question): CheckResult;
}

export interface Question {
  readonly record: Account | EmployerAccount;
  readonly params: Params;
  readonly epochMonth: number;
}

const holder: HolderKeys = deriveHolderKeys(seededRandom('holder').bytes(32));

/** Compiles the circuit if its source changed. */
export async function statementBench(statement: Statement): Promise<StatementBench> {
  const circuit = await compiledCircuit(statement.name);
  const program = await loadWitness(circuit);
  const hash = await wasmPoseidon();
  const random: Random = seededRandom(`bench ${statement.name}`);
  const openings = new WeakMap<object, Map<number, Opening>>();

  const opening = ({ record, epochMonth }: Question): Opening => {
    const known = openings.get(record) ?? new Map<number, Opening>();
    openings.set(record, known);
    const opened =
      known.get(epochMonth) ?? openingOf(record, holder.commitment, epochMonth, random, hash);
    known.set(epochMonth, opened);
    return opened;
  };

  // Any message will do for the circuit; a request's hash is the request layer's business.
  const hashOfRequest = toRequestHash(random.fr());
  const signature = signPoseidon(holder, hashOfRequest);

  const inputs = (question: Question): Signals =>
    circuitInputs({
      opening: opening(question),
      holderKeys: holder,
      signature,
      request: {
        scope: toScope(random.fr()),
        requestHash: hashOfRequest,
        params: packParams(statement, question.params),
      },
      own: statementSignals(statement, opening(question), question.params),
    });

  return {
    program,
    wires: parseSymbols(await readFile(circuit.symFile, 'utf8')),
    r1cs: circuit.r1cs,
    inputs,
    accepts: (question) => isSatisfied(program, inputs(question)),
    opening,
    nullifierOf: (scope) => nullifierOf(holder.nullifierKey, toScope(scope)),
    oracle: (question) => askOracle(statement, question),
  };
}

/** What the plain oracle says, the condition on the key included. */
export function askOracle(statement: Statement, question: Question): CheckResult {
  const asked = { params: question.params } as PresentationRequest;
  return checkRequest(asked, unrooted(question), statement);
}

/** A statement's rule compiled alone, without the opening every statement has: some ten times quicker. */
export async function ruleBench(statement: Statement): Promise<(question: Question) => boolean> {
  const rule = await ruleCircuit(statement);
  const hash = await wasmPoseidon();
  // A record is asked several questions in a row; hashing its parts costs more than the rule.
  const hashed = new WeakMap<object, Record<string, unknown>>();
  const inputs = (question: Question): Signals => {
    const { record } = question;
    const signals = hashed.get(record) ?? recordSignals(record, hash, rule.inputs);
    hashed.set(record, signals);
    const pool = {
      ...signals,
      ...question.params,
      ...statementSignals(statement, unrooted(question), question.params),
      epochMonth: BigInt(question.epochMonth),
    } as unknown as Signals;
    return Object.fromEntries(rule.inputs.map((name) => [name, pool[name]])) as Signals;
  };
  return (question) => isSatisfied(rule.circuit.program, inputs(question));
}

/** The record and its month, for whoever does not look at the tree: hashing one costs most of the time. */
function unrooted({ record, epochMonth }: Question): Opening {
  const epoch = { month: epochMonth };
  return (
    'profile' in record ? { account: record, epoch } : { employer: record, epoch }
  ) as Opening;
}

/** What an opening's circuit gives a rule: of the hashed parts, those the rule takes. */
function recordSignals(
  record: Question['record'],
  hash: Poseidon,
  names: readonly string[],
): Record<string, unknown> {
  if (!('profile' in record)) return { ...employerParts(record, holder.commitment, hash) };
  const parts: Record<string, () => unknown> = {
    benefits: () => packWord(benefitsLayout, record.benefits),
    coverage: () => record.coverage.map((coverage) => coverageHash(coverage, hash)),
    regionRunsRoot: () => runsRoot('region', record.regionRuns, hash),
    employerRunsRoot: () => runsRoot('employer', record.employerRuns, hash),
    ledgerHead: () => ledgerHead(record.months, hash),
  };
  const taken = names.filter((name) => parts[name]).map((name) => [name, parts[name]?.()]);
  return { ...record.profile, ...Object.fromEntries(taken) };
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
    circuit: await libCircuit(file, `${name}()`, { withGraph: true }),
    inputs: [...source.matchAll(/^\s+signal input (\w+)/gm)].map((match) => match[1] ?? ''),
  };
}
