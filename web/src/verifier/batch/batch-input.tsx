import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { readText } from '../../shared/files.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { TextArea } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { BatchEntry, NamedText } from './batch-entry.ts';
import { batchTexts } from './batch-texts.ts';
import { readList } from './read-list.ts';

export interface BatchInputProps {
  readonly entries: readonly BatchEntry[];
  readonly onFound: (found: readonly NamedText[]) => void;
  readonly onClear: () => void;
}

/** Files, lists and codes, all into one heap. */
export function BatchInput({ entries, onFound, onClear }: BatchInputProps): JSX.Element {
  const texts = useTexts(batchTexts);
  const [pasted, setPasted] = useState('');
  const reading = useAsync(async (_, read: () => Promise<NamedText[]>) => {
    const found = await read();
    onFound(found);
    return found.length;
  });
  const files = (chosen: readonly File[]) =>
    reading.run(async () => {
      const lists = chosen.map(async (file) =>
        readList(await readText(file), file.name.replace(/\.(json|csv|txt)$/i, '')),
      );
      return (await Promise.all(lists)).flat();
    });
  const paste = () =>
    reading.run(async () => {
      const found = await readList(pasted, '#');
      setPasted('');
      return found;
    });
  const bad = entries.filter(({ kind }) => kind === 'unreadable').length;
  return (
    <section class="stack">
      <h2>{texts.inputTitle}</h2>
      <FileDrop
        multiple
        label={texts.drop}
        buttonLabel={texts.dropButton}
        accept=".json,.csv,.txt,application/json,text/csv,text/plain"
        busy={reading.state === 'busy'}
        onFiles={files}
      />
      <p class="soft">{texts.dropHint}</p>
      <TextArea label={texts.paste} hint={texts.pasteHint} value={pasted} onInput={setPasted} />
      <div>
        <Button icon="plus" disabled={pasted.trim() === ''} onClick={paste}>
          {texts.add}
        </Button>
      </div>
      {reading.state === 'failed' && <ErrorNotice error={reading.error} />}
      {reading.value === 0 && (
        <Notice tone="warn" announce>
          {texts.nothing}
        </Notice>
      )}
      {entries.length > 0 && (
        <Notice tone={bad > 0 ? 'warn' : 'info'} announce>
          <div class="row row--between">
            <span class="strong">{texts.entries(entries.length, bad)}</span>
            <Button icon="trash" onClick={onClear}>
              {texts.clear}
            </Button>
          </div>
        </Notice>
      )}
    </section>
  );
}
