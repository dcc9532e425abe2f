import { base64 } from '@scure/base';

/** What `kernels/witness/kernel.ts` exports; addresses are bytes in `memory`. */
export interface WitnessKernel {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  decode(
    from: number,
    length: number,
    shapes: number,
    shapeCount: number,
    slotBase: number,
    constantCount: number,
    firstSlot: number,
    slots: number,
    operations: number,
    to: number,
    toEnd: number,
  ): number;
  largestDivision(): number;
  decodeWires(
    from: number,
    length: number,
    slotBase: number,
    slots: number,
    count: number,
    to: number,
  ): number;
  /** @returns 0 where an integer is not in [0, r) */
  load256(from: number, count: number, to: number): number;
  store256(table: number, count: number, to: number): void;
  run(program: number, end: number, firstSlot: number, scratch: number): number;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** A kernel with a memory of its own. */
export async function witnessKernel(): Promise<WitnessKernel> {
  compiled ??= compile();
  const { exports } = await WebAssembly.instantiate(await compiled, {});
  return exports as unknown as WitnessKernel;
}

async function compile(): Promise<WebAssembly.Module> {
  const { KERNEL } = await import('./kernel.generated.ts');
  return WebAssembly.compile(base64.decode(KERNEL) as Uint8Array<ArrayBuffer>);
}
