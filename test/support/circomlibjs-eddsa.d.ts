/** The part of circomlibjs that only tests use. */
declare module 'circomlibjs' {
  interface BabyJub {
    readonly F: { e(value: bigint): Uint8Array; toObject(element: Uint8Array): bigint };
    readonly Base8: readonly [Uint8Array, Uint8Array];
    readonly subOrder: bigint;
  }
  interface Eddsa {
    verifyPoseidon(
      message: Uint8Array,
      signature: { R8: readonly [Uint8Array, Uint8Array]; S: bigint },
      publicKey: readonly [Uint8Array, Uint8Array],
    ): boolean;
  }
  export function buildBabyjub(): Promise<BabyJub>;
  export function buildEddsa(): Promise<Eddsa>;
}
