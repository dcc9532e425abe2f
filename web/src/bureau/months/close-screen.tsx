import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount, formatMonthOf } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { navigate } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Figures } from '../../ui/figures.tsx';
import { Fault, Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { beganAnswer, type NextEpoch, nextEpochAnswer } from '../answers.ts';
import { callBureau } from '../api.ts';
import { NeedsRole } from '../needs-role.tsx';
import type { Session } from '../session/session-store.ts';
import { bureauTexts } from '../texts.ts';
import { detailTexts } from './detail-texts.ts';
import { monthTexts } from './texts.ts';

/** What the next month would contain, and the button that closes it. */
export function CloseScreen({ session }: { readonly session: Session }): JSX.Element {
  const { title } = useTexts(monthTexts);
  const { closeTitle } = useTexts(detailTexts);
  const { loading } = useTexts(bureauTexts);
  const language = useLanguage();
  const next = useLoad((signal) => {
    const path = '/v1/bureau/epochs/next';
    return callBureau(nextEpochAnswer, { method: 'GET', path, signal });
  }, []);
  const month = next.state === 'done' ? next.value.month : undefined;
  const name = month && closeTitle(formatMonthOf(month, language));
  return (
    <Screen title={name ?? title} back="#/months">
      <NeedsRole session={session} roles={['closer']}>
        {next.state === 'busy' && <Spinner>{loading}</Spinner>}
        {next.state === 'failed' && <ErrorNotice error={next.error} onRetry={next.run} />}
        {next.state === 'done' && <Contents next={next.value} present={session.present} />}
      </NeedsRole>
    </Screen>
  );
}

function Contents({ next, present }: { next: NextEpoch; present: string }): JSX.Element {
  const texts = useTexts(detailTexts);
  const language = useLanguage();
  const { accounts, employers, added, earlierRecords } = next;
  const figure = (name: keyof typeof texts.figures, value: number) => ({
    name: texts.figures[name],
    value: formatCount(value, language),
  });
  const isNothing = added.records + added.facts + added.enrolments + added.accounts === 0;
  return (
    <>
      <Card title={texts.contains}>
        <Figures figures={[figure('accounts', accounts), figure('employers', employers)]} />
        <h3>{texts.since}</h3>
        <Figures
          figures={[
            figure('records', added.records),
            figure('newAccounts', added.accounts),
            figure('facts', added.facts),
            figure('enrolments', added.enrolments),
          ]}
        />
        {added.imports > 0 && <p class="soft">{texts.imports(added.imports)}</p>}
      </Card>
      <Warnings next={next} />
      {isNothing && <Notice tone="info">{texts.nothing}</Notice>}
      {earlierRecords > 0 && (
        <Notice tone="info" title={texts.earlier(formatCount(earlierRecords, language))}>
          {texts.earlierText}
        </Notice>
      )}
      <Confirm month={next.month} isEarly={next.month > present} />
    </>
  );
}

function Warnings({ next }: { readonly next: NextEpoch }): JSX.Element {
  const texts = useTexts(detailTexts);
  return (
    <>
      {next.isUnfinished && (
        <Notice tone="warn" title={texts.unfinished}>
          {texts.unfinishedText}
        </Notice>
      )}
      {next.openImports > 0 && (
        <Notice tone="warn" title={texts.openImports(next.openImports)}>
          {texts.openImportsText}
        </Notice>
      )}
    </>
  );
}

function Confirm({ month, isEarly }: { month: string; isEarly: boolean }): JSX.Element {
  const texts = useTexts(detailTexts);
  const { close } = useTexts(monthTexts);
  const { cancel } = useTexts(bureauTexts);
  const name = formatMonthOf(month, useLanguage());
  const [isChecked, setChecked] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const closing = useAsync(async (signal) => {
    const call = { method: 'POST', path: '/v1/bureau/epochs', body: { month }, signal } as const;
    const { id } = await callBureau(beganAnswer, call);
    navigate(`/closings/${id}`, 'replace');
  });
  if (isEarly) return <Notice tone="warn">{texts.tooEarly(name)}</Notice>;
  return (
    <div class="stack">
      <p>{texts.irreversible}</p>
      <Checkbox label={texts.confirm} checked={isChecked} onChange={setChecked} />
      <Fault>{isAsked && !isChecked && texts.confirmFirst}</Fault>
      {closing.state === 'failed' && <ErrorNotice error={closing.error} />}
      <div class="actions">
        <Button
          kind="main"
          busy={closing.state === 'busy'}
          onClick={() => {
            setAsked(true);
            if (isChecked) closing.run();
          }}
        >
          {close(name)}
        </Button>
        <LinkButton href="#/months">{cancel}</LinkButton>
      </div>
    </div>
  );
}
