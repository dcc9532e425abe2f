import type { RequestOutcome } from '../../../../src/sdk/answers.ts';
import type { CanbaoClient, OwnRequest } from '../../../../src/sdk/client.ts';
import { sleep } from '../../../../src/sdk/connection.ts';

/** A holder who declined may think better of it: how often it is looked at then, ms. */
const LOOK_MS = 3000;

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** The holder let it be known that they will not answer. Told once. */
  readonly onDeclined: () => void;
}

/**
 * Waits until a request can be answered no more, or is answered.
 * @throws as `waitForVerdict`
 */
export async function followRequest(
  client: CanbaoClient,
  own: OwnRequest,
  { signal, onDeclined }: FollowOptions,
): Promise<RequestOutcome> {
  let outcome = await client.waitForVerdict(own, { signal });
  if (isDeclined(outcome)) onDeclined();
  while (isDeclined(outcome)) {
    await sleep(LOOK_MS, signal);
    outcome = await client.verdict(own, { signal });
  }
  return outcome;
}

/** A notice, after which a request may still be answered. */
function isDeclined({ state }: { readonly state: string }): boolean {
  return state === 'declined';
}
