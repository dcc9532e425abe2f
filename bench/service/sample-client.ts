import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import { decodeBundle } from '../../src/holder/bundle.ts';
import { openKeyStore } from '../../src/keys/key-store.ts';
import { createPresentation } from '../../src/prove/create-presentation.ts';
import { encodePresentation, type PresentationJson } from '../../src/request/presentation.ts';
import { parseRequest } from '../../src/request/presentation-request.ts';
import type { PresentationRequestJson } from '../../src/request/request-format.ts';
import { type SampleHolder, sampleHolders } from '../../src/service/sample-ledger.ts';
import { statementModule, statementRegistry } from '../../src/statements/registry.ts';
import { type Call, callingUrl, logIn } from '../../test/support/call-service.ts';

/** A holder of the sample, logged in, and their answer to a verifier's request. */
export interface SampleClient {
  readonly call: Call;
  readonly holder: SampleHolder;
  /** Of the holder's session. */
  readonly token: string;
  readonly request: PresentationRequestJson;
  readonly presentation: PresentationJson;
}

const ROLE = 'steady-employee';

export async function sampleClient(url: string): Promise<SampleClient> {
  const call = callingUrl(url);
  const holder = (await sampleHolders()).find(({ role }) => role === ROLE);
  if (!holder) throw new RangeError(`the sample has no ${ROLE}`);
  const token = await logIn(call, url, holder.keys);
  const request = await askFor(call);
  const { body: bundle } = await call('GET', '/v1/bundle', { token });
  const parsed = parseRequest(request, statementRegistry);
  const prover = wasmProver();
  try {
    const presentation = await createPresentation({
      request: parsed,
      opening: decodeBundle(bundle),
      holderKeys: holder.keys,
      statement: statementModule(parsed.statement).statement,
      artifacts: (await openKeyStore({ production: false }).get(parsed.statement)).artifacts,
      prover,
      clock: () => Math.floor(Date.now() / 1000),
    });
    return { call, holder, token, request, presentation: encodePresentation(presentation) };
  } finally {
    await prover.close();
  }
}

/** A request in the service's own name. */
export async function askFor(call: Call): Promise<PresentationRequestJson> {
  const body = { preset: 'rent-subsidy-6m', purpose: `Subsidy ${Math.random()}` };
  const answer = await call('POST', '/v1/requests', { body });
  if (answer.status !== 201) throw new Error(`request: ${answer.status} ${answer.body.code}`);
  return answer.body.request;
}
