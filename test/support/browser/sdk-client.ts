/** What a verifier's page would bundle that leaves verifying to its service. */
export { canbaoClient } from '../../../src/sdk/index.ts';
