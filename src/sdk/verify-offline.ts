import { type Clock, systemClock } from '../core/clock.ts';
import { type KeyManifest, keyEntry } from '../groth16/manifest.ts';
import { decodeVerificationKey } from '../groth16/verification-key.ts';
import { type AnyRequest, parseAnyRequest } from '../request/any-request.ts';
import { statementRegistry } from '../statements/registry.ts';
import { epochsFromFile } from '../verify/epochs-file.ts';
import type { EpochsPort, KeysPort, NullifiersPort, VerifyingKey } from '../verify/ports.ts';
import {
  type AnyExpectation,
  type AnyVerdict,
  verifyAnyPresentation,
} from '../verify/verify-any.ts';
import type { RequestFile } from './answers.ts';

/** What is needed to verify without a service. Take it from where you trust it. */
export interface OfflineOptions extends Omit<AnyExpectation, 'production' | 'request'> {
  /** Your own copy of what you asked. */
  readonly request?: AnyRequest | RequestFile;
  /** `GET /v1/epochs`, or `canbao epoch export`; or a look-up of your own. */
  readonly epochs: unknown;
  readonly keys: KeysPort;
  /** Default: development keys, which prove nothing in earnest, are refused. */
  readonly acceptDevelopmentKeys?: boolean;
  /** Where a holder is to count once. */
  readonly nullifiers?: NullifiersPort;
  readonly clock?: Clock;
}

/**
 * The verdict on a presentation file, without asking anybody. No presentation makes it throw.
 *
 * @example
 * ```ts
 * const verdict = await verifyOffline(presentation, { request, epochs, keys });
 * if (!verdict.valid) console.log(anyVerdictText(verdict, 'en'));
 * ```
 * @throws epochs.malformed, what `parseAnyRequest` throws for your request, and what your ports throw
 */
export async function verifyOffline(
  presentation: unknown,
  options: OfflineOptions,
): Promise<AnyVerdict> {
  const { epochs, keys, nullifiers, clock = systemClock, request, ...rest } = options;
  const { acceptDevelopmentKeys = false, ...expectation } = rest;
  const ports = {
    statements: statementRegistry,
    epochs: isPort(epochs) ? epochs : epochsFromFile(epochs),
    ...{ keys, clock },
    ...(nullifiers && { nullifiers }),
  };
  return verifyAnyPresentation(presentation, ports, {
    ...expectation,
    ...(request && { request: requestOf(request) }),
    production: !acceptDevelopmentKeys,
  });
}

/**
 * Verification keys by statement, as snarkjs writes them, with the manifest they are held against.
 * Each is decoded when it is first needed.
 */
export function keysFrom(
  manifest: KeyManifest,
  verificationKeys: Readonly<Record<string, unknown>>,
): KeysPort {
  const known = new Map<string, VerifyingKey>();
  return {
    get(statement) {
      const decoded = known.get(statement) ?? {
        entry: keyEntry(manifest, statement),
        verificationKey: decodeVerificationKey(verificationKeys[statement]),
      };
      known.set(statement, decoded);
      return decoded;
    },
  };
}

function requestOf(request: AnyRequest | RequestFile): AnyRequest {
  return 'format' in request ? parseAnyRequest(request, statementRegistry) : request;
}

function isPort(epochs: unknown): epochs is EpochsPort {
  return typeof (epochs as Partial<EpochsPort> | null)?.lookup === 'function';
}
