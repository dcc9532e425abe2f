import type { JSX } from 'preact';
import { formatMonthOf, formatTime } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { Badge } from '../../ui/notice.tsx';
import { Table } from '../../ui/table.tsx';
import { type Closing, closingsAnswer } from '../answers.ts';
import { callBureau } from '../api.ts';
import { bureauTexts } from '../texts.ts';
import { monthTexts } from './texts.ts';

const SHOWN = 10;
const tones = { queued: 'info', closing: 'info', done: 'good', failed: 'bad' } as const;

/** The latest closings and checks. */
export function ClosingTable(): JSX.Element | null {
  const texts = useTexts(monthTexts);
  const { by, at, state } = useTexts(bureauTexts);
  const language = useLanguage();
  const list = useLoad((signal) => {
    const query = { limit: SHOWN };
    return callBureau(closingsAnswer, {
      ...{ method: 'GET', path: '/v1/bureau/closings', query, signal },
    });
  }, []);
  if (list.state !== 'done' || list.value.closings.length === 0) return null;
  return (
    <section class="stack">
      <h2>{texts.jobs}</h2>
      <Table
        caption={texts.jobs}
        rows={list.value.closings}
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
