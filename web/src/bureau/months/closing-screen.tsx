import type { JSX } from 'preact';
import { formatMonthOf } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { toldFaultText } from '../../shell/fault-text.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Stepper } from '../../ui/stepper.tsx';
import { type Closing, closingAnswer } from '../answers.ts';
import { NeedsRole } from '../needs-role.tsx';
import type { Session } from '../session/session-store.ts';
import { bureauTexts } from '../texts.ts';
import { useJob } from '../use-job.ts';
import { detailTexts } from './detail-texts.ts';
import { monthTexts } from './texts.ts';

export interface ClosingScreenProps {
  readonly id: string;
  readonly session: Session;
}

/** A closing or a check, as it goes. */
export function ClosingScreen({ id, session }: ClosingScreenProps): JSX.Element {
  const texts = useTexts(monthTexts);
  const details = useTexts(detailTexts);
  const { loading } = useTexts(bureauTexts);
  const language = useLanguage();
  const { seen: job, error } = useJob(
    closingAnswer,
    `/v1/bureau/closings/${encodeURIComponent(id)}`,
  );
  const month = job?.month ? formatMonthOf(job.month, language) : undefined;
  const title = !job ? texts.title : month ? texts.closing(month, job.revise) : texts.checking;
  return (
    <Screen title={title} back="#/months">
      <NeedsRole session={session} roles={['closer', 'auditor']}>
        {!job && error === undefined && <Spinner>{loading}</Spinner>}
        {error !== undefined && <ErrorNotice error={error} />}
        {job && job.endedAt === null && <UnderWay job={job} />}
        {job?.state === 'done' && <Done job={job} />}
        {job?.error && (
          <Notice tone="bad" title={details.failed} announce>
            <p>{toldFaultText(job.error, language)}</p>
            <p>{details.failedTodo}</p>
          </Notice>
        )}
        {job?.result && <PeerRefusals refused={job.result.refused} />}
        {job?.endedAt && (
          <div class="actions">
            {job.month && job.state === 'done' && (
              <LinkButton kind="main" href={`#/months/${job.month}`}>
                {details.toMonth}
              </LinkButton>
            )}
            {job.state === 'failed' && (
              <LinkButton
                kind="main"
                icon="refresh"
                href={job.kind === 'close' && !job.revise ? '#/months/close' : '#/months'}
              >
                {details.again}
              </LinkButton>
            )}
            <LinkButton href="#/months">{details.toMonths}</LinkButton>
          </div>
        )}
      </NeedsRole>
    </Screen>
  );
}

const places = { build: 0, sign: 1, publish: 2 } as const;

function UnderWay({ job: { progress, attempts, kind } }: { readonly job: Closing }): JSX.Element {
  const texts = useTexts(monthTexts);
  const details = useTexts(detailTexts);
  return (
    <div class="stack">
      {kind === 'close' && (
        <Stepper
          label={texts.stepsLabel}
          steps={texts.steps}
          now={progress ? places[progress.stage] : 0}
        />
      )}
      {progress ? (
        <Progress label={details.stages[progress.stage]} share={progress.share} />
      ) : (
        <Spinner>{details.queued}</Spinner>
      )}
      {attempts > 1 && <p>{details.attempts(attempts)}</p>}
      <p class="soft">{details.mayLeave}</p>
    </div>
  );
}

function Done({ job: { kind, result, month, revise } }: { readonly job: Closing }): JSX.Element {
  const texts = useTexts(detailTexts);
  const language = useLanguage();
  const name = (text: string) => formatMonthOf(text, language);
  if (kind === 'close' && month) {
    return (
      <Notice
        tone="good"
        title={revise ? texts.corrected(name(month)) : texts.done(name(month))}
        announce
      >
        {texts.doneText}
      </Notice>
    );
  }
  const { settled = [], takenBack = [] } = result ?? {};
  const lost = new Set(takenBack.map((one) => `${one.month} ${one.revision}`));
  return (
    <Notice tone="good" title={settled.length > 0 ? texts.checkMended : texts.checkDone} announce>
      {settled.map((one) => (
        <p key={`${one.month} ${one.revision}`}>
          {lost.has(`${one.month} ${one.revision}`)
            ? texts.mended(name(one.month))
            : texts.finished(name(one.month))}
        </p>
      ))}
    </Notice>
  );
}

export interface PeerRefusalsProps {
  readonly refused: NonNullable<Closing['result']>['refused'];
}

/** Authorities that were asked and did not sign, and why. */
export function PeerRefusals({ refused }: PeerRefusalsProps): JSX.Element | null {
  const texts = useTexts(detailTexts);
  const language = useLanguage();
  if (refused.length === 0) return null;
  return (
    <Notice tone="warn" title={texts.refusals}>
      <ul class="list">
        {refused.map((refusal) => (
          <li key={refusal.peer}>{toldFaultText(refusal, language)}</li>
        ))}
      </ul>
    </Notice>
  );
}
