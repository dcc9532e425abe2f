import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { CanbaoError, type Language } from '../../../../src/core/errors/canbao-error.ts';
import { isUnreachable } from '../../../../src/sdk/connection.ts';
import type { ProofProgress } from '../../shared/proving/proof-task.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { faultText } from '../../shell/fault-text.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Stepper } from '../../ui/stepper.tsx';
import type { HistoryEntry } from '../history/entry.ts';
import type { OpenWallet } from '../open-wallet.ts';
import { handIn } from './hand-in.ts';
import { proofTexts } from './proof-texts.ts';
import { delegateEntry, proveEntry, type ToProve } from './prove-entry.ts';

export interface ProvingViewProps {
  readonly wallet: OpenWallet;
  readonly task: ToProve;
  readonly onDone: (entry: HistoryEntry) => void;
  readonly onBack: () => void;
}

type By = 'device' | 'service';
type Step = ProofProgress | { readonly stage: 'send'; readonly share: number };
const STAGES = ['files', 'proof', 'send'] as const;
const START: Step = { stage: 'files', share: 0 };

/** Proves, tells how far it is, and hands the proof over; or says why not, and what else there is. */
export function ProvingView({ wallet, task, onDone, onBack }: ProvingViewProps): JSX.Element {
  const texts = useTexts(proofTexts);
  const language = useLanguage();
  const [step, setStep] = useState<Step>(START);
  const [by, setBy] = useState<By>('device');
  const proving = useAsync(async (signal, by: By) => {
    setBy(by);
    setStep(START);
    const prove = by === 'device' ? proveEntry : delegateEntry;
    const entry = await prove(wallet, task, {
      signal,
      onProgress: (progress) => !signal.aborted && setStep(progress),
    });
    setStep({ stage: 'send', share: 1 });
    onDone(await handInIfThere(wallet, entry, language, signal));
  });
  useEffect(() => proving.run('device'), []);
  const stop = () => {
    proving.cancel();
    // At once: not even the worker goes on.
    void import('../../shared/proving/prove-in-page.ts').then(({ endProving }) => endProving());
    onBack();
  };

  if (proving.state === 'failed') {
    return (
      <Failed
        error={proving.error}
        onRetry={() => proving.run('device')}
        onDelegate={() => proving.run('service')}
        onBack={onBack}
      />
    );
  }
  const isSent = task.entry.source.kind === 'service';
  const steps = [texts.stageFiles, texts.stageProof, isSent ? texts.stageSend : texts.stageCheck];
  const doing = [texts.doingFiles, texts.doingProof, isSent ? texts.doingSend : texts.doingCheck];
  const now = STAGES.indexOf(step.stage);
  return (
    <Screen
      key="proving"
      title={by === 'device' ? texts.proving : texts.delegating}
      lead={by === 'device' ? texts.provingLead : texts.delegatingLead}
      actions={
        <Button icon="stop" onClick={stop}>
          {texts.cancel}
        </Button>
      }
    >
      <Stepper label={texts.stages} steps={steps} now={now} />
      <Progress label={doing[now] ?? ''} share={step.share} />
    </Screen>
  );
}

/** What keeps a proof from being handed over keeps nobody from having it: it can be shown otherwise. */
async function handInIfThere(
  { store }: OpenWallet,
  entry: HistoryEntry,
  language: Language,
  signal: AbortSignal,
): Promise<HistoryEntry> {
  try {
    return await handIn(store, entry, language, signal);
  } catch (error) {
    const isTold = error instanceof CanbaoError && !isUnreachable(error);
    return isTold ? { ...entry, said: faultText(error, language) } : entry;
  }
}

interface FailedProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onDelegate: () => void;
  readonly onBack: () => void;
}

function Failed({ error, onRetry, onDelegate, onBack }: FailedProps): JSX.Element {
  const texts = useTexts(proofTexts);
  const code = error instanceof CanbaoError ? error.code : '';
  // Only where it is the device that cannot.
  const isDevice = code === '' || code === 'prove.failed';
  const todo = code.startsWith('key.') ? texts.keyTodo : isDevice ? texts.failedTodo : undefined;
  return (
    <Screen
      key="failed"
      title={texts.failed}
      actions={
        <>
          <Button kind="main" icon="refresh" onClick={onRetry}>
            {texts.retry}
          </Button>
          <Button icon="arrowLeft" onClick={onBack}>
            {texts.backToRequest}
          </Button>
        </>
      }
    >
      <ErrorNotice error={error} todo={todo} />
      {isDevice && (
        <Card title={texts.delegate}>
          <p>{texts.delegateText}</p>
          <p>{texts.delegateCannot}</p>
          <div class="row">
            <Button icon="building" onClick={onDelegate}>
              {texts.delegateAgree}
            </Button>
          </div>
        </Card>
      )}
    </Screen>
  );
}
