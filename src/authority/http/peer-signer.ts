import { setTimeout } from 'node:timers/promises';
import type { Address, Hex } from 'viem';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { PeerSigner } from '../../jobs/peer-signatures.ts';
import { coSignAnswer, encodeCoSign } from './messages.ts';
import { type PeerConnection, readAnswer } from './peer-connection.ts';

export interface PeerPatience {
  /** Longest time without any progress, ms; default ten minutes. */
  readonly stuckMs?: number;
  /** Pause before a busy peer is asked again, ms; default one second. */
  readonly pauseMs?: number;
}

/** Until an answer begins, ms: the peer itself answers sooner, with how far it has come. */
const ANSWER_MS = 60_000;

/** An authority's server as one that signs: asked again until it is done, refuses, or gets stuck. */
export function peerSigner(
  peer: PeerConnection,
  { stuckMs = 600_000, pauseMs = 1000 }: PeerPatience = {},
): PeerSigner {
  return {
    name: peer.name,
    address: peer.address,
    async sign(epoch, commitment, signal) {
      const body = encodeCoSign({ commitment, epochId: epoch.id, inputs: epoch });
      const path = '/v1/authority/co-signatures';
      let last = '';
      for (let since = Date.now(); Date.now() - since < stuckMs; ) {
        const answer = await peer
          .send({ method: 'POST', path, body, timeout: ANSWER_MS }, signal)
          .then((response) => readAnswer(peer.name, response, coSignAnswer, signal))
          .catch(unlessBusy);
        if (answer?.state === 'signed') {
          return { signer: answer.signer as Address, signature: answer.signature as Hex };
        }
        if (!answer) await setTimeout(pauseMs, undefined, { signal });
        const now = answer ? `${answer.state} ${answer.done}` : last;
        if (now !== last) since = Date.now();
        last = now;
      }
      throw new CanbaoError('peer.too_slow', { peer: peer.name });
    },
  };
}

function unlessBusy(error: unknown): undefined {
  if (error instanceof CanbaoError && error.code === 'authority.busy') return undefined;
  throw error;
}
