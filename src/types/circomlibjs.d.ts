/** The part of circomlibjs 0.1.7 used here; the package has no types. */
declare module 'circomlibjs' {
  export interface WasmPoseidon {
    /** Inputs and result are field elements in Montgomery form, 32 bytes each. */
    (inputs: readonly bigint[] | Uint8Array): Uint8Array;
    readonly F: {
      e(value: bigint): Uint8Array;
      toObject(element: Uint8Array): bigint;
    };
  }
  export function buildPoseidon(): Promise<WasmPoseidon>;
}
