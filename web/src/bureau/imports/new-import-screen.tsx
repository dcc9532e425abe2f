import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatBytes } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { navigate } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Fault } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { NeedsRole } from '../needs-role.tsx';
import type { Session } from '../session/session-store.ts';
import { MappingChoice } from './mapping-choice.tsx';
import type { MappingFile } from './mappings.ts';
import { newImportTexts } from './new-texts.ts';
import { sendUpload, sent } from './upload.ts';

/** A file's form, the file, and whether it counts. */
export function NewImportScreen({ session }: { readonly session: Session }): JSX.Element {
  const texts = useTexts(newImportTexts);
  return (
    <Screen title={texts.title} back="#/imports">
      <NeedsRole session={session} roles={['importer']}>
        <ImportForm />
      </NeedsRole>
    </Screen>
  );
}

function ImportForm(): JSX.Element {
  const texts = useTexts(newImportTexts);
  const [mapping, setMapping] = useState<MappingFile | undefined>();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [sheet, setSheet] = useState('');
  const [how, setHow] = useState<'trial' | 'real'>('trial');
  const [wasTried, setTried] = useState(false);
  const [under, setUnder] = useState({ name: '', share: 0 });
  const sending = useAsync(async (signal, chosen: MappingFile) => {
    let id = '';
    for (const file of files) {
      const one = { file, mapping: chosen, sheet: sheet.trim(), dryRun: how === 'trial' };
      setUnder({ name: file.name, share: 0 });
      id = await sendUpload(one, signal, (share) => setUnder({ name: file.name, share }));
      sent.set(id, one);
    }
    navigate(files.length === 1 ? `/imports/${id}` : '/imports');
  });
  const submit = () => {
    setTried(true);
    if (mapping && files.length > 0) sending.run(mapping);
  };
  return (
    <Form class="stack stack--loose form-column" onSubmit={submit}>
      <Card title={texts.mapping}>
        <MappingChoice
          error={wasTried && !mapping && texts.missingMapping}
          onMapping={setMapping}
        />
      </Card>
      <Card title={texts.files}>
        <FileDrop
          label={texts.drop}
          buttonLabel={texts.choose}
          accept=".csv,.txt,.xlsx"
          multiple
          onFiles={(more) => setFiles([...files, ...more])}
        />
        <ChosenFiles files={files} onChange={setFiles} />
        <Fault>{wasTried && files.length === 0 && texts.missingFile}</Fault>
        {files.some(({ name }) => /\.xlsx$/i.test(name)) && (
          <TextInput label={texts.sheet} hint={texts.sheetHint} value={sheet} onInput={setSheet} />
        )}
      </Card>
      <Card title={texts.how}>
        <RadioCards
          legend={texts.how}
          hideLegend
          value={how}
          onChange={setHow}
          options={[
            { value: 'trial', label: texts.trial, hint: texts.trialHint },
            { value: 'real', label: texts.real, hint: texts.realHint },
          ]}
        />
      </Card>
      {sending.state === 'failed' && <ErrorNotice error={sending.error} onRetry={submit} />}
      {sending.state === 'busy' && (
        <Progress label={texts.sending(under.name)} share={under.share} />
      )}
      <div class="actions">
        <Button kind="main" type="submit" icon="upload" busy={sending.state === 'busy'}>
          {texts.send(files.length)}
        </Button>
        {sending.state === 'busy' && <Button onClick={sending.cancel}>{texts.cancel}</Button>}
      </div>
    </Form>
  );
}

interface ChosenFilesProps {
  readonly files: readonly File[];
  readonly onChange: (files: readonly File[]) => void;
}

function ChosenFiles({ files, onChange }: ChosenFilesProps): JSX.Element | null {
  const texts = useTexts(newImportTexts);
  if (files.length === 0) return null;
  return (
    <ul class="signers" aria-label={texts.chosen}>
      {files.map((file) => (
        <li key={`${file.name} ${file.lastModified}`}>
          <span>
            <span class="strong">{file.name}</span>{' '}
            <span class="soft number">{formatBytes(file.size)}</span>
          </span>
          <Button
            kind="plain"
            label={`${texts.remove} ${file.name}`}
            onClick={() => onChange(files.filter((one) => one !== file))}
          >
            {texts.remove}
          </Button>
        </li>
      ))}
    </ul>
  );
}
