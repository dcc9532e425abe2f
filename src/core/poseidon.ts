import { poseidon2 } from 'poseidon-lite/poseidon2';
import { poseidon3 } from 'poseidon-lite/poseidon3';
import { poseidon4 } from 'poseidon-lite/poseidon4';
import { poseidon5 } from 'poseidon-lite/poseidon5';
import { poseidon8 } from 'poseidon-lite/poseidon8';
import { poseidon12 } from 'poseidon-lite/poseidon12';
import type { Fr } from './field.ts';

/** Poseidon over BN254 with circomlib's constants; the arities the product uses. */
export interface Poseidon {
  (inputs: readonly Fr[]): Fr;
  /** As `hashMany`, where many at once cost less than one by one. */
  readonly many?: (messages: readonly Fr[], inputs: number) => Fr[];
}

const byArity = new Map([
  [2, poseidon2],
  [3, poseidon3],
  [4, poseidon4],
  [5, poseidon5],
  [8, poseidon8],
  [12, poseidon12],
]);

/**
 * Small and synchronous, for a wallet or a verifier: some hundred hashes.
 * A ledger passes a faster `Poseidon` to the same functions.
 * @throws RangeError for an arity without constants here
 */
export const poseidon: Poseidon = (inputs) => {
  const hash = byArity.get(inputs.length);
  if (!hash) throw new RangeError(`Poseidon of ${inputs.length} inputs is not used here`);
  return hash([...inputs]) as Fr;
};
