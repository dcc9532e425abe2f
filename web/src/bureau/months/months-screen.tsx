import type { JSX } from 'preact';
import { formatMonthOf } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { navigate } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { beganAnswer, closingsAnswer, epochsAnswer, nextEpochAnswer } from '../answers.ts';
import { callBureau } from '../api.ts';
import { NeedsRole, OnlyLook } from '../needs-role.tsx';
import { holdsAny, type Session } from '../session/session-store.ts';
import { bureauTexts } from '../texts.ts';
import { ClosingTable } from './closing-table.tsx';
import { MonthCard } from './month-card.tsx';
import { monthTexts } from './texts.ts';
import { useAuthorities } from './use-authorities.ts';

/** Closings that are listed. */
const LATEST = 10;

/** Closed months as a timeline, and the next one. */
export function MonthsScreen({ session }: { readonly session: Session }): JSX.Element {
  const texts = useTexts(monthTexts);
  return (
    <Screen title={texts.title} lead={texts.lead}>
      <NeedsRole session={session} roles={['closer', 'auditor']}>
        <OnlyLook session={session} roles={['closer']} />
        <Months session={session} />
      </NeedsRole>
    </Screen>
  );
}

function Months({ session }: { readonly session: Session }): JSX.Element {
  const texts = useTexts(monthTexts);
  const { loading } = useTexts(bureauTexts);
  const language = useLanguage();
  const mayClose = holdsAny(session.roles, ['closer']);
  const quorum = useAuthorities().value?.quorum;
  const list = useLoad(async (signal) => {
    const get = { method: 'GET', signal } as const;
    const query = { limit: LATEST };
    const [{ epochs }, next, { closings }] = await Promise.all([
      callBureau(epochsAnswer, { ...get, path: '/v1/bureau/epochs' }),
      callBureau(nextEpochAnswer, { ...get, path: '/v1/bureau/epochs/next' }),
      callBureau(closingsAnswer, { ...get, path: '/v1/bureau/closings', query }),
    ]);
    return { epochs: epochs.toReversed(), next, closings };
  }, []);
  if (list.state === 'failed') return <ErrorNotice error={list.error} onRetry={list.run} />;
  if (list.state !== 'done') return <Spinner>{loading}</Spinner>;
  const { epochs, next, closings } = list.value;
  const open = closings.find(({ endedAt }) => endedAt === null);
  return (
    <>
      {open ? (
        <Notice tone="info" title={texts.underWay}>
          <p>{open.month ? formatMonthOf(open.month, language) : texts.checking}</p>
          <div>
            <LinkButton icon="arrowRight" href={`#/closings/${open.id}`}>
              {texts.follow}
            </LinkButton>
          </div>
        </Notice>
      ) : (
        <NextCard month={next.month} present={session.present} mayClose={mayClose} />
      )}
      <section class="stack">
        <h2>{texts.months}</h2>
        {epochs.length === 0 && (
          <EmptyState icon="calendar" title={texts.none}>
            <p>{texts.noneText}</p>
          </EmptyState>
        )}
        <ol class="timeline">
          {epochs.map((epoch) => (
            <li key={`${epoch.month} ${epoch.revision}`}>
              <MonthCard epoch={epoch} quorum={quorum} />
            </li>
          ))}
        </ol>
      </section>
      {mayClose && !open && epochs.length > 0 && <CheckCard />}
      <ClosingTable closings={closings} />
    </>
  );
}

interface NextCardProps {
  readonly month: string;
  readonly present: string;
  readonly mayClose: boolean;
}

function NextCard({ month, present, mayClose }: NextCardProps): JSX.Element {
  const texts = useTexts(monthTexts);
  const name = formatMonthOf(month, useLanguage());
  const isEarly = month > present;
  return (
    <Card title={texts.nextTitle(name)}>
      <p>{isEarly ? texts.notYet(name) : texts.nextText(name)}</p>
      {mayClose && !isEarly && (
        <div class="row">
          <LinkButton kind="main" icon="calendar" href="#/months/close">
            {texts.look}
          </LinkButton>
        </div>
      )}
    </Card>
  );
}

function CheckCard(): JSX.Element {
  const texts = useTexts(monthTexts);
  const checking = useAsync(async (signal) => {
    const call = { method: 'POST', path: '/v1/bureau/epochs/check', signal } as const;
    const { id } = await callBureau(beganAnswer, call);
    navigate(`/closings/${id}`);
  });
  return (
    <Card title={texts.check}>
      <p>{texts.checkText}</p>
      {checking.state === 'failed' && <ErrorNotice error={checking.error} />}
      <div class="row">
        <Button icon="refresh" busy={checking.state === 'busy'} onClick={checking.run}>
          {texts.check}
        </Button>
      </div>
    </Card>
  );
}
