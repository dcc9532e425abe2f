import type { JSX } from 'preact';
import { useTexts } from '../shell/texts.ts';
import { useLoad } from '../shell/use-async.ts';
import { Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import './qr.css';
import { sharedTexts } from './shared-texts.ts';

export interface QrShowProps {
  readonly text: string;
  /** What it leads to, for who does not see it. */
  readonly alt: string;
}

/** A QR code; always with a link or a file beside it. */
export function QrShow({ text, alt }: QrShowProps): JSX.Element {
  const texts = useTexts(sharedTexts);
  const drawing = useLoad(async () => (await import('./qr-path.ts')).qrPath(text), [text]);
  if (drawing.state === 'failed') return <Notice tone="info">{texts.qrTooLong}</Notice>;
  if (drawing.state !== 'done') return <Spinner>{texts.drawingQr}</Spinner>;
  const { path, size } = drawing.value;
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={alt}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
