import { wasmProver } from '../../../src/groth16/engine/wasm-prover.ts';
import { openKeyStore } from '../../../src/keys/key-store.ts';
import { encodeAnyRequest, parseAnyRequest } from '../../../src/request/any-request.ts';
import type { PresentationFile, RequestFile } from '../../../src/sdk/answers.ts';
import { holderSession } from '../../../src/sdk/holder-session.ts';
import { openRequest, type ResponseAnswer, respond } from '../../../src/sdk/open-request.ts';
import { prove } from '../../../src/sdk/prove.ts';
import { sampleHolders } from '../../../src/service/sample-ledger.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';

/** People of the sample ledger, answering from Node. */
export interface SampleAnswers extends AsyncDisposable {
  /** A real proof of one of them for a request file; some seconds. */
  present(role: string, request: RequestFile | object): Promise<PresentationFile>;
  /** The same for the request a link leads to, handed in. */
  answer(role: string, link: string): Promise<ResponseAnswer>;
}

export function sampleAnswers(url: string): SampleAnswers {
  const prover = wasmProver();
  const keys = openKeyStore({ production: false });
  const artifacts = async (statement: string) => (await keys.get(statement)).artifacts;
  async function present(role: string, file: RequestFile | object) {
    const holder = (await sampleHolders()).find((one) => one.role === role);
    if (!holder) throw new RangeError(`the sample has no ${role}`);
    const session = await holderSession({ url, keys: holder.keys });
    const { opening } = await session.fetchBundle();
    const request = parseAnyRequest(file, statementRegistry);
    return prove({ request, opening, holderKeys: holder.keys, artifacts, prover });
  }
  return {
    present,
    async answer(role, link) {
      const found = await openRequest(link);
      return respond(found, await present(role, encodeAnyRequest(found.request)));
    },
    [Symbol.asyncDispose]: () => prover.close(),
  };
}
