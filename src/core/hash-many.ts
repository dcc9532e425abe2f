import type { Fr } from './field.ts';
import type { Poseidon } from './poseidon.ts';

/**
 * Hashes of messages that lie one after another, `inputs` elements each.
 * @throws RangeError for a message cut short
 */
export function hashMany(messages: readonly Fr[], inputs: number, hash: Poseidon): Fr[] {
  if (messages.length % inputs !== 0) {
    throw new RangeError(`${messages.length} elements are not messages of ${inputs}`);
  }
  if (hash.many) return hash.many(messages, inputs);
  return Array.from({ length: messages.length / inputs }, (_, i) =>
    hash(messages.slice(i * inputs, (i + 1) * inputs)),
  );
}
