import type { JSX } from 'preact';
import { systemClock } from '../../../../src/core/clock.ts';
import type { RequestOutcome } from '../../../../src/sdk/answers.ts';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { LinkButton } from '../../ui/button.tsx';
import { EvidenceActions } from '../evidence/evidence-actions.tsx';
import { checkedByService } from '../verdict/checked-verdict.ts';
import { VerdictCard } from '../verdict/verdict-card.tsx';
import { RequestFacts } from './request-facts.tsx';
import type { RunningRequest } from './running-requests.ts';
import { runningTexts } from './running-texts.ts';

export interface OutcomeScreenProps {
  readonly running: RunningRequest;
  readonly outcome: RequestOutcome;
}

/** What became of a request. */
export function OutcomeScreen({ running, outcome }: OutcomeScreenProps): JSX.Element {
  const texts = useTexts(runningTexts);
  const { verdict, state, answeredAt } = outcome;
  const checked = verdict && checkedByService(verdict);
  const isExpired = state === 'expired';
  return (
    <Screen
      title={verdict ? texts.answeredTitle : isExpired ? texts.expiredTitle : texts.cancelledTitle}
      lead={verdict ? undefined : isExpired ? texts.expiredLead : texts.cancelledLead}
      back="#/"
      actions={
        <>
          <LinkButton kind="main" href={running.again}>
            {texts.again}
          </LinkButton>
          <LinkButton href="#/">{texts.home}</LinkButton>
        </>
      }
    >
      {checked && <VerdictCard verdict={checked} />}
      {checked && (
        <EvidenceActions
          found={{
            checkedBy: 'service',
            checkedAt: answeredAt ?? systemClock(),
            verdict: checked,
            request: running.request,
          }}
        />
      )}
      {!checked && <RequestFacts running={running} />}
    </Screen>
  );
}
