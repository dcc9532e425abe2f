import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
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
import {
  type CodesSoFar,
  type PresentationInput,
  readPresentationText,
  takeCode,
} from './read-presentation-text.ts';

export interface PresentationSourceProps {
  /** Of a printed certificate, where a link brought it. */
  readonly code?: string | undefined;
  readonly onPresentation: (presentation: PresentationInput) => void;
}

type Way = 'file' | 'scan' | 'paste' | 'code';

/** A presentation, however it comes. */
export function PresentationSource({ code, onPresentation }: PresentationSourceProps): JSX.Element {
  const texts = useTexts(checkTexts);
  const [way, setWay] = useState<Way>(code === undefined ? 'file' : 'code');
  const [pasted, setPasted] = useState('');
  const [soFar, setSoFar] = useState<CodesSoFar>();
  const reading = useAsync(async (_, read: () => Promise<string> | string) =>
    onPresentation(readPresentationText(await read())),
  );
  const scanned = useAsync(async (_, text: string) => {
    const taken = takeCode(text, soFar);
    setSoFar(taken.soFar);
    if (taken.presentation !== undefined) onPresentation(taken.presentation);
  });
  const failed = way === 'scan' ? scanned : reading;
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
            accept=".json,.txt,application/json,text/plain"
            busy={reading.state === 'busy'}
            onFiles={([file]) => file && reading.run(() => readText(file))}
          />
        )}
        {way === 'scan' && (
          <>
            <p>{texts.scanLead}</p>
            <QrScan key={soFar?.codes.length ?? 0} onText={scanned.run} />
            {soFar && soFar.codes.length < soFar.of && (
              <Notice tone="info" announce>
                {texts.scanSoFar(soFar.codes.length, soFar.of)}
              </Notice>
            )}
          </>
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
        {way !== 'code' && failed.state === 'failed' && <ErrorNotice error={failed.error} />}
      </div>
    </Tabs>
  );
}
