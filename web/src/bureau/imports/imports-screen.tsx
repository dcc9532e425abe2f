import type { JSX } from 'preact';
import { formatCount, formatTime } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Badge } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Table } from '../../ui/table.tsx';
import { type UploadAnswer, uploadsAnswer } from '../answers.ts';
import { callBureau } from '../api.ts';
import { NeedsRole, OnlyLook } from '../needs-role.tsx';
import { holdsAny, type Session } from '../session/session-store.ts';
import { bureauTexts } from '../texts.ts';
import { importTexts } from './texts.ts';
import { UnfinishedNotice } from './unfinished-notice.tsx';

/** Every upload, newest first, and the way to another. */
export function ImportsScreen({ session }: { readonly session: Session }): JSX.Element {
  const texts = useTexts(importTexts);
  const mayImport = holdsAny(session.roles, ['importer']);
  return (
    <Screen
      title={texts.title}
      lead={texts.lead}
      actions={
        mayImport && (
          <LinkButton kind="main" icon="upload" href="#/imports/new">
            {texts.begin}
          </LinkButton>
        )
      }
    >
      <NeedsRole session={session} roles={['importer', 'auditor']}>
        <OnlyLook session={session} roles={['importer']} />
        <UnfinishedNotice mayImport={mayImport} />
        <History />
      </NeedsRole>
    </Screen>
  );
}

function History(): JSX.Element {
  const texts = useTexts(importTexts);
  const { loading, wholeList } = useTexts(bureauTexts);
  const list = useLoad(
    (signal) => callBureau(uploadsAnswer, { method: 'GET', path: '/v1/bureau/imports', signal }),
    [],
  );
  if (list.state === 'failed') return <ErrorNotice error={list.error} onRetry={list.run} />;
  if (list.state !== 'done') return <Spinner>{loading}</Spinner>;
  const { imports } = list.value;
  if (imports.length === 0) {
    return (
      <EmptyState icon="upload" title={texts.none}>
        <p>{texts.noneText}</p>
      </EmptyState>
    );
  }
  return (
    <section class="stack">
      <h2>{texts.history}</h2>
      <UploadTable uploads={imports} />
      {imports.length === 100 && <p class="soft">{wholeList}</p>}
    </section>
  );
}

function UploadTable({ uploads }: { readonly uploads: readonly UploadAnswer[] }): JSX.Element {
  const texts = useTexts(importTexts);
  const { at } = useTexts(bureauTexts);
  const language = useLanguage();
  const count = (value: number | undefined) =>
    value === undefined ? '–' : formatCount(value, language);
  return (
    <Table
      caption={texts.history}
      rows={uploads}
      rowKey={({ id }) => id}
      columns={[
        {
          ...{ key: 'file', head: texts.file },
          cell: ({ id, fileName }) => <a href={`#/imports/${id}`}>{fileName}</a>,
        },
        { key: 'state', head: texts.mode, cell: (upload) => <UploadBadge upload={upload} /> },
        {
          ...{ key: 'kind', head: texts.kind },
          cell: ({ kind, source }) => `${source} · ${texts.kinds[kind]}`,
        },
        {
          ...{ key: 'rows', head: texts.rows, align: 'end' },
          cell: ({ report }) => count(report?.rows),
        },
        {
          ...{ key: 'refused', head: texts.refused, align: 'end' },
          cell: ({ report }) => count(report?.refused),
        },
        {
          ...{ key: 'at', head: at },
          cell: ({ createdAt }) => <span class="number">{formatTime(createdAt, language)}</span>,
        },
      ]}
    />
  );
}

const tones = { queued: 'info', importing: 'info', done: 'good', failed: 'bad' } as const;

/** How an upload stands, and whether it counts. */
export function UploadBadge({ upload }: { readonly upload: UploadAnswer }): JSX.Element {
  const texts = useTexts(importTexts);
  const { state, dryRun } = upload;
  const isTrial = dryRun && state === 'done';
  return (
    <Badge
      tone={isTrial ? 'plain' : tones[state]}
      icon={isTrial ? 'check' : state === 'queued' || state === 'importing' ? 'clock' : undefined}
    >
      {dryRun ? texts.dryRun : texts.real} · {texts.state[state]}
    </Badge>
  );
}
