import type { VerificationKey } from '../verification-key.ts';
import { type Address, type MclHeap, SIZE } from './mcl-heap.ts';

/** What no proof changes of a key's equation, in mcl's memory. */
export interface PreparedKey {
  /** `e(alpha, beta)`. */
  readonly alphaBeta: Address;
  /** Coefficients of the lines of the Miller loop. */
  readonly gammaLines: Address;
  readonly deltaLines: Address;
  /** The points one after another. */
  readonly ic: Address;
}

/** Keys prepared at first use and kept for as long as the key is: about 53 kB of memory each. */
export function preparedKeys(heap: MclHeap): (key: VerificationKey) => PreparedKey {
  const prepared = new WeakMap<VerificationKey, PreparedKey>();
  // mcl's memory is not the collector's: a key that is gone gives its block back.
  const blocks = new FinalizationRegistry<Address>((block) => heap.mcl._free(block));
  return (key) => {
    const known = prepared.get(key);
    if (known) return known;
    const made = prepare(heap, key);
    prepared.set(key, made);
    blocks.register(key, made.alphaBeta);
    return made;
  };
}

/** One block of memory, which begins with `alphaBeta`. */
function prepare(heap: MclHeap, key: VerificationKey): PreparedKey {
  const { mcl } = heap;
  const lineBytes = mcl._mclBn_getUint64NumToPrecompute() * 8;
  const alphaBeta = heap.allocate(SIZE.gt + 2 * lineBytes + SIZE.g1 * key.ic.length);
  const gammaLines = alphaBeta + SIZE.gt;
  const deltaLines = gammaLines + lineBytes;
  const ic = deltaLines + lineBytes;
  for (const [i, point] of key.ic.entries()) heap.writeG1(ic + i * SIZE.g1, point);
  heap.borrow(SIZE.g1 + SIZE.g2, (p) => {
    const q = p + SIZE.g1;
    heap.writeG2(q, key.gamma);
    mcl._mclBn_precomputeG2(gammaLines, q);
    heap.writeG2(q, key.delta);
    mcl._mclBn_precomputeG2(deltaLines, q);
    heap.writeG1(p, key.alpha);
    heap.writeG2(q, key.beta);
    mcl._mclBn_millerLoopVec(alphaBeta, p, q, 1);
    mcl._mclBn_finalExp(alphaBeta, alphaBeta);
  });
  return { alphaBeta, gammaLines, deltaLines, ic };
}
