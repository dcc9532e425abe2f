/**
 * `canbao/verify`: what a verifier needs, and no prover, client or wallet with it. Runs in Node 20 and
 * in browsers. Like `canbao/sdk` it only passes on: it is an entry of the package.
 */

export { CanbaoError, type Language } from '../core/errors/canbao-error.ts';
export type { ErrorCode } from '../core/errors/catalogue.ts';
export { type KeyManifest, parseManifest } from '../groth16/manifest.ts';
export { type AnyRequest, encodeAnyRequest, parseAnyRequest } from '../request/any-request.ts';
export { statementRegistry } from '../statements/registry.ts';
export { anyVerdictNotes, anyVerdictText } from '../verify/set-texts.ts';
export type { VerdictReason } from '../verify/verdict.ts';
export type { AnyVerdict } from '../verify/verify-any.ts';
export { keysFrom, type OfflineOptions, verifyOffline } from './verify-offline.ts';
