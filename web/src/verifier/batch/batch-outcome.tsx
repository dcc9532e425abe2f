import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount } from '../../shared/format.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Table } from '../../ui/table.tsx';
import { useBatchColumns } from './batch-columns.tsx';
import { saveBatchCsv, saveBatchJson } from './batch-export.ts';
import { type BatchRow, rowsIn, totalsOf } from './batch-result.ts';
import { batchTexts } from './batch-texts.ts';
import type { BatchWay } from './check-batch.ts';

export interface BatchOutcomeProps {
  readonly rows: readonly BatchRow[];
  readonly way: BatchWay;
  /** Unix seconds. */
  readonly checkedAt: number;
  readonly onAgain: () => void;
}

/** The table of verdicts, its sums, and what to keep. */
export function BatchOutcome(props: BatchOutcomeProps): JSX.Element {
  const { checkedAt, way, onAgain } = props;
  const texts = useTexts(batchTexts);
  const language = useLanguage();
  const rows = rowsIn(props.rows, language);
  const kept = { rows, checkedAt, way };
  const [shown, setShown] = useState<'all' | 'refused'>('all');
  const saving = useAsync(() => saveBatchCsv({ ...kept, language }));
  const columns = useBatchColumns();
  const refused = rows.filter(({ verdict }) => !verdict?.valid);
  const notes = [...new Set(rows.flatMap(({ verdict }) => verdict?.notes ?? []))];
  const visible = shown === 'all' ? rows : refused;
  return (
    <Screen
      title={texts.resultTitle}
      back="#/"
      actions={
        <Button kind="main" onClick={onAgain}>
          {texts.again}
        </Button>
      }
    >
      <Totals rows={rows} />
      {notes.map((note) => (
        <Notice key={note} tone="warn">
          {note}
        </Notice>
      ))}
      <RadioCards
        legend={texts.show}
        value={shown}
        onChange={setShown}
        options={[
          { value: 'all', label: `${texts.all} · ${formatCount(rows.length, language)}` },
          {
            value: 'refused',
            label: `${texts.onlyRefused} · ${formatCount(refused.length, language)}`,
          },
        ]}
      />
      {visible.length === 0 ? (
        <p>{texts.noneRefused}</p>
      ) : (
        <Table
          caption={texts.caption}
          columns={columns}
          rows={visible}
          rowKey={({ name }) => name}
        />
      )}
      <section class="stack no-print">
        <h2>{texts.exportTitle}</h2>
        <div class="row">
          <Button icon="download" busy={saving.state === 'busy'} onClick={() => saving.run()}>
            {texts.csv}
          </Button>
          <Button icon="download" onClick={() => saveBatchJson({ ...kept, language })}>
            {texts.json}
          </Button>
        </div>
      </section>
    </Screen>
  );
}

function Totals({ rows }: { readonly rows: readonly BatchRow[] }): JSX.Element {
  const texts = useTexts(batchTexts);
  const language = useLanguage();
  const { total, valid, refused, unreadable, repeated, people } = totalsOf(rows);
  const sums: [string, number | undefined, string?][] = [
    [texts.total, total],
    [texts.holds, valid, 'good'],
    [texts.refused, refused, 'bad'],
    [texts.unreadable, unreadable, 'bad'],
    [texts.repeated, repeated],
    [texts.people, people],
  ];
  return (
    <dl class="sums">
      {sums.map(([name, count, tone]) =>
        count === undefined ? null : (
          <div key={name} class="sums__one" data-tone={count > 0 ? tone : undefined}>
            <dt>{name}</dt>
            <dd>{formatCount(count, language)}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
