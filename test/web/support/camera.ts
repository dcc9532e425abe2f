import { writeFile } from 'node:fs/promises';
import { type Browser, chromium as playwright } from 'playwright-core';
import { create } from 'qrcode';
import { chromium } from './pages.ts';

const [WIDTH, HEIGHT] = [1280, 720];
const FRAMES_A_SECOND = 5;
/** As of paper held by hand: no code fills the picture. */
const CODE_HEIGHT = 600;
const [BLACK, PAPER, DESK] = [40, 220, 120];

/**
 * A browser before whose camera QR codes are held one after another. A page may use it where its context
 * is granted `camera`.
 */
export async function launchWithCamera(path: string, codes: readonly string[]): Promise<Browser> {
  await writeFile(path, video(codes));
  return playwright.launch({
    executablePath: chromium ?? '',
    args: [
      ...['--no-sandbox', '--use-fake-device-for-media-stream'],
      `--use-file-for-fake-video-capture=${path}`,
    ],
  });
}

/** YUV4MPEG2, each code for two seconds. */
function video(codes: readonly string[]): Buffer {
  const head = `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`;
  const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frames = codes.flatMap((code) => {
    const frame = Buffer.concat([Buffer.from('FRAME\n'), pictureOf(code), grey]);
    return Array<Buffer>(2 * FRAMES_A_SECOND).fill(frame);
  });
  return Buffer.concat([Buffer.from(head), ...frames]);
}

function pictureOf(text: string): Buffer {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const points = Buffer.alloc(WIDTH * HEIGHT, DESK);
  const scale = Math.floor(CODE_HEIGHT / (modules.size + 8));
  const paper = scale * (modules.size + 8);
  const [left, top] = [Math.floor((WIDTH - paper) / 2), Math.floor((HEIGHT - paper) / 2)];
  const isBlack = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < modules.size && y < modules.size && modules.get(y, x) !== 0;
  for (let y = 0; y < paper; y++) {
    for (let x = 0; x < paper; x++) {
      const [column, row] = [Math.floor(x / scale) - 4, Math.floor(y / scale) - 4];
      points[(top + y) * WIDTH + left + x] = isBlack(column, row) ? BLACK : PAPER;
    }
  }
  return points;
}
