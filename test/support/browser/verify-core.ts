/** The least a verifier bundles: it brings the layouts of the statements it asks for. */
export { decodeVerificationKey } from '../../../src/groth16/verification-key.ts';
export { epochsFromFile } from '../../../src/verify/epochs-file.ts';
export { verifyPresentation } from '../../../src/verify/verify-presentation.ts';
