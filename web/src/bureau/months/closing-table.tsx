import type { JSX } from 'preact';
import { formatMonthOf, formatTime } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Badge } from '../../ui/notice.tsx';
import { Table } from '../../ui/table.tsx';
import type { Closing } from '../answers.ts';
import { bureauTexts } from '../texts.ts';
import { monthTexts } from './texts.ts';

const tones = { queued: 'info', closing: 'info', done: 'good', failed: 'bad' } as const;

export interface ClosingTableProps {
  readonly closings: readonly Closing[];
}

/** The latest closings and checks. */
export function ClosingTable({ closings }: ClosingTableProps): JSX.Element | null {
  const texts = useTexts(monthTexts);
  const { by, at, state } = useTexts(bureauTexts);
  const language = useLanguage();
  if (closings.length === 0) return null;
  return (
    <section class="stack">
      <h2>{texts.jobs}</h2>
      <Table
        caption={texts.jobs}
        rows={closings}
        rowKey={({ id }) => id}
        columns={[
          {
            ...{ key: 'what', head: texts.what },
            cell: (job) => <a href={`#/closings/${job.id}`}>{nameOf(job)}</a>,
          },
          {
            ...{ key: 'state', head: state },
            cell: (job) => (
              <Badge tone={tones[job.state]} icon={job.endedAt === null ? 'clock' : undefined}>
                {texts.jobState[job.state]}
              </Badge>
            ),
          },
          { key: 'by', head: by, cell: ({ operator }) => operator },
          {
            ...{ key: 'at', head: at },
            cell: (job) => <span class="number">{formatTime(job.createdAt, language)}</span>,
          },
        ]}
      />
    </section>
  );

  function nameOf({ kind, month, revise }: Closing): string {
    if (kind === 'check' || month === null) return texts.checking;
    return texts.closing(formatMonthOf(month, language), revise);
  }
}
