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
import { type ReadKey, readKey } from './read-key.ts';
import { enrolTexts } from './texts.ts';

export interface KeyReaderProps {
  readonly value: ReadKey | undefined;
  readonly onKey: (key: ReadKey | undefined) => void;
}

/** A person's enrolment by QR code, file or paste. */
export function KeyReader({ value, onKey }: KeyReaderProps): JSX.Element {
  const texts = useTexts(enrolTexts);
  const [pasted, setPasted] = useState('');
  const reading = useAsync(async (_, text: string | File) => {
    onKey(await readKey(typeof text === 'string' ? text : await readText(text)));
    setPasted('');
  });
  if (value) {
    return (
      <div class="stack">
        <Notice tone="good" title={texts.read} announce>
          <p>
            {texts.fingerprint} <code class="strong">{value.fingerprint}</code>
          </p>
          <p>{texts.fingerprintText}</p>
        </Notice>
        <div>
          <Button kind="plain" icon="refresh" onClick={() => onKey(undefined)}>
            {texts.another}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div class="stack">
      <p>{texts.keyText}</p>
      <QrScan onText={reading.run} />
      <FileDrop
        label={texts.drop}
        buttonLabel={texts.choose}
        accept=".json,application/json"
        onFiles={([file]) => file && reading.run(file)}
      />
      <TextArea label={texts.paste} rows={3} value={pasted} onInput={setPasted} />
      {pasted.trim() !== '' && (
        <div>
          <Button busy={reading.state === 'busy'} onClick={() => reading.run(pasted)}>
            {texts.readIt}
          </Button>
        </div>
      )}
      {reading.state === 'failed' && <ErrorNotice error={reading.error} />}
    </div>
  );
}
