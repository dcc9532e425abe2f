import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../shell/texts.ts';
import { useAsync } from '../shell/use-async.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import './qr.css';
import { sharedTexts } from './shared-texts.ts';

export interface QrScanProps {
  /** Called once with what a code says. */
  readonly onText: (text: string) => void;
}

/** Reads a QR code with the camera, or out of a picture. The pictures stay in the page. */
export function QrScan({ onText }: QrScanProps): JSX.Element {
  const texts = useTexts(sharedTexts);
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const reading = useAsync(async (_, file: File) => {
    const text = await (await import('./qr-read.ts')).qrInFile(file);
    if (text === undefined) throw new RangeError('no code');
    onText(text);
  });
  return (
    <div class="stack">
      {isOpen && <Camera onText={onText} />}
      <div class="row">
        <Button icon="camera" onClick={() => setOpen(!isOpen)}>
          {isOpen ? texts.stopCamera : texts.startCamera}
        </Button>
        <input
          ref={input}
          type="file"
          accept="image/*"
          hidden
          aria-label={texts.fromImage}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) reading.run(file);
            event.currentTarget.value = '';
          }}
        />
        <Button icon="file" busy={reading.state === 'busy'} onClick={() => input.current?.click()}>
          {texts.fromImage}
        </Button>
      </div>
      {reading.state === 'failed' && (
        <Notice tone="warn" announce>
          {texts.noQrInImage}
        </Notice>
      )}
    </div>
  );
}

/** Looks this often, ms: often enough to seem at once, seldom enough for an old phone. */
const LOOK_MS = 200;

function Camera({ onText }: QrScanProps): JSX.Element {
  const texts = useTexts(sharedTexts);
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<'opening' | 'open' | 'refused'>('opening');
  const told = useRef(onText);
  told.current = onText;
  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    let isOver = false;
    const end = () => {
      isOver = true;
      clearInterval(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const begin = async () => {
      const { qrReader } = await import('./qr-read.ts');
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      const element = video.current;
      if (isOver || !element) return end();
      element.srcObject = stream;
      await element.play();
      setState('open');
      const read = qrReader();
      timer = setInterval(() => {
        const text = read(element, element.videoWidth, element.videoHeight);
        if (text === undefined) return;
        end();
        told.current(text);
      }, LOOK_MS);
    };
    begin().catch(() => {
      end();
      setState('refused');
    });
    return end;
  }, []);
  if (state === 'refused') {
    return (
      <Notice tone="warn" title={texts.cameraRefused} announce>
        {texts.cameraRefusedTodo}
      </Notice>
    );
  }
  return (
    <div class="stack stack--tight">
      {state === 'opening' ? <Spinner>{texts.cameraOpening}</Spinner> : <p>{texts.scanLead}</p>}
      <video class="camera" ref={video} playsInline muted aria-label={texts.scanVideo} />
    </div>
  );
}
