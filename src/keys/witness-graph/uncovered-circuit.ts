/** A circuit the graph compiler does not know how to follow: circom's own program serves it. */
export class UncoveredCircuit extends Error {
  override readonly name = 'UncoveredCircuit';
}
