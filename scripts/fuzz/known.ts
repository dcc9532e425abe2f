import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import { decodeBundle } from '../../src/holder/bundle.ts';
import { createEnrolment } from '../../src/holder/enrolment.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { createPresentation } from '../../src/prove/create-presentation.ts';
import { createDelegation } from '../../src/prove/delegation.ts';
import { encodePresentation } from '../../src/request/presentation.ts';
import { parseRequest } from '../../src/request/presentation-request.ts';
import { developmentToken } from '../../src/service/operators/development-issuer.ts';
import { addVerifier } from '../../src/service/verifiers/verifiers.ts';
import { statementModule, statementRegistry } from '../../src/statements/registry.ts';
import { longHeader, longMapping, longRow } from '../../test/ledger/stores.ts';
import type { TestService } from '../../test/service/service.ts';
import { callingApp, logIn } from '../../test/support/call-service.ts';
import type { Known } from './operations.ts';

const longRows = `${longHeader}\n${longRow()}\n`;
const ROLE = 'steady-employee';

/** Tokens that open every route, ids of things that are there, and bodies that are right. */
export async function knownTo({ app, service, holder }: TestService): Promise<Known> {
  const { db, random, home, clock, origin, keys } = service;
  const call = callingApp(app);
  const { keys: holderKeys } = holder(ROLE);
  // Whose key is replaced, again and again.
  const { idNumber } = holder('pension-short');
  const { key } = await addVerifier(db, { audience: 'https://bank.test', name: 'Bank' }, random);
  const admin = { subject: 'fuzzer', roles: ['admin' as const], audience: 'canbao', clock };
  const operator = await developmentToken(home, admin);
  const session = await logIn(call, origin, holderKeys);

  const question = { preset: 'rent-subsidy-6m', purpose: 'Fuzzing' };
  const { body: asked } = await call('POST', '/v1/requests', { body: question });
  const request = parseRequest(asked.request, statementRegistry);
  const { body: bundle } = await call('GET', '/v1/bundle', { token: session });
  const prover = wasmProver();
  const presentation = encodePresentation(
    await createPresentation({
      ...{ request, holderKeys, prover, clock, opening: decodeBundle(bundle) },
      statement: statementModule(request.statement).statement,
      artifacts: (await keys.get(request.statement)).artifacts,
    }),
  );
  await prover.close();
  const delegation = createDelegation(request, holderKeys, statementRegistry);
  const { body: job } = await call('POST', '/v1/proofs', { token: session, body: delegation });
  const newKeys = deriveHolderKeys(random(32));
  const { body: closing } = await call('POST', '/v1/bureau/epochs', {
    token: operator,
    body: { month: '2026-11' },
  });

  return {
    tokens: { verifier: [key], request: [asked.token], holder: [session], operator: [operator] },
    ids: [asked.id, job.id, closing.id ?? 'x', question.preset, 'house-purchase'],
    bodies: {
      'POST /v1/requests': question,
      'POST /v1/requests/{id}/response': { vp_token: presentation, state: asked.id },
      'POST /v1/presentations/verify': { presentation, request: asked.request },
      'POST /v1/presentations/verify-batch': {
        presentations: [{ name: 'one', presentation }],
        request: asked.request,
      },
      'POST /v1/proofs': delegation,
      'POST /v1/bureau/enrolments': { idNumber, enrolment: createEnrolment(newKeys) },
      'POST /v1/bureau/imports': { mapping: JSON.stringify(longMapping('fuzz')), file: longRows },
      'POST /v1/bureau/epochs': { month: '2026-11' },
    },
  };
}
