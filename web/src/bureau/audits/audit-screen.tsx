import type { JSX } from 'preact';
import { saveJson } from '../../shared/files.ts';
import { formatCount, formatMonthOf, formatTime } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { toldFaultText } from '../../shell/fault-text.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Badge, Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Table } from '../../ui/table.tsx';
import { NeedsRole } from '../needs-role.tsx';
import type { Session } from '../session/session-store.ts';
import { bureauTexts } from '../texts.ts';
import { useJob } from '../use-job.ts';
import { type Audit, auditAnswer } from './answers.ts';
import { auditTexts } from './texts.ts';

export interface AuditScreenProps {
  readonly id: string;
  readonly session: Session;
}

/** An audit, as it goes and what it found. */
export function AuditScreen({ id, session }: AuditScreenProps): JSX.Element {
  const texts = useTexts(auditTexts);
  const { loading, by, at } = useTexts(bureauTexts);
  const language = useLanguage();
  const { seen: job, error } = useJob(auditAnswer, `/v1/bureau/audits/${encodeURIComponent(id)}`);
  return (
    <Screen title={texts.title} back="#/audits">
      <NeedsRole session={session} roles={['auditor']}>
        {!job && error === undefined && <Spinner>{loading}</Spinner>}
        {error !== undefined && <ErrorNotice error={error} />}
        {job && job.endedAt === null && <UnderWay audit={job} />}
        {job?.error && (
          <Notice tone="bad" title={texts.failed} announce>
            <p>{toldFaultText(job.error, language)}</p>
            <p>{texts.failedTodo}</p>
          </Notice>
        )}
        {job?.result && <Result result={job.result} />}
        {job && (
          <Facts
            facts={[
              {
                name: texts.scope,
                value: job.month ? formatMonthOf(job.month, language) : texts.all,
              },
              { name: by, value: job.operator },
              { name: at, value: formatTime(job.createdAt, language) },
            ]}
          />
        )}
        {job?.endedAt && (
          <div class="actions">
            <LinkButton kind="main" href="#/audits">
              {texts.toList}
            </LinkButton>
            {job.result && (
              <Button icon="download" onClick={() => saveJson(`audit-${id}.json`, job)}>
                {texts.save}
              </Button>
            )}
          </div>
        )}
      </NeedsRole>
    </Screen>
  );
}

function UnderWay({ audit: { progress } }: { readonly audit: Audit }): JSX.Element {
  const texts = useTexts(auditTexts);
  if (!progress) return <Spinner>{texts.queued}</Spinner>;
  const { stage, share, epoch } = progress;
  const label = stage === 'rebuild' && epoch ? texts.rebuilding(epoch) : texts.stage[stage];
  return <Progress label={label} share={share} />;
}

type AuditResult = NonNullable<Audit['result']>;

function Result({ result }: { readonly result: AuditResult }): JSX.Element {
  const texts = useTexts(auditTexts);
  const language = useLanguage();
  const { findings, findingCount, epochs, unchecked } = result;
  const isGood = findingCount === 0;
  return (
    <>
      <Notice
        tone={isGood ? 'good' : 'bad'}
        title={isGood ? texts.good : texts.bad(formatCount(findingCount, language))}
        announce
      >
        <p>{isGood ? texts.goodText : texts.badText}</p>
      </Notice>
      {!isGood && (
        <ol class="list">
          {findings.map(({ code, text }, i) => (
            <li key={i} class="finding">
              {text} <span class="soft small">[{code}]</span>
            </li>
          ))}
        </ol>
      )}
      {findings.length < findingCount && <p>{texts.firstFindings(findings.length)}</p>}
      {unchecked.map((what) => (
        <Notice key={what} tone="warn">
          {texts.unchecked[what]}
        </Notice>
      ))}
      {epochs.length > 0 && <EpochTable epochs={epochs} />}
    </>
  );
}

function EpochTable({ epochs }: { readonly epochs: AuditResult['epochs'] }): JSX.Element {
  const texts = useTexts(auditTexts);
  const language = useLanguage();
  const figure = (name: 'accounts' | 'employers' | 'records' | 'paid' | 'unpaid' | 'people') => ({
    ...{ key: name, head: texts[name], align: 'end' as const },
    cell: ({ totals }: AuditResult['epochs'][number]) => formatCount(totals[name], language),
  });
  return (
    <section class="stack">
      <h2>{texts.epochs}</h2>
      <Table
        caption={texts.epochs}
        rows={epochs}
        rowKey={({ month, revision }) => `${month} ${revision}`}
        columns={[
          {
            ...{ key: 'month', head: texts.month },
            cell: ({ month, revision }) =>
              formatMonthOf(month, language) + (revision > 0 ? ` / ${revision}` : ''),
          },
          {
            ...{ key: 'ok', head: texts.outcome },
            cell: ({ ok }) => (
              <Badge tone={ok ? 'good' : 'bad'}>{ok ? texts.same : texts.different}</Badge>
            ),
          },
          ...(['accounts', 'employers', 'records', 'paid', 'unpaid', 'people'] as const).map(
            figure,
          ),
        ]}
      />
    </section>
  );
}
