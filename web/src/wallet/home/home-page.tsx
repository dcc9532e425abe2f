import type { JSX } from 'preact';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useStore } from '../../shell/store.ts';
import { useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { walletState } from '../wallet-state.ts';
import { type DoorName, HomeDoor } from './home-door.tsx';
import { RecordLine } from './record-line.tsx';
import { homeTexts } from './texts.ts';

/** What is in the wallet, and what can be done with it: what comes next stands first. */
export function HomePage({ wallet }: WalletScreenProps): JSX.Element {
  const texts = useTexts(homeTexts);
  const kept = useLoad(() => wallet.record(), [wallet]);
  const state = useStore(walletState);
  const arrival = state.kind === 'open' ? state.arrival : undefined;
  const isWaiting = kept.state === 'idle' || kept.state === 'busy';
  const record = kept.value;
  const first: readonly DoorName[] = record
    ? ['answer', 'record']
    : arrival === 'recovered'
      ? ['fetchRecord', 'enrol', 'answer']
      : ['enrol', 'fetchRecord', 'answer'];
  return (
    <Screen
      title={texts.title}
      actions={
        <Button icon="lock" onClick={() => wallet.lock()}>
          {texts.lock}
        </Button>
      }
    >
      {isWaiting && <Spinner>{texts.opening}</Spinner>}
      {kept.state === 'failed' && <ErrorNotice error={kept.error} />}
      {!isWaiting && (
        <>
          {arrival && !record ? (
            <Notice tone="good" title={texts.arrivals[arrival]} announce>
              {texts.arrivalTexts[arrival]}
            </Notice>
          ) : (
            <RecordLine record={record} />
          )}
          <nav class="stack" aria-label={texts.doors}>
            {[...first, 'history' as const, 'settings' as const].map((name) => (
              <HomeDoor key={name} name={name} />
            ))}
          </nav>
        </>
      )}
    </Screen>
  );
}
