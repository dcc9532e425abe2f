/** More of ffjavascript: what the proofs of contributions are checked with. */
declare module 'ffjavascript' {
  /** Elements and points are bytes, in Montgomery form. */
  export interface CurveField {
    fromRng(rng: ChaCha): Uint8Array;
  }

  export interface CurveGroup {
    /** The generator, in Jacobian coordinates. */
    readonly g: Uint8Array;
    fromRng(rng: ChaCha): Uint8Array;
    timesFr(point: Uint8Array, scalar: Uint8Array): Uint8Array;
    neg(point: Uint8Array): Uint8Array;
    eq(a: Uint8Array, b: Uint8Array): boolean;
    /** Big-endian coordinates, not in Montgomery form. */
    fromRprUncompressed(bytes: Uint8Array, offset: number): Uint8Array;
  }

  export interface Curve {
    readonly Fr: CurveField;
    readonly G1: CurveGroup;
    readonly G2: CurveGroup;
    /** Whether e(a0, b0) · e(a1, b1) = 1. */
    pairingEq(a0: Uint8Array, b0: Uint8Array, a1: Uint8Array, b1: Uint8Array): Promise<boolean>;
  }

  export class ChaCha {
    /** @param seed `u32[8]` */
    constructor(seed: readonly number[]);
  }
}
