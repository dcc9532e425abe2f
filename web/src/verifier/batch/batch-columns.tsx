import type { JSX } from 'preact';
import { formatMonthOf } from '../../shared/format.ts';
import { faultText } from '../../shell/fault-text.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Badge } from '../../ui/notice.tsx';
import type { Column } from '../../ui/table.tsx';
import { type BatchRow, stateOf } from './batch-result.ts';
import { batchTexts } from './batch-texts.ts';

/** Columns of the table of verdicts. */
export function useBatchColumns(): Column<BatchRow>[] {
  const texts = useTexts(batchTexts);
  const language = useLanguage();
  return [
    { key: 'name', head: texts.name, cell: ({ name }) => <span class="row-name">{name}</span> },
    {
      key: 'verdict',
      head: texts.verdict,
      cell: (row) => <Told row={row} />,
    },
    {
      key: 'month',
      head: texts.month,
      cell: ({ verdict }) => (
        <span class="number">{verdict?.month ? formatMonthOf(verdict.month, language) : '–'}</span>
      ),
    },
  ];
}

/** The verdict in a word, why, and who else it is. */
function Told({ row }: { readonly row: BatchRow }): JSX.Element {
  const texts = useTexts(batchTexts);
  const language = useLanguage();
  const { verdict, problem, repeats } = row;
  return (
    <div class="told">
      <Badge tone={verdict?.valid ? 'good' : 'bad'}>{texts[stateOf(row)]}</Badge>
      <span>{problem ? faultText(problem, language) : verdict?.text}</span>
      {repeats !== undefined && (
        <Badge tone="warn" icon="people">
          {texts.repeats(repeats)}
        </Badge>
      )}
    </div>
  );
}
