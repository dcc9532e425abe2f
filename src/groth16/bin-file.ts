import { CanbaoError } from '../core/errors/canbao-error.ts';

/** Sections of an iden3 binary file (r1cs, zkey, wtns) by their id. */
export type Sections = ReadonlyMap<number, Uint8Array>;

const HEADER_BYTES = 12;
const SECTION_HEADER_BYTES = 12;

/**
 * Splits an iden3 binary file: magic (4 ASCII characters), version u32, section count u32, then
 * id u32, length u64 and the bytes of each section; little-endian. Sections are views, not copies.
 * @throws key.bad_file for another magic or version, a repeated section, or a wrong length
 */
export function readSections(file: Uint8Array, magic: string, version: number): Sections {
  const bad = (reason: string) => new CanbaoError('key.bad_file', { kind: magic, reason });
  if (file.length < HEADER_BYTES) throw bad('it is shorter than a header');
  const view = viewOf(file);
  const found = String.fromCharCode(...file.subarray(0, 4));
  if (found !== magic) throw bad('it is another kind of file');
  if (view.getUint32(4, true) !== version) throw bad(`it is not version ${version}`);

  const sections = new Map<number, Uint8Array>();
  const count = view.getUint32(8, true);
  let at = HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    if (at + SECTION_HEADER_BYTES > file.length) throw bad('it ends early');
    const id = view.getUint32(at, true);
    const length = view.getBigUint64(at + 4, true);
    at += SECTION_HEADER_BYTES;
    if (length > BigInt(file.length - at)) throw bad('it ends early');
    if (sections.has(id)) throw bad(`section ${id} occurs twice`);
    sections.set(id, file.subarray(at, at + Number(length)));
    at += Number(length);
  }
  if (at !== file.length) throw bad('bytes follow its last section');
  return sections;
}

/** The inverse of {@link readSections}: sections in the order given. */
export function writeSections(
  magic: string,
  version: number,
  sections: readonly (readonly [id: number, bytes: Uint8Array])[],
): Uint8Array {
  const bytes = sections.reduce(
    (sum, [, s]) => sum + SECTION_HEADER_BYTES + s.length,
    HEADER_BYTES,
  );
  const file = new Uint8Array(bytes);
  const view = viewOf(file);
  for (let i = 0; i < 4; i++) file[i] = magic.charCodeAt(i);
  view.setUint32(4, version, true);
  view.setUint32(8, sections.length, true);
  let at = HEADER_BYTES;
  for (const [id, section] of sections) {
    view.setUint32(at, id, true);
    view.setBigUint64(at + 4, BigInt(section.length), true);
    file.set(section, at + SECTION_HEADER_BYTES);
    at += SECTION_HEADER_BYTES + section.length;
  }
  return file;
}

/** A DataView of exactly these bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** 32 bytes at `offset`, little-endian. */
export function readUint256(view: DataView, offset: number): bigint {
  return (
    view.getBigUint64(offset, true) |
    (view.getBigUint64(offset + 8, true) << 64n) |
    (view.getBigUint64(offset + 16, true) << 128n) |
    (view.getBigUint64(offset + 24, true) << 192n)
  );
}

/** Writes 32 bytes at `offset`, little-endian. */
export function writeUint256(view: DataView, offset: number, value: bigint): void {
  for (let word = 0; word < 4; word++) {
    view.setBigUint64(offset + 8 * word, BigInt.asUintN(64, value >> BigInt(64 * word)), true);
  }
}
