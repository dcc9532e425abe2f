/**
 * `canbao/sdk`: what programs use a service with, and verify without one. Runs in Node 20 and in
 * browsers. The one file of the product that only passes on: it is the package's entry.
 */

export { CanbaoError, type Language } from '../core/errors/canbao-error.ts';
export type { ErrorCode } from '../core/errors/catalogue.ts';
export { type KeyManifest, parseManifest } from '../groth16/manifest.ts';
export { decodeAnyBundle } from '../holder/any-bundle.ts';
export { createEnrolment, type HolderEnrolment } from '../holder/enrolment.ts';
export { deriveHolderKeys, type HolderKeys } from '../holder/keys.ts';
export { newMnemonic, seedFromMnemonic } from '../holder/mnemonic.ts';
export { type Refusal, refusalOf } from '../prove/check-request.ts';
export { type SetFailure, setFailuresOf } from '../prove/check-request-set.ts';
export {
  type AnyRequest,
  encodeAnyRequest,
  parseAnyRequest,
} from '../request/any-request.ts';
export { statementModule, statementRegistry } from '../statements/registry.ts';
export { anyVerdictNotes, anyVerdictText } from '../verify/set-texts.ts';
export type { VerdictReason } from '../verify/verdict.ts';
export type { AnyVerdict } from '../verify/verify-any.ts';
export type {
  BatchAnswer,
  OpenedRequest,
  PresentationFile,
  PresetAnswer,
  RequestFile,
  RequestOutcome,
  RequestStanding,
  VerdictAnswer,
} from './answers.ts';
export { type ArtifactFile, type ArtifactSource, fetchArtifacts } from './artifacts.ts';
export {
  type CanbaoClient,
  type ClientOptions,
  canbaoClient,
  type Expected,
  type NewRequest,
  type OwnRequest,
  type PresetInputs,
  type VerdictPolicy,
} from './client.ts';
export type { ConnectionOptions } from './connection.ts';
export { type DelegateOptions, type ProofReason, proofReasonsOf } from './delegated-proof.ts';
export { type HolderSession, type HolderSessionOptions, holderSession } from './holder-session.ts';
export {
  type FoundRequest,
  type OpenRequestOptions,
  openRequest,
  type ResponseAnswer,
  respond,
} from './open-request.ts';
export { type ProveOptions, prove } from './prove.ts';
export { keysFrom, type OfflineOptions, verifyOffline } from './verify-offline.ts';
export type { WaitOptions } from './wait.ts';
export {
  type ReceivedWebhook,
  type VerdictWebhook,
  verifyWebhook,
  type Webhook,
} from './webhook.ts';
