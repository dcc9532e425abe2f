import type {
  BatchAnswer,
  OpenedRequest,
  PresentationFile,
  PresetAnswer,
  RequestFile,
  RequestOutcome,
  RequestStanding,
  VerdictAnswer,
} from './answers.ts';
import { type ConnectionOptions, connect } from './connection.ts';
import { type WaitOptions, waitForOutcome } from './wait.ts';

export interface ClientOptions extends ConnectionOptions {
  /** A verifier's, `cbv_…`: asks in the verifier's name. Keep it on a server. */
  readonly apiKey?: string | undefined;
}

/** Inputs of presets. Months are `YYYY-MM`, amounts whole fen. */
export interface PresetInputs {
  /** Month asked about; default: the last published. */
  readonly asOf?: string;
  readonly insurance?: 'pension' | 'medical' | 'unemployment' | 'workInjury' | 'maternity';
  /** GB/T 2260 code of the city. */
  readonly region?: string;
  /** The employer's credit code. */
  readonly employer?: string;
  readonly onMonth?: string;
  readonly identityBefore?: string;
  readonly minMonths?: number;
  readonly minPeople?: number;
  readonly minBaseFen?: number;
  readonly maxBaseFen?: number;
  readonly averageWageFen?: number;
}

/** What of freshness and repetition a verifier accepts. */
export interface VerdictPolicy {
  /** Days a ledger counts after a newer one replaced it; default 35. */
  readonly maxStalenessDays?: number;
  /** Whether a ledger counts that was corrected since. */
  readonly acceptCorrected?: boolean;
  /** Whether a holder counts only once for the audience and purpose. */
  readonly once?: boolean;
}

/** Presets with what they need, or statements with params of your own. */
export type Question =
  | {
      readonly preset: string | readonly string[];
      readonly input?: PresetInputs;
      /** Of several; default: all. */
      readonly mode?: 'all' | 'any';
    }
  | {
      readonly asks: readonly {
        readonly statement: string;
        /** Decimals; months as months since 1900-01. */
        readonly params: Readonly<Record<string, string | number>>;
      }[];
      readonly mode?: 'all' | 'any';
    };

/** What is asked, and how it is to be answered. */
export type NewRequest = Question & {
  /** What for; a holder has one nullifier for it. */
  readonly purpose: string;
  /** Default: that of the API key; without one the service's origin. */
  readonly audience?: string;
  /** Seconds it may be answered; default a week. */
  readonly expiresIn?: number;
  /** Within the audience: where the answering browser goes on to, `#response_code=…` added. */
  readonly redirectUri?: string;
  /** Where the verdict is sent, signed. */
  readonly webhook?: { readonly url: string };
  readonly policy?: VerdictPolicy;
};

/** What a presentation is held against. */
export interface Expected {
  /** Your own copy of what you asked. */
  readonly request?: RequestFile;
  /** Without a copy: whom it must be made for. */
  readonly audience?: string;
  readonly policy?: Omit<VerdictPolicy, 'once'>;
}

/** A request of yours: what `createRequest` gave, or what you kept of it. */
export type OwnRequest = Pick<OpenedRequest, 'id' | 'token'>;

/** A service, for verifiers. */
export interface CanbaoClient {
  /** Every named use; `input` is taken by `preset`. */
  presets(signal?: AbortSignal): Promise<readonly PresetAnswer[]>;
  /** What one asks for your input. @throws statement.unknown_preset, statement.preset_needs */
  preset(slug: string, input?: PresetInputs, signal?: AbortSignal): Promise<PresetAnswer>;
  /** Asks. Made once: where it fails with `sdk.unreachable` a request may have been opened. */
  createRequest(request: NewRequest, signal?: AbortSignal): Promise<OpenedRequest>;
  /**
   * What became of a request. The verdict of one with a redirect URI needs the response code that
   * the answering browser brings.
   * @throws request.unknown, request.wrong_token, request.wrong_response_code
   */
  verdict(
    own: OwnRequest,
    options?: { readonly responseCode?: string; readonly signal?: AbortSignal },
  ): Promise<RequestOutcome>;
  /**
   * Waits until it is answered, cancelled or expired. A service that cannot be reached for a while is
   * waited for, as long as the request may be answered. For a request without redirect URI.
   * @throws as `verdict`; the signal's reason
   */
  waitForVerdict(own: OwnRequest, options?: WaitOptions): Promise<RequestOutcome>;
  /** Takes it back. @throws request.answered, request.expired */
  cancel(own: OwnRequest, signal?: AbortSignal): Promise<RequestStanding>;
  /**
   * The verdict on a presentation that came another way; nothing is kept.
   * @throws presentation.malformed and the like where it is none
   */
  verify(
    presentation: PresentationFile | object,
    expected?: Expected,
    signal?: AbortSignal,
  ): Promise<VerdictAnswer>;
  /** Verdicts on up to 500, held against the same; malformed ones are told like false ones. */
  verifyBatch(
    presentations: readonly {
      readonly name: string;
      readonly presentation: PresentationFile | object;
    }[],
    expected?: Expected,
    signal?: AbortSignal,
  ): Promise<BatchAnswer>;
}

/**
 * A service, for verifiers. Every method throws the service's errors as `CanbaoError`s with their
 * code, `sdk.unreachable` where nobody answers, and the reason of the signal it is given.
 *
 * @example
 * ```ts
 * const canbao = canbaoClient({ url: 'https://canbao.example', apiKey: process.env.CANBAO_KEY });
 * const asked = await canbao.createRequest({ preset: 'tender-staff', purpose: 'tender 2026-17' });
 * const { verdict } = await canbao.waitForVerdict(asked);
 * if (verdict?.verified) console.log(verdict.text);
 * ```
 * @throws sdk.bad_url
 */
export function canbaoClient(options: ClientOptions): CanbaoClient {
  const connection = connect(options);
  const { apiKey } = options;
  const path = (id: string, of = '') => `/v1/requests/${encodeURIComponent(id)}${of}`;
  const get = (to: string, more: object) => connection.call({ method: 'GET', path: to, ...more });
  const post = (to: string, more: object) => connection.call({ method: 'POST', path: to, ...more });

  const client: CanbaoClient = {
    async presets(signal) {
      return ((await get('/v1/presets', { signal })) as { presets: PresetAnswer[] }).presets;
    },
    async preset(slug, input = {}, signal) {
      const to = `/v1/presets/${encodeURIComponent(slug)}`;
      return (await get(to, { query: input, signal })) as PresetAnswer;
    },
    async createRequest(body, signal) {
      return (await post('/v1/requests', { body, token: apiKey, signal })) as OpenedRequest;
    },
    async verdict({ id, token }, { responseCode, signal } = {}) {
      const query = { response_code: responseCode };
      return (await get(path(id, '/verdict'), { query, token, signal })) as RequestOutcome;
    },
    waitForVerdict: (own, wait) =>
      waitForOutcome(
        (signal) => client.verdict(own, signal ? { signal } : {}),
        (signal) =>
          connection.stream({
            ...{ method: 'GET', path: path(own.id, '/events'), token: own.token },
            signal,
          }),
        wait,
      ),
    async cancel({ id, token }, signal) {
      return (await post(path(id, '/cancel'), { token, signal })) as RequestStanding;
    },
    async verify(presentation, expected, signal) {
      const body = { presentation, ...expected };
      return (await post('/v1/presentations/verify', { body, signal })) as VerdictAnswer;
    },
    async verifyBatch(presentations, expected, signal) {
      const body = { presentations, ...expected };
      return (await post('/v1/presentations/verify-batch', { body, signal })) as BatchAnswer;
    },
  };
  return client;
}
