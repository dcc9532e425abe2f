/** What a wallet's page would bundle. */

export { wasmProver } from '../../../src/groth16/engine/wasm-prover.ts';
export { decodeBundle } from '../../../src/holder/bundle.ts';
export { deriveHolderKeys } from '../../../src/holder/keys.ts';
export { seedFromMnemonic } from '../../../src/holder/mnemonic.ts';
export { openWallet, sealWallet } from '../../../src/holder/wallet-file.ts';
export { createPresentation } from '../../../src/prove/create-presentation.ts';
export { encodePresentation } from '../../../src/request/presentation.ts';
export { parseRequest } from '../../../src/request/presentation-request.ts';
export { statementRegistry } from '../../../src/statements/registry.ts';
