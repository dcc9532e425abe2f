import type { JSX } from 'preact';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useStore } from '../../shell/store.ts';
import { useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Door } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { walletState } from '../wallet-state.ts';
import { RecordLine } from './record-line.tsx';
import { homeTexts } from './texts.ts';

/** What is in the wallet, and what can be done with it. */
export function HomePage({ wallet }: WalletScreenProps): JSX.Element {
  const texts = useTexts(homeTexts);
  const kept = useLoad(() => wallet.record(), [wallet]);
  const isWaiting = kept.state === 'idle' || kept.state === 'busy';
  const record = kept.value;
  return (
    <Screen
      title={texts.title}
      actions={
        <Button icon="lock" onClick={() => wallet.lock()}>
          {texts.lock}
        </Button>
      }
    >
      <Arrival hasRecord={record !== undefined} />
      {isWaiting && <Spinner>{texts.opening}</Spinner>}
      {kept.state === 'failed' && <ErrorNotice error={kept.error} />}
      {!isWaiting && (
        <>
          <RecordLine record={record} />
          <nav class="stack" aria-label={texts.doors}>
            {!record && (
              <Door href="#/enrolment" icon="building" title={texts.enrol} text={texts.enrolText} />
            )}
            {!record && (
              <Door
                href="#/record"
                icon="download"
                title={texts.fetchRecord}
                text={texts.fetchRecordText}
              />
            )}
            <Door href="#/open" icon="qr" title={texts.answer} text={texts.answerText} />
            {record && (
              <Door href="#/record" icon="calendar" title={texts.record} text={texts.recordText} />
            )}
            <Door href="#/history" icon="list" title={texts.history} text={texts.historyText} />
            <Door href="#/settings" icon="gear" title={texts.settings} text={texts.settingsText} />
          </nav>
        </>
      )}
    </Screen>
  );
}

/** Just made, or just recovered. */
function Arrival({ hasRecord }: { readonly hasRecord: boolean }): JSX.Element | null {
  const texts = useTexts(homeTexts);
  const state = useStore(walletState);
  if (state.kind !== 'open' || !state.arrival || hasRecord) return null;
  const isMade = state.arrival === 'made';
  return (
    <Notice tone="good" title={isMade ? texts.made : texts.recovered} announce>
      {isMade ? texts.madeText : texts.recoveredText}
    </Notice>
  );
}
