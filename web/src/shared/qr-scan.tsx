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
  /** Called with what a code says. The camera goes on until it is closed or the screen is left. */
  readonly onText: (text: string) => void;
}

/** Reads a QR code with the camera, or out of a picture. The pictures stay in the page. */
export function QrScan({ onText }: QrScanProps): JSX.Element {
  const texts = useTexts(sharedTexts);
  const [camera, setCamera] = useState<'closed' | 'open' | 'refused'>('closed');
  const isOpen = camera === 'open';
  const input = useRef<HTMLInputElement>(null);
  const reading = useAsync(async (_, file: File) => {
    const text = await (await import('./qr-read.ts')).qrInFile(file);
    if (text === undefined) throw new RangeError('no code');
    onText(text);
  });
  return (
    <div class="stack">
      {isOpen && <Camera onText={onText} onRefused={() => setCamera('refused')} />}
      {camera === 'refused' && (
        <Notice tone="warn" title={texts.cameraRefused} announce>
          {texts.cameraRefusedTodo}
        </Notice>
      )}
      <div class="row">
        <Button icon="camera" onClick={() => setCamera(isOpen ? 'closed' : 'open')}>
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
/** A code that was away for so many looks is told again. */
const LOOKS_AWAY = 10;
/** What browsers give unasked is too coarse for a code with a whole proof in it. */
const SHARP = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };

interface CameraProps extends QrScanProps {
  readonly onRefused: () => void;
}

function Camera(props: CameraProps): JSX.Element {
  const texts = useTexts(sharedTexts);
  const video = useRef<HTMLVideoElement>(null);
  const [isOpening, setOpening] = useState(true);
  const told = useRef(props);
  told.current = props;
  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    let isOver = false;
    let last: string | undefined;
    let looksAway = 0;
    const end = () => {
      isOver = true;
      clearInterval(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const begin = async () => {
      const { qrReader } = await import('./qr-read.ts');
      stream = await navigator.mediaDevices.getUserMedia({ video: SHARP });
      const element = video.current;
      if (isOver || !element) return end();
      element.srcObject = stream;
      await element.play();
      setOpening(false);
      const read = qrReader();
      timer = setInterval(() => {
        const text = read(element, element.videoWidth, element.videoHeight);
        looksAway = text === undefined ? looksAway + 1 : 0;
        if (text === undefined && looksAway < LOOKS_AWAY) return;
        if (text !== undefined && text !== last) told.current.onText(text);
        last = text;
      }, LOOK_MS);
    };
    begin().catch(() => {
      end();
      told.current.onRefused();
    });
    return end;
  }, []);
  return (
    <div class="stack stack--tight">
      {isOpening ? <Spinner>{texts.cameraOpening}</Spinner> : <p>{texts.scanLead}</p>}
      <video class="camera" ref={video} playsInline muted aria-label={texts.scanVideo} />
    </div>
  );
}
