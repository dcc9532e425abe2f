import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { Screen } from '../shell/screen.tsx';
import { useLanguage, useTexts } from '../shell/texts.ts';
import { useAsync } from '../shell/use-async.ts';
import { Card } from '../ui/card.tsx';
import { FileDrop } from '../ui/file-drop.tsx';
import { Notice } from '../ui/notice.tsx';
import { Progress } from '../ui/progress.tsx';
import { ceremonyTexts } from './ceremony-texts.ts';
import { checkCeremony } from './check-ceremony.ts';
import type { CeremonyFound } from './check-files.ts';
import { ContributionsCard } from './contributions-card.tsx';
import { FactsCard } from './facts-card.tsx';
import { KeysInUseCard } from './keys-in-use-card.tsx';

/** A transcript, checked in the reader's own browser. */
export function CeremonyPage(): JSX.Element {
  const texts = useTexts(ceremonyTexts);
  const [share, setShare] = useState(0);
  const checking = useAsync(async (signal, files: readonly File[]) => {
    setShare(0);
    return checkCeremony(files, setShare, signal);
  });
  return (
    <Screen title={texts.title} lead={texts.lead} back="#/">
      <FileDrop
        label={texts.choose}
        buttonLabel={checking.state === 'done' ? texts.again : texts.chooseButton}
        accept=".json,.zkey"
        multiple
        busy={checking.state === 'busy'}
        onFiles={checking.run}
      />
      {checking.state === 'busy' && <Progress label={texts.checking} share={share} />}
      {checking.state === 'failed' && <Refused error={checking.error} />}
      {checking.state === 'done' && <Found found={checking.value} />}
      <RestCard />
    </Screen>
  );
}

/** What does not hold is an answer, told as such; the rest are faults. */
function Refused({ error }: { readonly error: unknown }): JSX.Element {
  const texts = useTexts(ceremonyTexts);
  const language = useLanguage();
  const isAnswer =
    error instanceof CanbaoError &&
    /^(ceremony|key)\./.test(error.code) &&
    error.code !== 'ceremony.bad_file';
  if (!isAnswer) return <ErrorNotice error={error} />;
  return (
    <Notice tone="bad" title={texts.refusedTitle} announce>
      <p>{error.text(language)}</p>
      <p>{texts.refusedText}</p>
    </Notice>
  );
}

function Found({ found }: { readonly found: CeremonyFound }): JSX.Element {
  return (
    <>
      <Outcome found={found} />
      <KeysInUseCard found={found} />
      <FactsCard found={found} />
      <ContributionsCard found={found} />
    </>
  );
}

function Outcome({ found }: { readonly found: CeremonyFound }): JSX.Element {
  const texts = useTexts(ceremonyTexts);
  const { transcript, checked } = found;
  const { status, participants } = checked;
  const { required, phase1 } = transcript.setup;
  if (status === 'ceremony') {
    return (
      <Notice tone="good" title={texts.ceremonyTitle} announce>
        <p>{texts.ceremonyText(participants)}</p>
      </Notice>
    );
  }
  const isDevelopment = phase1.kind === 'development';
  return (
    <Notice tone="warn" title={isDevelopment ? texts.rehearsalTitle : texts.openTitle} announce>
      {isDevelopment && <p>{texts.developmentText}</p>}
      {!checked.isClosed && <p>{texts.openText(participants, required)}</p>}
    </Notice>
  );
}

function RestCard(): JSX.Element {
  const texts = useTexts(ceremonyTexts);
  return (
    <Card title={texts.rest}>
      <p>{texts.restText}</p>
      <code class="code-line">npm run -s canbao -- ceremony verify …</code>
      <p class="soft">{texts.restToo}</p>
    </Card>
  );
}
