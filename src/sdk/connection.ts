import { CanbaoError, type Language } from '../core/errors/canbao-error.ts';
import { errorOfProblem } from '../core/errors/problem.ts';

/** How a service is reached. */
export interface ConnectionOptions {
  /** Its address: `https://canbao.example`. https, or http on one's own machine. */
  readonly url: string;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Until an answer is there, ms; default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Language of texts in answers; default English. */
  readonly language?: Language | undefined;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly body?: unknown;
  /** Bearer token. */
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A service, and the calls of it. */
export interface Connection {
  readonly origin: string;
  /**
   * The JSON a call is answered with; undefined where it is answered with nothing. A GET that finds
   * nobody is tried again twice; any other call is made once.
   * @throws the service's error; sdk.unreachable, sdk.bad_answer; the signal's reason
   */
  call(call: Call): Promise<unknown>;
  /** The answer as it streams in, without a limit of time. @throws as `call` */
  stream(call: Call): Promise<ReadableStream<Uint8Array>>;
}

const TIMEOUT_MS = 30_000;
/** Pauses before a GET is tried again, ms. */
const PAUSES = [200, 800];

/** @throws sdk.bad_url */
export function connect(options: ConnectionOptions): Connection {
  const base = serviceUrl(options.url);
  const { timeoutMs = TIMEOUT_MS, language = 'en' } = options;
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const { origin } = base;

  async function attempt(call: Call, accept: string, late: AbortSignal): Promise<Response> {
    const { method, path, query = {}, body, token } = call;
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, `${value}`);
    }
    const response = await send(url, {
      method,
      // A redirect would carry the token elsewhere.
      ...{ redirect: 'error', credentials: 'omit', cache: 'no-store' },
      headers: {
        ...{ accept, 'accept-language': language },
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: late,
    });
    if (response.ok) return response;
    const problem = errorOfProblem(await response.json().catch(() => undefined));
    throw problem ?? badAnswer(origin, `status ${response.status}`);
  }

  /** With what went wrong on the way told in our words. */
  async function told<T>(
    signal: AbortSignal | undefined,
    act: (late: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      return await act(signal ? AbortSignal.any([signal, timeout]) : timeout);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof CanbaoError) throw error;
      const reason = timeout.aborted ? `no answer in ${timeoutMs / 1000} s` : reasonOf(error);
      throw new CanbaoError('sdk.unreachable', { origin, reason }, error);
    }
  }

  return {
    origin,
    async call(call) {
      const { method, signal } = call;
      for (const pause of method === 'GET' ? PAUSES : []) {
        try {
          return await told(signal, async (late) => json(await attempt(call, JSON_TYPE, late)));
        } catch (error) {
          if (!isUnreachable(error)) throw error;
          await sleep(pause, signal);
        }
      }
      return told(signal, async (late) => json(await attempt(call, JSON_TYPE, late)));
    },
    async stream(call) {
      const patience = new AbortController();
      const timer = setTimeout(() => patience.abort(), timeoutMs);
      const { signal } = call;
      try {
        const either = signal ? AbortSignal.any([signal, patience.signal]) : patience.signal;
        const { body } = await attempt(call, 'text/event-stream', either);
        if (body) return body;
        throw badAnswer(origin, 'it is empty');
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof CanbaoError) throw error;
        throw new CanbaoError('sdk.unreachable', { origin, reason: reasonOf(error) }, error);
      } finally {
        clearTimeout(timer);
      }
    },
  };

  async function json(response: Response): Promise<unknown> {
    const text = await response.text();
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new CanbaoError('sdk.bad_answer', { origin, reason: 'it is not JSON' }, cause);
    }
  }
}

const JSON_TYPE = 'application/json';

/** Whether nobody answered, so that asking again may help. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof CanbaoError && error.code === 'sdk.unreachable';
}

/** @throws the signal's reason */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** An API key or a session must not cross a network in the open. */
function serviceUrl(text: string): URL {
  const bad = (reason: string) => new CanbaoError('sdk.bad_url', { reason });
  if (!URL.canParse(text)) throw bad('it is none');
  const url = new URL(text);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) throw bad('https only');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw bad('an origin, such as https://canbao.example');
  }
  return url;
}

function badAnswer(origin: string, reason: string): CanbaoError {
  return new CanbaoError('sdk.bad_answer', { origin, reason });
}

/** Of fetch: its message says nothing, its cause may. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: unknown }; message?: unknown };
  return `${cause?.code ?? message ?? 'no answer'}`;
}
