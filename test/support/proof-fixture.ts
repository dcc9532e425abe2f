import {
  contractAudience,
  type StatementVerifierContract,
} from '../../src/chain/statement-verifier.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Fr } from '../../src/core/field.ts';
import type { Prover } from '../../src/groth16/prover.ts';
import { verificationKeyWords } from '../../src/groth16/verification-key.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { openKeyStore, type StatementKeys } from '../../src/keys/key-store.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { createPresentation, type ProvingTask } from '../../src/prove/create-presentation.ts';
import { type Presentation, publicSignals } from '../../src/request/presentation.ts';
import { createRequest } from '../../src/request/presentation-request.ts';
import type { Statement } from '../../src/statements/define-statement.ts';
import { openingOf } from './accounts.ts';
import { seededRandom } from './random.ts';
import { commitment, deployTestContracts, publish, type TestChain } from './test-chain.ts';
import { vectorsOf } from './vectors.ts';

const keyStore = openKeyStore({ production: false });
const holderKeys = deriveHolderKeys(seededRandom('conformance').bytes(32));

/** A real proof of a statement's first passing vector, and everybody who can judge it. */
export interface ProofFixture {
  readonly keys: StatementKeys;
  /** What the proof was made from: it may be made again. */
  readonly task: ProvingTask;
  readonly presentation: Presentation;
  readonly signals: readonly Fr[];
  readonly contract: StatementVerifierContract;
}

/** Deploys contracts that know the statement and its root, and proves for `payer` as the audience. */
export async function proofFixture(
  statement: Statement,
  prover: Prover,
  { chain, payer }: TestChain,
): Promise<ProofFixture> {
  const vector = vectorsOf(statement).find(({ reason }) => reason === undefined);
  if (!vector) throw new Error(`${statement.name} has no passing vector`);
  const keys = await keyStore.get(statement.name);
  const random = seededRandom(`conformance ${statement.name}`);
  const opening = openingOf(
    vector.record,
    holderKeys.commitment,
    vector.epochMonth,
    random,
    await wasmPoseidon(),
  );
  const { registry, statementVerifier } = await deployTestContracts(chain, payer, {
    statements: { [statement.name]: verificationKeyWords(keys.verificationKey) },
  });
  const root = opening.epoch.root;
  await publish(
    { chain, address: registry },
    payer,
    commitment({ month: vector.epochMonth, root }),
  );
  const request = createRequest({
    statement,
    params: vector.params,
    audience: contractAudience(chain.chainId, payer.address),
    purpose: 'conformance',
    domain: { chainId: chain.chainId, verifyingContract: registry },
    expiresAt: systemClock() + 3600,
  });
  const task = {
    ...{ request, opening, holderKeys, statement, prover, clock: systemClock },
    artifacts: keys.artifacts,
  };
  const presentation = await createPresentation(task);
  const contract = { chain, address: statementVerifier };
  return { keys, task, presentation, signals: publicSignals(presentation, statement), contract };
}
