/**
 * What the prover's WebAssembly exports (`kernels/prover`). Numbers are addresses or counts; an element
 * is 40 bytes, a pair of elements 80, a point of G1 80 and of G2 160.
 */
export interface ProverKernel {
  heapBase(): number;
  scratchBytes(): number;
  setScratch(at: number): void;
  scalarOne(): number;
  scalarFromInteger(): number;
  scalarFromCoefficient(): number;
  multiplyFq(dst: number, a: number, b: number, work: number): void;

  importScalars(dst: number, src: number, count: number, factor: number): void;
  sortTerms(
    rows: number,
    terms: number,
    values: number,
    src: number,
    count: number,
    rowCount: number,
    size: number,
    wireCount: number,
  ): number;
  evaluateRows(
    dst: number,
    rows: number,
    terms: number,
    values: number,
    wires: number,
    from: number,
    to: number,
  ): void;
  transformDown(data: number, power: number, twiddles: number): void;
  transformUp(data: number, power: number, twiddles: number): void;
  powers(dst: number, count: number, first: number, base: number): void;
  pairUp(dst: number, src: number, pairs: number, stride: number): void;
  pairUpReversed(dst: number, src: number, power: number): void;
  multiplyPairs(r: number, a: number, b: number, pairs: number): void;
  writeQuotient(dst: number, a: number, b: number, c: number, pairs: number): void;

  recode: Recode;
  recodeSplit: Recode;
  sortDigits(
    digits: number,
    windows: number,
    width: number,
    sets: number,
    wires: number,
    count: number,
    table: number,
    pointBytes: number,
    entries: number,
    starts: number,
  ): number;

  importPoints1: ImportPoints;
  importPoints2: ImportPoints;
  mapPoints1: MapPoints;
  mapPoints2: MapPoints;
  fillTable1: FillTable;
  fillTable2: FillTable;
  decompressPoints1: DecompressPoints;
  decompressPoints2: DecompressPoints;
  sumLists1: SumLists;
  sumLists2: SumLists;
  listRowsAndColumns1: ListSums;
  listRowsAndColumns2: ListSums;
  listPowers1: ListSums;
  listPowers2: ListSums;
  sumPowers1: SumPowers;
  sumPowers2: SumPowers;
  addPoints1(r: number, p: number, q: number): void;
  scalePoint1(r: number, p: number, scalar: number): void;
  writeAffine1(dst: number, p: number): void;
  writeAffine2(dst: number, p: number): void;
}

type Recode = (dst: number, scalars: number, count: number, width: number, windows: number) => void;
type ImportPoints = (
  dst: number,
  wires: number,
  src: number,
  count: number,
  firstWire: number,
) => number;
type MapPoints = (dst: number, src: number, count: number) => void;
type FillTable = (
  table: number,
  count: number,
  levels: number,
  doublings: number,
  from: number,
  to: number,
) => void;
type DecompressPoints = (dst: number, src: number, count: number) => number;
type SumLists = (entries: number, starts: number, sums: number, from: number, to: number) => void;
type ListSums = (
  starts: number,
  sums: number,
  sets: number,
  bits: number,
  low: number,
  entries: number,
  nextStarts: number,
) => void;
type SumPowers = (r: number, starts: number, sums: number, sets: number, bits: number) => void;

export const ELEMENT_BYTES = 40;
export const PAIR_BYTES = 80;

/** By group: G1 or G2. */
export type Group = 1 | 2;
export const pointBytes = (group: Group): number => 80 * group;
/** Three pairs. */
export const projectiveBytes = (group: Group): number => 240 * group;
/** Coordinates in files. */
export const storedPointBytes = (group: Group): number => 64 * group;
