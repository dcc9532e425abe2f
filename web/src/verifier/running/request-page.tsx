import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RequestOutcome } from '../../../../src/sdk/answers.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useStore } from '../../shell/store.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { verifierClient } from '../client.ts';
import { OutcomeScreen } from './outcome-screen.tsx';
import { RequestCode } from './request-code.tsx';
import { RequestFacts } from './request-facts.tsx';
import { type RunningRequest, runningRequests } from './running-requests.ts';
import { runningTexts } from './running-texts.ts';

/** A request of this tab: shown until it is answered, and then its answer. */
export function RequestPage({ id }: { readonly id: string }): JSX.Element {
  const texts = useTexts(runningTexts);
  const running = useStore(runningRequests).find((one) => one.id === id);
  if (running) return <Following key={id} running={running} />;
  return (
    <Screen
      key="gone"
      title={texts.gone}
      lead={texts.goneLead}
      back="#/"
      actions={
        <LinkButton kind="main" href="#/ask">
          {texts.again}
        </LinkButton>
      }
    />
  );
}

function Following({ running }: { readonly running: RunningRequest }): JSX.Element {
  const texts = useTexts(runningTexts);
  const language = useLanguage();
  const [isDeclined, setDeclined] = useState(false);
  const client = verifierClient(language);
  const following = useLoad(
    (signal) => client.waitForVerdict(running, { signal, onDeclined: () => setDeclined(true) }),
    [running.id, language],
  );
  const cancelling = useAsync((signal) => client.cancel(running, signal));
  const outcome: RequestOutcome | undefined = following.value ?? cancelling.value;
  if (outcome) return <OutcomeScreen key="outcome" running={running} outcome={outcome} />;
  const failed = following.state === 'failed' ? following.error : cancelling.error;
  return (
    <Screen
      key="waiting"
      title={texts.title}
      lead={texts.lead}
      back="#/"
      actions={
        <Button icon="cross" busy={cancelling.state === 'busy'} onClick={() => cancelling.run()}>
          {texts.cancel}
        </Button>
      }
    >
      <div class="no-print stack">
        {isDeclined ? (
          <Notice tone="warn" title={texts.declined} announce>
            {texts.declinedHint}
          </Notice>
        ) : (
          following.state === 'busy' && <Spinner>{texts.waiting}</Spinner>
        )}
        {failed !== undefined && <ErrorNotice error={failed} onRetry={following.run} />}
      </div>
      <RequestCode running={running} />
      <RequestFacts running={running} />
    </Screen>
  );
}
