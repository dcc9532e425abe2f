import type { JSX } from 'preact';
import { formatMonth } from '../../../src/core/month.ts';
import { formatCount, formatMonthOf } from '../shared/format.ts';
import { useLanguage, useTexts } from '../shell/texts.ts';
import { Card } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Table } from '../ui/table.tsx';
import { Bars } from './bars.tsx';
import type { ToldEpoch } from './service-ledger.ts';
import { ledgerTexts } from './texts.ts';

const MOST_BARS = 24;

/** Accounts and employers, month by month; of a corrected month, its last revision. */
export function Totals({ epochs }: { readonly epochs: readonly ToldEpoch[] }): JSX.Element | null {
  const texts = useTexts(ledgerTexts);
  const language = useLanguage();
  const byMonth = new Map(epochs.map((epoch) => [epoch.month, epoch]));
  const months = [...byMonth.values()]
    .sort((a, b) => a.month - b.month)
    .flatMap(({ month, ledger }) => (ledger ? [{ month, ...pick(ledger) }] : []));
  if (months.length === 0) return null;
  const bars = (name: 'accounts' | 'employers') =>
    months.slice(-MOST_BARS).map((one) => ({ label: formatMonth(one.month), value: one[name] }));
  return (
    <Card title={texts.totals}>
      <div class="grid">
        <Bars title={texts.accountsChart} bars={bars('accounts')} />
        <Bars title={texts.employersChart} bars={bars('employers')} />
      </div>
      <Disclosure summary={texts.totalsTable}>
        <Table
          caption={texts.totals}
          rows={months}
          rowKey={({ month }) => String(month)}
          columns={[
            {
              ...{ key: 'month', head: texts.month },
              cell: ({ month }) => formatMonthOf(month, language),
            },
            {
              ...{ key: 'accounts', head: texts.accounts, align: 'end' },
              cell: ({ accounts }) => formatCount(accounts, language),
            },
            {
              ...{ key: 'employers', head: texts.employers, align: 'end' },
              cell: ({ employers }) => formatCount(employers, language),
            },
          ]}
        />
      </Disclosure>
    </Card>
  );
}

function pick({ accounts, employers }: { accounts: number; employers: number }) {
  return { accounts, employers };
}
