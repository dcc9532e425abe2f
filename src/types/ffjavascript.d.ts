/** The part of ffjavascript (which ships no types) that the development setup uses. */
declare module 'ffjavascript' {
  /** Curve functions compiled to WebAssembly; arguments are addresses in `memory`. */
  export interface CurveModule {
    readonly memory: WebAssembly.Memory;
    readonly instance: {
      readonly exports: Readonly<Record<string, (...args: number[]) => number>>;
    };
    /** Addresses of the generators, in Jacobian coordinates, Montgomery form. */
    readonly pG1gen: number;
    readonly pG2gen: number;
    u8: Uint8Array;
    u32: Uint32Array;
    /** Reserves bytes at the end of the used memory; never grows it. */
    alloc(bytes: number): number;
  }

  export interface Curve {
    readonly tm: CurveModule;
    terminate(): Promise<void>;
  }

  export function buildBn128(singleThread: boolean): Promise<Curve>;
}
