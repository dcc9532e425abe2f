import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { decodeAnyBundle } from '../holder/any-bundle.ts';
import type { HolderKeys } from '../holder/keys.ts';
import { createLogin, nonceSchema } from '../holder/login.ts';
import type { AnyRequest } from '../request/any-request.ts';
import type { Opening } from '../statements/define-statement.ts';
import type { PresentationFile } from './answers.ts';
import { type ConnectionOptions, connect } from './connection.ts';
import { type DelegateOptions, delegatedProof } from './delegated-proof.ts';

/** A holder who has logged in. */
export interface HolderSession {
  /** Good until `expiresAt`, some minutes; Unix seconds. */
  readonly token: string;
  readonly expiresAt: number;
  /**
   * The own record under a closed month (`YYYY-MM`), by default the last, recomputed up to the
   * month's root: `prove` takes it as it is.
   * @throws holder.not_in_epoch, ledger.no_epoch, ledger.unknown_epoch, bundle.inconsistent,
   * holder.no_session
   */
  fetchBundle(options?: { readonly month?: string; readonly signal?: AbortSignal }): Promise<{
    /** To be kept: private, but nothing can be proven with it alone. */
    readonly bundle: unknown;
    readonly opening: Opening;
  }>;
  /**
   * Has a proof made by the service, for a device that cannot. The service learns the nullifier key,
   * by which it recognises this holder's answers everywhere, and what is asked by whom; it can
   * answer no other request than the one signed here. `prove` reveals nothing: prefer it.
   * @throws statement.not_satisfied, request_set.not_satisfied (`proofReasonsOf` has the reasons),
   * proof.too_many_open, proof.gave_up, request_set.bad_choice; the signal's reason
   */
  delegate(request: AnyRequest, options?: DelegateOptions): Promise<PresentationFile>;
  logOut(signal?: AbortSignal): Promise<void>;
}

export interface HolderSessionOptions extends ConnectionOptions {
  readonly keys: HolderKeys;
  readonly signal?: AbortSignal | undefined;
}

const challengeSchema = z.object({ nonce: nonceSchema });
const sessionSchema = z.object({ token: z.string(), expiresAt: z.int() });

/**
 * Logs in with the holder key. The key signs for the origin of `url`, whatever the service says of
 * itself: a service in between cannot pass the signature on to another.
 *
 * @example
 * ```ts
 * const session = await holderSession({ url: 'https://canbao.example', keys });
 * const { opening } = await session.fetchBundle();
 * ```
 * @throws holder.login_refused, holder.superseded, sdk.unreachable, sdk.bad_answer
 */
export async function holderSession(options: HolderSessionOptions): Promise<HolderSession> {
  const { keys, signal } = options;
  const connection = connect(options);
  const { origin } = connection;
  const read = async <T>(schema: z.ZodType<T>, asked: Promise<unknown>): Promise<T> => {
    const answer = schema.safeParse(await asked);
    if (answer.success) return answer.data;
    throw new CanbaoError('sdk.bad_answer', { origin, reason: 'it is no login' });
  };
  const post = (path: string, body?: unknown) =>
    connection.call({ method: 'POST', path, body, signal });

  const { nonce } = await read(challengeSchema, post('/v1/holder/challenges'));
  const login = createLogin(keys, { nonce, origin });
  const { token, expiresAt } = await read(sessionSchema, post('/v1/holder/sessions', login));
  return {
    ...{ token, expiresAt },
    async fetchBundle({ month, signal } = {}) {
      const query = { month };
      const asked = { method: 'GET', path: '/v1/bundle', query, token, signal } as const;
      const bundle = await connection.call(asked);
      return { bundle, opening: decodeAnyBundle(bundle) };
    },
    delegate: (request, options = {}) =>
      delegatedProof(connection, { token, keys, request }, options),
    async logOut(signal) {
      await connection.call({ method: 'DELETE', path: '/v1/holder/session', token, signal });
    },
  };
}
