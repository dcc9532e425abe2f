import './certificate.css';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatDate } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { HistoryEntry } from '../history/entry.ts';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { addCode, certificateOf } from './certificate.ts';
import { CertificateSheet } from './certificate-sheet.tsx';
import { certificateTexts } from './certificate-texts.ts';

/** The certificate as it will be printed: `#/certificate/:id`. */
export function CertificatePage({ wallet, route }: WalletScreenProps): JSX.Element {
  const texts = useTexts(certificateTexts);
  const id = route.segments[1] ?? '';
  const loading = useLoad(() => certificateOf(wallet.store, id), [id]);
  const [changed, setEntry] = useState<HistoryEntry | undefined>(undefined);
  if (loading.state === 'failed') {
    return (
      <Screen key="failed" title={texts.page} back={`#/answer/${id}`}>
        <ErrorNotice error={loading.error} onRetry={loading.run} />
      </Screen>
    );
  }
  if (loading.state !== 'done') return <Spinner>{texts.opening}</Spinner>;
  const found = loading.value;
  if (!found) {
    return (
      <Screen
        key="missing"
        title={texts.missing}
        lead={texts.missingTodo}
        back="#/"
        actions={
          <LinkButton kind="main" icon="list" href="#/history">
            {texts.toHistory}
          </LinkButton>
        }
      />
    );
  }
  const entry = changed ?? found.entry;
  return (
    <Screen
      key="sheet"
      title={texts.page}
      back={`#/answer/${id}`}
      lead={texts.lead}
      actions={
        <Button kind="main" icon="print" onClick={() => print()}>
          {texts.print}
        </Button>
      }
    >
      <TypedCode wallet={wallet} entry={entry} onEntry={setEntry} />
      <CertificateSheet certificate={{ ...found, entry }} />
    </Screen>
  );
}

interface TypedCodeProps extends Pick<WalletScreenProps, 'wallet'> {
  readonly entry: HistoryEntry;
  readonly onEntry: (entry: HistoryEntry) => void;
}

/** Hands the proof to the service: only where the holder says so. */
function TypedCode({ wallet, entry, onEntry }: TypedCodeProps): JSX.Element {
  const texts = useTexts(certificateTexts);
  const language = useLanguage();
  const adding = useAsync(async (signal) => onEntry(await addCode(wallet.store, entry, signal)));
  if (entry.code) {
    const { code, expiresAt } = entry.code;
    return (
      <div class="no-print">
        <Notice tone="good" announce>
          {texts.typedIs(code, formatDate(expiresAt, language))}
        </Notice>
      </div>
    );
  }
  return (
    <div class="no-print">
      <Card title={texts.typed}>
        <p>{texts.typedText}</p>
        <div class="row">
          <Button icon="type" busy={adding.state === 'busy'} onClick={adding.run}>
            {texts.typedAdd}
          </Button>
        </div>
        {adding.state === 'failed' && <ErrorNotice error={adding.error} />}
      </Card>
    </div>
  );
}
