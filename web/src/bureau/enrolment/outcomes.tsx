import type { JSX } from 'preact';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { faultText } from '../../shell/fault-text.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Badge, Notice } from '../../ui/notice.tsx';
import { Table } from '../../ui/table.tsx';
import { manyTexts } from './texts.ts';

/** How an entry of the file fared. */
export interface Outcome {
  readonly row: number;
  readonly whose: string;
  /** Undefined: it is enrolled. */
  readonly error: unknown;
}

export interface OutcomesProps {
  readonly outcomes: readonly Outcome[];
  readonly isOver: boolean;
}

/** How every entry of a file fared. */
export function Outcomes({ outcomes, isOver }: OutcomesProps): JSX.Element {
  const texts = useTexts(manyTexts);
  const language = useLanguage();
  const bad = outcomes.filter(({ error }) => error !== undefined).length;
  const reason = (error: unknown) =>
    error instanceof CanbaoError ? faultText(error, language) : String(error);
  return (
    <>
      {isOver && (
        <Notice
          tone={bad === 0 ? 'good' : 'warn'}
          title={texts.done(outcomes.length - bad, bad)}
          announce
        >
          {bad > 0 && <p>{texts.onlyBad}</p>}
        </Notice>
      )}
      <Table
        caption={texts.outcome}
        rows={outcomes}
        rowKey={({ row }) => String(row)}
        columns={[
          { key: 'row', head: texts.row, cell: ({ row }) => <span class="number">{row}</span> },
          { key: 'whose', head: texts.whose, cell: ({ whose }) => <code>{whose}</code> },
          {
            ...{ key: 'outcome', head: texts.outcome },
            cell: ({ error }) =>
              error === undefined ? (
                <Badge tone="good">{texts.ok}</Badge>
              ) : (
                <span class="strong">{reason(error)}</span>
              ),
          },
        ]}
      />
    </>
  );
}
