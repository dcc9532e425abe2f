import { create } from 'qrcode';

/** A QR code as one SVG path, a unit a module. */
export interface QrPath {
  readonly path: string;
  /** Modules a side, with the quiet zone. */
  readonly size: number;
}

const QUIET = 4;

/** @throws Error where the text is too long */
export function qrPath(text: string): QrPath {
  const { modules } = create(text, { errorCorrectionLevel: text.length > 600 ? 'L' : 'M' });
  const { size } = modules;
  const runs: string[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const begin = column;
      while (column < size && modules.get(row, column)) column++;
      const length = column - begin;
      if (length > 0) runs.push(`M${begin + QUIET} ${row + QUIET}h${length}v1h-${length}z`);
    }
  }
  return { path: runs.join(''), size: size + 2 * QUIET };
}
