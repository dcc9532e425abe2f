import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatMonthOf, formatTime, isMonth } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { navigate } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Badge } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Table } from '../../ui/table.tsx';
import { beganAnswer } from '../answers.ts';
import { callBureau } from '../api.ts';
import { NeedsRole } from '../needs-role.tsx';
import type { Session } from '../session/session-store.ts';
import { bureauTexts } from '../texts.ts';
import { type Audit, auditsAnswer } from './answers.ts';
import { auditTexts } from './texts.ts';

/** Audits so far, and another. */
export function AuditsScreen({ session }: { readonly session: Session }): JSX.Element {
  const texts = useTexts(auditTexts);
  return (
    <Screen title={texts.title} lead={texts.lead}>
      <NeedsRole session={session} roles={['auditor']}>
        <Begin />
        <History />
      </NeedsRole>
    </Screen>
  );
}

function Begin(): JSX.Element {
  const texts = useTexts(auditTexts);
  const [month, setMonth] = useState('');
  const [wasTried, setTried] = useState(false);
  const isGood = isMonth(month.trim());
  const beginning = useAsync(async (signal, body: { readonly month?: string }) => {
    const call = { method: 'POST', path: '/v1/bureau/audits', body, signal } as const;
    const { id } = await callBureau(beganAnswer, call);
    navigate(`/audits/${id}`);
  });
  return (
    <Card>
      <p>{texts.slow}</p>
      {beginning.state === 'failed' && <ErrorNotice error={beginning.error} />}
      <div class="row">
        <Button
          kind="main"
          icon="search"
          busy={beginning.state === 'busy'}
          onClick={() => beginning.run({})}
        >
          {texts.run}
        </Button>
      </div>
      <Disclosure summary={texts.runMonth}>
        <TextInput
          label={texts.month}
          hint={texts.monthHint}
          error={wasTried && !isGood && texts.badMonth}
          maxLength={7}
          value={month}
          onInput={setMonth}
        />
        <div>
          <Button
            icon="search"
            onClick={() => {
              setTried(true);
              if (isGood) beginning.run({ month: month.trim() });
            }}
          >
            {texts.runMonth}
          </Button>
        </div>
      </Disclosure>
    </Card>
  );
}

function History(): JSX.Element {
  const texts = useTexts(auditTexts);
  const { loading, at, by } = useTexts(bureauTexts);
  const language = useLanguage();
  const list = useLoad(
    (signal) => callBureau(auditsAnswer, { method: 'GET', path: '/v1/bureau/audits', signal }),
    [language],
  );
  if (list.state === 'failed') return <ErrorNotice error={list.error} onRetry={list.run} />;
  if (list.state !== 'done') return <Spinner>{loading}</Spinner>;
  const { audits } = list.value;
  if (audits.length === 0) {
    return (
      <EmptyState icon="search" title={texts.none}>
        <p>{texts.noneText}</p>
      </EmptyState>
    );
  }
  const scope = ({ month }: Audit) => (month ? formatMonthOf(month, language) : texts.all);
  return (
    <section class="stack">
      <h2>{texts.history}</h2>
      <Table
        caption={texts.history}
        rows={audits}
        rowKey={({ id }) => id}
        columns={[
          {
            ...{ key: 'scope', head: texts.scope },
            cell: (audit) => <a href={`#/audits/${audit.id}`}>{scope(audit)}</a>,
          },
          {
            ...{ key: 'outcome', head: texts.outcome },
            cell: (audit) => <AuditBadge audit={audit} />,
          },
          { key: 'by', head: by, cell: ({ operator }) => operator },
          {
            ...{ key: 'at', head: at },
            cell: (audit) => <span class="number">{formatTime(audit.createdAt, language)}</span>,
          },
        ]}
      />
    </section>
  );
}

function AuditBadge({ audit: { state, result } }: { readonly audit: Audit }): JSX.Element {
  const texts = useTexts(auditTexts);
  if (result) {
    const { findingCount } = result;
    return findingCount === 0 ? (
      <Badge tone="good">{texts.noFindings}</Badge>
    ) : (
      <Badge tone="bad">{texts.findings(findingCount)}</Badge>
    );
  }
  const isFailed = state === 'failed';
  return (
    <Badge tone={isFailed ? 'bad' : 'info'} icon={isFailed ? undefined : 'clock'}>
      {texts.stateOf[state]}
    </Badge>
  );
}
