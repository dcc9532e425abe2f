import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { navigate } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useStore } from '../../shell/store.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { type RunningRequest, runningRequests } from '../running/running-requests.ts';
import { CheckResult } from './check-result.tsx';
import { checkTexts } from './check-texts.ts';
import { DescribedPresentation, requestIn } from './described-presentation.tsx';
import { type ExpectationDraft, emptyExpectation } from './expectation.ts';
import { ExpectationChoice } from './expectation-choice.tsx';
import { checkOne, type OneCheck } from './one-check.ts';
import { PresentationSource } from './presentation-source.tsx';
import type { PresentationInput } from './read-presentation-text.ts';
import { firstSource, isFileMissing, RootSourceChoice } from './root-source-choice.tsx';
import { useExpectation } from './use-expectation.ts';

export interface CheckPageProps {
  /** Of a printed certificate, where a link brought it. */
  readonly code?: string | undefined;
  /** Presentation codes that a link brought. */
  readonly proof?: string | undefined;
}

/** One presentation, checked by this page alone. */
export function CheckPage({ code, proof }: CheckPageProps): JSX.Element {
  const texts = useTexts(checkTexts);
  const language = useLanguage();
  const running = useStore(runningRequests);
  const [presentation, setPresentation] = useState<PresentationInput>();
  const expectation = useExpectation(emptyExpectation);
  const [source, setSource] = useState(firstSource);
  const [wasTried, setTried] = useState(false);
  const checking = useAsync<OneCheck, Parameters<typeof checkOne>>((_, ...task) =>
    checkOne(...task),
  );
  const begin = (found: PresentationInput) => {
    setPresentation(found);
    expectation.change(firstExpectation(found, running));
    setTried(false);
    checking.cancel();
  };
  const again = () => {
    // What a link brought is done with.
    navigate('/check', 'replace');
    setPresentation(undefined);
    checking.cancel();
  };
  const check = () => {
    setTried(true);
    const held = expectation.read();
    if (held && !isFileMissing(source)) checking.run(presentation, held, source);
  };
  if (checking.value) {
    return <CheckResult key={`result-${language}`} check={checking.value} onAnother={again} />;
  }
  if (presentation === undefined) {
    return (
      <Screen key="source" title={texts.title} lead={texts.lead} back="#/">
        <h2>{texts.sourceTitle}</h2>
        <PresentationSource code={code} proof={proof} onPresentation={begin} />
      </Screen>
    );
  }
  const isChainFault =
    checking.error instanceof CanbaoError && checking.error.code.startsWith('chain.');
  return (
    <Screen
      key="held-against"
      title={texts.title}
      lead={texts.lead}
      back="#/"
      actions={
        <Button kind="main" icon="shield" busy={checking.state === 'busy'} onClick={check}>
          {checking.state === 'busy' ? texts.verifying : texts.verify}
        </Button>
      }
    >
      <DescribedPresentation presentation={presentation} onAnother={again} />
      <ExpectationChoice {...expectation} />
      <RootSourceChoice
        draft={source}
        open={isChainFault || source.kind === 'file' || undefined}
        onChange={(entered) => {
          setSource(entered);
          setTried(false);
        }}
      />
      {wasTried && isFileMissing(source) && (
        <p class="field__error" role="alert">
          {texts.needFile}
        </p>
      )}
      {checking.state === 'failed' && (
        <ErrorNotice
          error={checking.error}
          todo={isChainFault ? texts.chainTodo : undefined}
          onRetry={check}
        />
      )}
    </Screen>
  );
}

/** A request of this tab that it claims to answer is what it is held against. */
function firstExpectation(
  presentation: PresentationInput,
  running: readonly RunningRequest[],
): ExpectationDraft {
  const nonces = (value: unknown) => JSON.stringify(value)?.match(/0x[0-9a-f]{64}/g) ?? [];
  const claimed = new Set(requestIn(presentation) ? nonces(presentation) : []);
  const own = running.find(({ request }) => nonces(request).some((nonce) => claimed.has(nonce)));
  const [newest] = running;
  return {
    ...emptyExpectation,
    kind: own ? 'own' : emptyExpectation.kind,
    own: own?.id ?? newest?.id ?? '',
  };
}
