import { setTimeout } from 'node:timers/promises';
import type { Address, LocalAccount } from 'viem';
import type { z } from 'zod';
import type { RegistryDomain } from '../../chain/epoch-commitment.ts';
import { type Clock, systemClock } from '../../core/clock.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { errorOfProblem } from '../../core/errors/problem.ts';
import { firstIssue } from '../../core/json.ts';

import { authorityAnswer } from './messages.ts';
import { signRequest } from './request-signature.ts';

/** Another authority's server. */
export interface PeerConnection {
  /** Its URL, for people. */
  readonly name: string;
  /** Whose it says it is. @throws peer.unreachable, peer.malformed, peer.other_registry */
  address(signal?: AbortSignal): Promise<Address>;
  /**
   * Sends a signed request and hands over the answer once it is a good one.
   * @throws peer.unreachable, peer.malformed; the error the peer tells of
   */
  send(asked: PeerRequest, signal?: AbortSignal): Promise<Response>;
}

export interface PeerRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** Until the answer begins, ms. */
  readonly timeout: number;
}

export interface PeerOptions {
  readonly url: URL;
  readonly domain: RegistryDomain;
  /** Signs the requests. */
  readonly account: LocalAccount;
  readonly clock?: Clock;
}

const ASK_MS = 10_000;
/** An authority may come back with another key. */
const REMEMBER_MS = 60_000;
/** No answer of ours that is read whole comes near it, characters. */
const MAX_JSON = 64 * 1024;

export function connectPeer({
  url,
  domain,
  account,
  clock = systemClock,
}: PeerOptions): PeerConnection {
  const name = url.origin;
  let known: { readonly address: Address; readonly until: number } | undefined;

  async function ask(
    { method, path, timeout }: PeerRequest,
    init: { body?: Uint8Array<ArrayBuffer>; headers?: Readonly<Record<string, string>> },
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const late = new AbortController();
    const patience = new AbortController();
    // Only until it begins: a long answer may take its time.
    setTimeout(timeout, undefined, { signal: patience.signal }).then(
      () => late.abort(new Error(`no answer in ${timeout / 1000} s`)),
      () => {},
    );
    try {
      const response = await fetch(new URL(path, url), {
        ...{ method, redirect: 'error', ...init },
        signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
      });
      if (response.ok) return response;
      throw (await toldError(response)) ?? malformed(name, `status ${response.status}`);
    } catch (error) {
      throw asUnreachable(name, error, signal);
    } finally {
      patience.abort();
    }
  }

  async function address(signal?: AbortSignal): Promise<Address> {
    if (known && Date.now() < known.until) return known.address;
    const request = { method: 'GET', path: '/v1/authority', timeout: ASK_MS } as const;
    const answer = await readAnswer(name, await ask(request, {}, signal), authorityAnswer, signal);
    const theirs = `${answer.chainId}:${answer.registry.toLowerCase()}`;
    const ours = `${domain.chainId}:${domain.registry.toLowerCase()}`;
    if (theirs !== ours) {
      throw new CanbaoError('peer.other_registry', { peer: name, theirs, ours });
    }
    known = { address: answer.address as Address, until: Date.now() + REMEMBER_MS };
    return known.address;
  }

  return {
    name,
    address,
    async send(request, signal) {
      const { method, path, body: value } = request;
      const body = Buffer.from(value === undefined ? '' : JSON.stringify(value));
      const content = { to: await address(signal), method, path, body };
      const headers: Record<string, string> = await signRequest(domain, account, content, clock());
      if (value === undefined) return ask(request, { headers }, signal);
      headers['content-type'] = 'application/json';
      return ask(request, { body, headers }, signal);
    },
  };
}

/** Reads an answer whole. @throws peer.malformed, peer.unreachable */
export async function readAnswer<T>(
  name: string,
  response: Response,
  schema: z.ZodType<T>,
  signal?: AbortSignal,
): Promise<T> {
  const value = await smallJson(response).catch((error: unknown) => {
    throw error instanceof SyntaxError
      ? malformed(name, 'not JSON')
      : asUnreachable(name, error, signal);
  });
  const read = schema.safeParse(value);
  if (!read.success) throw malformed(name, firstIssue(read.error));
  return read.data;
}

/** JSON of at most {@link MAX_JSON}. */
async function smallJson(response: Response): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_JSON) throw new SyntaxError('too long');
  }
  return JSON.parse(text + decoder.decode());
}

async function toldError(response: Response): Promise<CanbaoError | undefined> {
  return errorOfProblem(await smallJson(response).catch(() => undefined));
}

export function malformed(peer: string, reason: string): CanbaoError {
  return new CanbaoError('peer.malformed', { peer, reason });
}

/** What `fetch` throws, or a body that breaks off; a coded error or our own wish to stop as it is. */
export function asUnreachable(
  peer: string,
  error: unknown,
  signal: AbortSignal | undefined,
): unknown {
  if (error instanceof CanbaoError || signal?.aborted) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  const reason = typeof code === 'string' ? code : cause instanceof Error ? cause.message : '?';
  return new CanbaoError('peer.unreachable', { peer, reason }, error);
}
