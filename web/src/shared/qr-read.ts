import jsqr from 'jsqr';

const MOST_PIXELS = 900;

/** Reads QR codes out of pictures; one canvas for all of them. */
export function qrReader(): (
  picture: CanvasImageSource,
  width: number,
  height: number,
) => string | undefined {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (picture, width, height) => {
    if (!context || width === 0 || height === 0) return undefined;
    const scale = Math.min(1, MOST_PIXELS / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = jsqr.default(data, canvas.width, canvas.height, {
      inversionAttempts: 'attemptBoth',
    });
    return found?.data || undefined;
  };
}

/** @throws Error where it is no picture */
export async function qrInFile(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file);
  try {
    return qrReader()(picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
}
