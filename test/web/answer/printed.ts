import jsqr from 'jsqr';
import type { Browser, Locator, Page } from 'playwright-core';

/** Texts of the QR codes of a page as it would be printed, in the order they stand. */
export async function printedCodes(browser: Browser, page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' });
  const codes: string[] = [];
  for (const code of await page.locator('.sheet .qr').all()) {
    codes.push(await readQr(browser, code));
  }
  await page.emulateMedia({ media: null });
  return codes;
}

async function readQr(browser: Browser, code: Locator): Promise<string> {
  const png = (await code.screenshot({ scale: 'device' })).toString('base64');
  // A page of its own reads the picture's points: that of the wallet lets nothing in.
  const page = await browser.newPage();
  try {
    const { width, height, points } = await page.evaluate(async (text) => {
      const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d');
      context?.drawImage(picture, 0, 0);
      const data = context?.getImageData(0, 0, picture.width, picture.height).data ?? [];
      return { width: picture.width, height: picture.height, points: [...data] };
    }, png);
    return jsqr.default(new Uint8ClampedArray(points), width, height)?.data ?? '';
  } finally {
    await page.close();
  }
}

/** Pages of a PDF as Chromium writes it. */
export function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
