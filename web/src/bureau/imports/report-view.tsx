import type { JSX } from 'preact';
import { formatCount } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Figures } from '../../ui/figures.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { UploadAnswer, UploadReport } from '../answers.ts';
import { uploadTexts } from './upload-texts.ts';

const names = [
  'rows',
  'added',
  'corrected',
  'unchanged',
  'duplicates',
  'newPersons',
  'refused',
] as const;

export interface ReportViewProps {
  readonly upload: UploadAnswer;
  readonly report: UploadReport;
}

/** What an import did, or a trial would have done. */
export function ReportView({ upload: { dryRun }, report }: ReportViewProps): JSX.Element {
  const texts = useTexts(uploadTexts);
  const language = useLanguage();
  const { refused, alreadyImported, resumedRows } = report;
  const rows = formatCount(refused, language);
  const good = dryRun ? texts.trialGood : texts.realGood;
  const partly = dryRun ? texts.trialPartly(rows) : texts.realPartly(rows);
  return (
    <>
      <Notice
        tone={alreadyImported ? 'info' : refused > 0 ? 'warn' : 'good'}
        title={alreadyImported ? texts.already : refused > 0 ? partly : good}
        announce
      >
        {resumedRows > 0 ? texts.resumed(formatCount(resumedRows, language)) : undefined}
      </Notice>
      <Figures
        figures={names.map((name) => ({
          name: texts.facts[name],
          value: formatCount(report[name], language),
        }))}
      />
    </>
  );
}
