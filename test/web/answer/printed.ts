import { execFileSync } from 'node:child_process';
import jsqr from 'jsqr';
import type { Page } from 'playwright-core';

/** What is on paper, read by programs that know nothing of the page. */
export interface Paper {
  readonly pages: number;
  /** Texts of its QR codes, as they were found. */
  readonly codes: readonly string[];
  /** All words, without spaces and breaks: letters of a line may stand apart in a PDF. */
  readonly text: string;
}

/** Prints a page as PDF and reads that: words with `pdftotext`, codes from a picture as of a scanner. */
export async function print(page: Page): Promise<Paper> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const text = poppler('pdftotext', ['-', '-'], pdf).toString();
  return {
    // Each page ends with a form feed.
    pages: text.split('\f').length - 1,
    codes: codesIn(readPgm(poppler('pdftoppm', ['-r', '200', '-gray', '-singlefile', '-'], pdf))),
    text: text.replace(/\s/g, ''),
  };
}

/** @throws Error where Debian's poppler-utils is not there */
function poppler(program: string, args: readonly string[], input: Buffer): Buffer {
  return execFileSync(program, args, { input, maxBuffer: 2 ** 28 });
}

interface Grey {
  readonly width: number;
  readonly height: number;
  readonly points: Uint8Array;
}

/** `P5 width height 255` and a byte a point. */
function readPgm(file: Buffer): Grey {
  const head = /^P5\s(\d+)\s(\d+)\s255\s/.exec(file.subarray(0, 64).toString('latin1'));
  if (!head) throw new RangeError('no picture in grey');
  const [all, width, height] = head;
  return { width: Number(width), height: Number(height), points: file.subarray(all.length) };
}

function codesIn({ width, height, points }: Grey): string[] {
  const colours = new Uint8ClampedArray(width * height * 4);
  points.forEach((grey, i) => {
    colours.fill(grey, i * 4, i * 4 + 3);
    colours[i * 4 + 3] = 255;
  });
  const codes: string[] = [];
  for (;;) {
    const found = jsqr.default(colours, width, height, { inversionAttempts: 'dontInvert' });
    if (!found) return codes;
    codes.push(found.data);
    // One at a time is found: those that were are covered.
    const { topLeftCorner, bottomRightCorner } = found.location;
    const [left, right] = [Math.floor(topLeftCorner.x), Math.ceil(bottomRightCorner.x)];
    for (let y = Math.floor(topLeftCorner.y); y <= bottomRightCorner.y; y++) {
      colours.fill(255, (y * width + left) * 4, (y * width + right) * 4);
    }
  }
}
