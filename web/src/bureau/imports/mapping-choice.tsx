import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { readJson } from '../../shared/files.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Select } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { isMapping, type MappingFile, SHIPPED, type ShippedMapping } from './mappings.ts';
import { newImportTexts } from './new-texts.ts';

const OWN = 'own';
const names = Object.keys(SHIPPED) as ShippedMapping[];

export interface MappingChoiceProps {
  /** What is missing, once somebody tried to go on. */
  readonly error: string | false;
  readonly onMapping: (mapping: MappingFile | undefined) => void;
}

/** A mapping that comes with the product, or a file of one's own. */
export function MappingChoice({ error, onMapping }: MappingChoiceProps): JSX.Element {
  const texts = useTexts(newImportTexts);
  const [chosen, setChosen] = useState('');
  const reading = useAsync(async (_, file: File) => {
    const json = await readJson(file);
    if (!isMapping(json)) return undefined;
    onMapping(json);
    return { name: file.name, source: json.source };
  });
  const choose = (value: string) => {
    setChosen(value);
    reading.cancel();
    const shipped = names.find((name) => name === value);
    onMapping(shipped && SHIPPED[shipped]);
  };
  return (
    <>
      <Select
        label={texts.form}
        hint={texts.mappingHint}
        error={error}
        value={chosen}
        onInput={choose}
        options={[
          { value: '', label: '—' },
          ...names.map((name) => ({ value: name, label: texts.shipped[name] })),
          { value: OWN, label: texts.own },
        ]}
      />
      {chosen === OWN && (
        <FileDrop
          label={texts.ownDrop}
          buttonLabel={texts.ownButton}
          accept=".json,application/json"
          onFiles={([file]) => file && reading.run(file)}
        />
      )}
      {reading.state === 'failed' && <ErrorNotice error={reading.error} />}
      {reading.state === 'done' &&
        (reading.value ? (
          <Notice tone="good" announce>
            {texts.ownChosen(reading.value.name, reading.value.source)}
          </Notice>
        ) : (
          <Notice tone="bad" announce>
            {texts.notMapping}
          </Notice>
        ))}
    </>
  );
}
