import type { Language } from '../../../../src/core/errors/canbao-error.ts';
import { saveFile, saveJson } from '../../shared/files.ts';
import { faultText } from '../../shell/fault-text.ts';
import { type BatchRow, stateOf } from './batch-result.ts';
import { batchTexts } from './batch-texts.ts';
import type { BatchWay } from './check-batch.ts';

export interface BatchExport {
  readonly rows: readonly BatchRow[];
  readonly way: BatchWay;
  /** Unix seconds. */
  readonly checkedAt: number;
  readonly language: Language;
}

/** The table for a spreadsheet: no cell of it is taken for a formula. */
export async function saveBatchCsv({ rows, checkedAt, language }: BatchExport): Promise<void> {
  const { stringify } = await import('csv-stringify/browser/esm/sync');
  const texts = batchTexts[language];
  const at = new Date(checkedAt * 1000).toISOString();
  const lines = rows.map(({ name, verdict, problem, repeats }) => [
    name,
    texts[stateOf({ verdict })],
    (problem ? faultText(problem, language) : verdict?.text) ?? '',
    verdict?.month ?? '',
    repeats ?? '',
    // A number this long would lose its last digits in a spreadsheet.
    verdict?.nullifier === undefined ? '' : `#${verdict.nullifier}`,
    at,
  ]);
  const table = stringify([[...texts.columns], ...lines], { bom: true, escape_formulas: true });
  saveFile(`canbao-batch-${at.slice(0, 10)}.csv`, table, 'text/csv;charset=utf-8');
}

export function saveBatchJson({ rows, way, checkedAt, language }: BatchExport): void {
  const at = new Date(checkedAt * 1000).toISOString();
  const verdicts = rows.map(({ name, verdict, problem, repeats }) => ({
    name,
    valid: verdict?.valid ?? false,
    reason: verdict?.reason ?? 'malformed',
    text: problem ? faultText(problem, language) : verdict?.text,
    month: verdict?.month,
    audience: verdict?.audience,
    audienceChecked: verdict?.audienceChecked,
    purpose: verdict?.purpose,
    nullifier: verdict?.nullifier,
    root: verdict?.root,
    repeats,
  }));
  const checkedBy = way === 'page' ? `the page of ${location.origin}` : location.origin;
  saveJson(`canbao-batch-${at.slice(0, 10)}.json`, {
    ...{ format: 'canbao/batch-verdicts@1', checkedAt: at, checkedBy, verdicts },
  });
}
