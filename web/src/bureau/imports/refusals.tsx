import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { saveFile } from '../../shared/files.ts';
import { formatCount } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Table } from '../../ui/table.tsx';
import { type Refusal, refusalsAnswer } from '../answers.ts';
import { callBureau, fileBureau } from '../api.ts';
import { bureauTexts } from '../texts.ts';
import { uploadTexts } from './upload-texts.ts';

const PAGE_ROWS = 25;
const KEPT_OF_TRIAL = 1000;

export interface RefusalsProps {
  readonly id: string;
  /** All of them. */
  readonly refused: number;
  readonly isTrial: boolean;
}

/** Rows that were not taken, page by page, and all of them as a file. */
export function Refusals({ id, refused, isTrial }: RefusalsProps): JSX.Element {
  const texts = useTexts(uploadTexts);
  const { loading } = useTexts(bureauTexts);
  const language = useLanguage();
  const path = `/v1/bureau/imports/${encodeURIComponent(id)}/refusals`;
  const [rows, setRows] = useState<readonly Refusal[]>([]);
  const [next, setNext] = useState<number | null>(null);
  const reading = useAsync(async (signal, after: number) => {
    const query = { after, limit: PAGE_ROWS };
    const page = await callBureau(refusalsAnswer, { method: 'GET', path, query, signal });
    setRows((before) => (after === 0 ? page.refusals : [...before, ...page.refusals]));
    setNext(page.next);
  });
  // Reasons come in the language they are asked for in.
  useEffect(() => reading.run(0), [id, language]);
  const saving = useAsync(async (signal) => {
    const csv = await fileBureau(`${path}.csv`, signal);
    saveFile(`refused-${id}.csv`, csv, 'text/csv');
  });
  const isLimited = isTrial && refused > KEPT_OF_TRIAL;
  const total = isLimited ? KEPT_OF_TRIAL : refused;
  return (
    <section class="stack">
      <div class="table-tools">
        <h2>{texts.refusals}</h2>
        <Button icon="download" busy={saving.state === 'busy'} onClick={saving.run}>
          {texts.download}
        </Button>
      </div>
      <p class="soft">{texts.noPerson}</p>
      {isLimited && <p class="soft">{texts.trialLimit}</p>}
      {saving.state === 'failed' && <ErrorNotice error={saving.error} onRetry={saving.run} />}
      {rows.length > 0 && <RefusalTable rows={rows} />}
      {reading.state === 'busy' && <Spinner>{loading}</Spinner>}
      {reading.state === 'failed' && (
        <ErrorNotice error={reading.error} onRetry={() => reading.run(next ?? 0)} />
      )}
      <div class="table-tools">
        <span class="soft number">
          {texts.shown(formatCount(rows.length, language), formatCount(total, language))}
        </span>
        {next !== null && rows.length < total && (
          <Button icon="chevronDown" onClick={() => reading.run(next)}>
            {texts.more}
          </Button>
        )}
      </div>
    </section>
  );
}

function RefusalTable({ rows }: { readonly rows: readonly Refusal[] }): JSX.Element {
  const texts = useTexts(uploadTexts);
  return (
    <Table
      caption={texts.refusals}
      rows={rows}
      rowKey={({ line, code, field }) => `${line} ${code} ${field}`}
      columns={[
        { key: 'line', head: texts.line, cell: ({ line }) => <span class="number">{line}</span> },
        { key: 'field', head: texts.field, cell: ({ field }) => field || texts.wholeRow },
        { key: 'reason', head: texts.reason, cell: ({ reason }) => reason },
        {
          ...{ key: 'cells', head: texts.cells },
          cell: ({ cells }) => (
            <span class="soft small wide-cell">
              {Object.entries(cells)
                .map(([name, value]) => `${name} ${value}`)
                .join(' · ')}
            </span>
          ),
        },
      ]}
    />
  );
}
