import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { navigate } from '../../shell/router.ts';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import type { UploadAnswer } from '../answers.ts';
import { newImportTexts } from './new-texts.ts';
import { type Sending, sendUpload, sent } from './upload.ts';
import { uploadTexts } from './upload-texts.ts';

export interface NextStepProps {
  readonly upload: UploadAnswer;
  readonly mayImport: boolean;
}

/** What to do once an upload is at its end. */
export function NextStep({ upload, mayImport }: NextStepProps): JSX.Element {
  const texts = useTexts(uploadTexts);
  const refused = upload.report?.refused ?? 0;
  const words = upload.dryRun
    ? [refused > 0 ? texts.nextFixOrReal : texts.nextReal]
    : [refused > 0 && texts.nextFix, texts.nextClose].filter((one) => one !== false);
  return (
    <section class="stack">
      {upload.report && (
        <>
          <h2>{texts.next}</h2>
          <ul class="list">
            {words.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      <Ways upload={upload} mayImport={mayImport} />
    </section>
  );
}

function Ways({ upload, mayImport }: NextStepProps): JSX.Element {
  const texts = useTexts(uploadTexts);
  const mine = sent.get(upload.id);
  const toList = <LinkButton href="#/imports">{texts.toList}</LinkButton>;
  if (!mayImport || (!upload.dryRun && upload.report)) return <div class="actions">{toList}</div>;
  if (upload.dryRun && upload.report && mine) return <ForGood sending={mine} toList={toList} />;
  return (
    <div class="actions">
      <LinkButton kind="main" icon="upload" href="#/imports/new">
        {upload.report ? texts.chooseAgain : texts.again}
      </LinkButton>
      {toList}
    </div>
  );
}

/** The same file once more, and this time it counts. */
function ForGood({ sending, toList }: { sending: Sending; toList: JSX.Element }): JSX.Element {
  const texts = useTexts(uploadTexts);
  const { sending: words } = useTexts(newImportTexts);
  const [share, setShare] = useState(0);
  const going = useAsync(async (signal) => {
    const one = { ...sending, dryRun: false };
    const id = await sendUpload(one, signal, setShare);
    sent.set(id, one);
    navigate(`/imports/${id}`);
  });
  return (
    <>
      {going.state === 'busy' && <Progress label={words(sending.file.name)} share={share} />}
      {going.state === 'failed' && <ErrorNotice error={going.error} onRetry={going.run} />}
      <div class="actions">
        <Button kind="main" icon="upload" busy={going.state === 'busy'} onClick={going.run}>
          {texts.importNow}
        </Button>
        {toList}
      </div>
    </>
  );
}
