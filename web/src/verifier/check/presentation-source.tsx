import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { readText } from '../../shared/files.ts';
import { QrScan } from '../../shared/qr-scan.tsx';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { TextArea } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CertificateCode } from './certificate-code.tsx';
import { checkTexts } from './check-texts.ts';
import { type CodesSoFar, type PresentationInput, takeText } from './read-presentation-text.ts';

export interface PresentationSourceProps {
  /** Of a printed certificate, where a link brought it. */
  readonly code?: string | undefined;
  /** Presentation codes that a link brought. */
  readonly proof?: string | undefined;
  readonly onPresentation: (presentation: PresentationInput) => void;
}

type Way = 'file' | 'scan' | 'paste' | 'code';

/** A presentation, however it comes. */
export function PresentationSource(props: PresentationSourceProps): JSX.Element {
  const { code, proof, onPresentation } = props;
  const texts = useTexts(checkTexts);
  const [way, setWay] = useState<Way>(
    proof !== undefined ? 'paste' : code !== undefined ? 'code' : 'file',
  );
  const [pasted, setPasted] = useState(proof ?? '');
  const [soFar, setSoFar] = useState<CodesSoFar>();
  const reading = useAsync(async (_, read: () => Promise<string> | string) => {
    const taken = takeText(await read(), soFar);
    setSoFar(taken.soFar);
    setPasted('');
    if (taken.presentation !== undefined) onPresentation(taken.presentation);
  });
  useEffect(() => {
    if (proof !== undefined) reading.run(() => proof);
  }, []);
  const take = (file: File) =>
    reading.run(() => (file.type.startsWith('image/') ? codeInPicture(file) : readText(file)));
  return (
    <Tabs
      label={texts.ways}
      selected={way}
      onSelect={setWay}
      tabs={[
        { id: 'file', label: texts.wayFile },
        { id: 'scan', label: texts.wayScan },
        { id: 'paste', label: texts.wayPaste },
        { id: 'code', label: texts.wayCode },
      ]}
    >
      <div class="stack">
        {way === 'file' && (
          <FileDrop
            label={texts.dropLabel}
            buttonLabel={texts.dropButton}
            accept=".json,.txt,application/json,text/plain,image/*"
            busy={reading.state === 'busy'}
            onFiles={([file]) => file && take(file)}
          />
        )}
        {way === 'scan' && (
          <>
            <p>{texts.scanLead}</p>
            <QrScan onText={(text) => reading.run(() => text)} />
          </>
        )}
        {soFar && (
          <Notice tone="info" announce>
            {texts.soFar(soFar.codes.length, soFar.of)}
          </Notice>
        )}
        {way === 'paste' && (
          <>
            <TextArea
              label={texts.pasteLabel}
              hint={texts.pasteHint}
              value={pasted}
              onInput={setPasted}
            />
            <div>
              <Button onClick={() => reading.run(() => pasted)}>{texts.pasteButton}</Button>
            </div>
          </>
        )}
        {way === 'code' && <CertificateCode code={code} onPresentation={onPresentation} />}
        {way !== 'code' && reading.state === 'failed' && <ErrorNotice error={reading.error} />}
      </div>
    </Tabs>
  );
}

/** @throws presentation.malformed where there is no code in it, or it is no picture */
async function codeInPicture(file: File): Promise<string> {
  const { qrInFile } = await import('../../shared/qr-read.ts');
  const text = await qrInFile(file).catch(() => undefined);
  if (text !== undefined) return text;
  throw new CanbaoError('presentation.malformed', { reason: 'QR' });
}
