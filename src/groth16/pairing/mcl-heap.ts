import type createModule from 'mcl-wasm/dist/mcl_c.js';
import type { G1, G2 } from '../points.ts';

/** Place of a value in mcl's memory. */
export type Address = number;

/** What is used of mcl's C functions (`mcl/bn.h`): results first, then operands. */
export interface Mcl {
  readonly wasmMemory: WebAssembly.Memory;
  _malloc(bytes: number): Address;
  _free(at: Address): void;
  _mclBn_init(curve: number, compiledFor: number): number;
  _mclBn_verifyOrderG2(on: number): void;
  _mclBn_getUint64NumToPrecompute(): number;
  _mclBn_precomputeG2(lines: Address, q: Address): void;
  _mclBn_precomputedMillerLoop2(
    f: Address,
    p1: Address,
    lines1: Address,
    p2: Address,
    lines2: Address,
  ): void;
  _mclBn_millerLoopVec(f: Address, ps: Address, qs: Address, count: number): void;
  _mclBn_finalExp(f: Address, of: Address): void;
  _mclBnGT_mul(product: Address, f: Address, g: Address): void;
  _mclBnGT_pow(power: Address, f: Address, exponent: Address): void;
  _mclBnGT_setInt32(f: Address, value: number): void;
  _mclBnGT_isOne(f: Address): number;
  _mclBnG1_neg(negative: Address, p: Address): void;
  _mclBnG1_mul(product: Address, p: Address, scalar: Address): void;
  _mclBnG1_mulVec(sum: Address, ps: Address, scalars: Address, count: number): void;
  _mclBnG1_isValid(p: Address): number;
  _mclBnG2_add(sum: Address, p: Address, q: Address): void;
  _mclBnG2_dbl(double: Address, p: Address): void;
  _mclBnG2_neg(negative: Address, p: Address): void;
  _mclBnG2_isEqual(p: Address, q: Address): number;
  _mclBnG2_isValid(p: Address): number;
  _mclBnFp_neg(negative: Address, x: Address): void;
  _mclBnFp_setInt32(x: Address, value: number): void;
  _mclBnFp_setLittleEndianMod(x: Address, bytes: Address, length: number): number;
  _mclBnFp2_mul(product: Address, x: Address, y: Address): void;
  _mclBnFr_setLittleEndianMod(x: Address, bytes: Address, length: number): number;
}

/** Bytes of a value in mcl's memory. Points are Jacobian: x, y, z. */
export const SIZE = { fp: 48, fp2: 96, fr: 32, g1: 144, g2: 288, gt: 576 } as const;

/** BN254 as Ethereum has it. */
const BN_SNARK1 = 4;
/** Ten times the words of a scalar, plus those of a coordinate: that the library was built so. */
const COMPILED_FOR = 46;
const WORD = 0xffff_ffff_ffff_ffffn;

/** mcl's memory, and how points and numbers are written into it. */
export class MclHeap {
  readonly mcl: Mcl;
  readonly #input: Address;
  #view: DataView;

  private constructor(mcl: Mcl) {
    this.mcl = mcl;
    this.#view = new DataView(mcl.wasmMemory.buffer);
    this.#input = this.allocate(32);
  }

  /** A copy of mcl of our own: the package's other users choose other curves and settings. */
  static async load(create: typeof createModule): Promise<MclHeap> {
    const mcl: Mcl = await create({
      cryptoGetRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
    });
    if (mcl._mclBn_init(BN_SNARK1, COMPILED_FOR) !== 0) throw new Error('mcl does not start');
    // `isValid` is then the curve's equation alone; subgroup-check.ts is faster than mcl's check.
    mcl._mclBn_verifyOrderG2(0);
    return new MclHeap(mcl);
  }

  /** @throws RangeError where memory has run out */
  allocate(bytes: number): Address {
    const at = this.mcl._malloc(bytes);
    if (at === 0) throw new RangeError('no memory left for verification');
    return at;
  }

  /** Runs `use` with `bytes` of memory that are given back after it. */
  borrow<T>(bytes: number, use: (at: Address) => T): T {
    const at = this.allocate(bytes);
    try {
      return use(at);
    } finally {
      this.mcl._free(at);
    }
  }

  copy(to: Address, from: Address, bytes: number): void {
    new Uint8Array(this.mcl.wasmMemory.buffer).copyWithin(to, from, from + bytes);
  }

  /** @param value in [0, q) */
  writeFp(at: Address, value: bigint): void {
    this.mcl._mclBnFp_setLittleEndianMod(at, this.#write(value), 32);
  }

  /** @param value in [0, r) */
  writeFr(at: Address, value: bigint): void {
    this.mcl._mclBnFr_setLittleEndianMod(at, this.#write(value), 32);
  }

  writeFp2(at: Address, [c0, c1]: readonly [bigint, bigint]): void {
    this.writeFp(at, c0);
    this.writeFp(at + SIZE.fp, c1);
  }

  writeG1(at: Address, [x, y]: G1): void {
    this.writeFp(at, x);
    this.writeFp(at + SIZE.fp, y);
    this.mcl._mclBnFp_setInt32(at + 2 * SIZE.fp, 1);
  }

  writeG2(at: Address, [x, y]: G2): void {
    this.writeFp2(at, x);
    this.writeFp2(at + SIZE.fp2, y);
    this.mcl._mclBnFp_setInt32(at + 2 * SIZE.fp2, 1);
    this.mcl._mclBnFp_setInt32(at + 2 * SIZE.fp2 + SIZE.fp, 0);
  }

  /** The one of the target group. */
  writeOne(at: Address): void {
    this.mcl._mclBnGT_setInt32(at, 1);
  }

  #write(value: bigint): Address {
    // Memory that grows leaves its old buffer behind, empty.
    if (this.#view.buffer.byteLength === 0) this.#view = new DataView(this.mcl.wasmMemory.buffer);
    for (let i = 0; i < 4; i++) {
      const word = (value >> BigInt(64 * i)) & WORD;
      this.#view.setBigUint64(this.#input + 8 * i, word, true);
    }
    return this.#input;
  }
}
