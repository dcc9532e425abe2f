import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type ErrorCode, errorCatalogue } from '../../../../src/core/errors/catalogue.ts';
import { formatTime } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Badge } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Table } from '../../ui/table.tsx';
import { ROLES } from '../answers.ts';
import { callBureau } from '../api.ts';
import { NeedsRole } from '../needs-role.tsx';
import type { Session } from '../session/session-store.ts';
import { bureauTexts } from '../texts.ts';
import { type LogEntry, logAnswer } from './answers.ts';
import { logTexts } from './texts.ts';

const PAGE_ROWS = 50;

/** Who did what. */
export function LogScreen({ session }: { readonly session: Session }): JSX.Element {
  const texts = useTexts(logTexts);
  return (
    <Screen title={texts.title} lead={texts.lead}>
      <NeedsRole session={session} roles={['auditor']}>
        <Log />
      </NeedsRole>
    </Screen>
  );
}

function Log(): JSX.Element {
  const texts = useTexts(logTexts);
  const { loading } = useTexts(bureauTexts);
  const [entries, setEntries] = useState<readonly LogEntry[]>([]);
  const [next, setNext] = useState<number | null>(null);
  const reading = useAsync(async (signal, before: number | undefined) => {
    const query = { before, limit: PAGE_ROWS };
    const call = { method: 'GET', path: '/v1/bureau/log', query, signal } as const;
    const page = await callBureau(logAnswer, call);
    setEntries((shown) => [...shown, ...page.entries]);
    setNext(page.next);
  });
  useEffect(() => reading.run(undefined), []);
  return (
    <section class="stack">
      {entries.length > 0 && <LogTable entries={entries} />}
      {reading.state === 'busy' && <Spinner>{loading}</Spinner>}
      {reading.state === 'failed' && (
        <ErrorNotice error={reading.error} onRetry={() => reading.run(next ?? undefined)} />
      )}
      {reading.state === 'done' && entries.length === 0 && (
        <EmptyState icon="list" title={texts.none} />
      )}
      {reading.state !== 'busy' && next !== null && (
        <div class="row">
          <Button icon="chevronDown" onClick={() => reading.run(next)}>
            {texts.more}
          </Button>
        </div>
      )}
    </section>
  );
}

function LogTable({ entries }: { readonly entries: readonly LogEntry[] }): JSX.Element {
  const texts = useTexts(logTexts);
  const { role: roleName } = useTexts(bureauTexts);
  const language = useLanguage();
  const roles = (text: string) =>
    text
      .split(' ')
      .map((one) => ROLES.find((role) => role === one))
      .map((role) => (role ? roleName(role) : '–'))
      .join(language === 'zh' ? '、' : ', ');
  return (
    <Table
      caption={texts.title}
      rows={entries}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          ...{ key: 'when', head: texts.when },
          cell: ({ at }) => <span class="number">{formatTime(at, language)}</span>,
        },
        { key: 'who', head: texts.who, cell: ({ operator }) => operator },
        { key: 'role', head: texts.role, cell: ({ role }) => roles(role) },
        { key: 'action', head: texts.action, cell: ({ action }) => texts.actionOf(action) },
        {
          ...{ key: 'outcome', head: texts.outcome },
          cell: ({ outcome }) => <Outcome outcome={outcome} />,
        },
        { key: 'facts', head: texts.facts, cell: ({ facts }) => <FactList facts={facts} /> },
      ]}
    />
  );
}

/** Of an error its sentence as far as it goes without its facts, and its code. */
function Outcome({ outcome }: { readonly outcome: string }): JSX.Element {
  const texts = useTexts(logTexts);
  const language = useLanguage();
  if (outcome === 'ok') return <Badge tone="good">{texts.ok}</Badge>;
  const known = errorCatalogue[outcome as ErrorCode]?.[language];
  const words = known?.replace(/\{\w+\}/g, '…') ?? outcome;
  return (
    <span class="outcome">
      <Badge tone="bad">{outcome}</Badge>
      {words !== outcome && <span>{words}</span>}
    </span>
  );
}

function FactList({ facts }: { readonly facts: LogEntry['facts'] }): JSX.Element {
  const texts = useTexts(logTexts);
  const told = Object.entries(facts).filter(([name]) => name !== 'id');
  const value = (one: string | number | boolean) =>
    typeof one === 'boolean' ? (one ? texts.yes : texts.no) : texts.kindOf(String(one));
  return (
    <span class="small wide-cell">
      {told.map(([name, one]) => `${texts.factOf(name)} ${value(one)}`).join(' · ') || '–'}
    </span>
  );
}
