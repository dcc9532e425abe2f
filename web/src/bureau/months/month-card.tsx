import type { JSX } from 'preact';
import { formatCount, formatMonthOf } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Badge } from '../../ui/notice.tsx';
import { Stepper } from '../../ui/stepper.tsx';
import type { LedgerEpoch } from '../answers.ts';
import { monthTexts } from './texts.ts';

/** How many steps are done in each state. */
const STEPS_DONE = { built: 1, signed: 2, submitted: 3, final: 4 } as const;

export interface MonthCardProps {
  readonly epoch: LedgerEpoch;
  readonly quorum: number | undefined;
}

/** A closed month in the timeline; a press away is all of it. */
export function MonthCard({ epoch, quorum }: MonthCardProps): JSX.Element {
  const texts = useTexts(monthTexts);
  const language = useLanguage();
  const { month, revision, state, accounts, employers, signers } = epoch;
  const isFinal = state === 'final';
  return (
    <a class="card" href={`#/months/${month}`}>
      <div class="row row--between">
        <span class="row">
          <strong class="lead">{formatMonthOf(month, language)}</strong>
          {revision > 0 && <Badge tone="plain">{texts.revision(revision)}</Badge>}
        </span>
        <Badge tone={isFinal ? 'good' : 'warn'} icon={isFinal ? undefined : 'clock'}>
          {texts.state[state]}
        </Badge>
      </div>
      {!isFinal && <Stepper label={texts.stepsLabel} steps={texts.steps} now={STEPS_DONE[state]} />}
      <dl class="inline-facts">
        <div>
          <dt>{texts.accounts}</dt>
          <dd class="number">{formatCount(accounts, language)}</dd>
        </div>
        <div>
          <dt>{texts.employers}</dt>
          <dd class="number">{formatCount(employers, language)}</dd>
        </div>
        {quorum !== undefined && (
          <div>
            <dt>{texts.signers}</dt>
            <dd>{texts.signersOf(signers.length, quorum)}</dd>
          </div>
        )}
      </dl>
    </a>
  );
}
