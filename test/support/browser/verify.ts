/** What a verifier's page would bundle. */

export { loadPairing } from '../../../src/groth16/pairing/load-pairing.ts';
export { decodeVerificationKey } from '../../../src/groth16/verification-key.ts';
export { statementRegistry } from '../../../src/statements/registry.ts';
export { epochsFromFile } from '../../../src/verify/epochs-file.ts';
export { verdictText } from '../../../src/verify/texts.ts';
export { verifyPresentation } from '../../../src/verify/verify-presentation.ts';
