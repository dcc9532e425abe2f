import type { JSX } from 'preact';
import { holdingOf } from '../../../../src/holder/holding.ts';
import type { EmployerOpening } from '../../../../src/ledger/employer-account.ts';
import { formatMonthOf } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { recordTexts } from './texts.ts';

/** What an employer's key opens: numbers, no people. */
export function EmployerRecord({
  opening,
}: {
  readonly opening: EmployerOpening;
}): JSX.Element | null {
  const texts = useTexts(recordTexts);
  const language = useLanguage();
  const holding = holdingOf(opening);
  if (holding.kind !== 'employer') return null;
  const { creditCode, monthsPaidInFull, lastPaidInFull, people, unpaid, keySince } = holding;
  const month = (value: typeof keySince) =>
    value === undefined ? '–' : formatMonthOf(value, language);
  return (
    <Card title={texts.employerTitle}>
      <Facts
        facts={[
          { name: texts.employerCode, value: creditCode },
          { name: texts.employerFull, value: texts.months(monthsPaidInFull) },
          { name: texts.employerLast, value: month(lastPaidInFull) },
          { name: texts.employerPeople, value: people },
          { name: texts.employerUnpaid, value: unpaid },
          { name: texts.identity, value: month(keySince) },
        ]}
      />
    </Card>
  );
}
