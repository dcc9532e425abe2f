import type { JSX } from 'preact';
import { saveJson } from '../shared/files.ts';
import { formatMonthOf, formatTime } from '../shared/format.ts';
import type { Network } from '../shared/network.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useLanguage, useTexts } from '../shell/texts.ts';
import type { AsyncTask } from '../shell/use-async.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Table } from '../ui/table.tsx';
import type { ChainLedger } from './chain-ledger.ts';
import { checkTexts } from './check-texts.ts';
import type { Difference } from './compare.ts';
import type { ToldLedger } from './service-ledger.ts';

/** What came of a check. */
export interface CheckedLedger {
  readonly told: ToldLedger;
  readonly chain: ChainLedger;
  readonly differences: readonly Difference[];
  /** Unix seconds. */
  readonly at: number;
}

export interface CheckCardProps {
  readonly network: Network;
  readonly checking: AsyncTask<CheckedLedger, []>;
}

/** This site's word against the chain's, in the reader's own browser. */
export function CheckCard({ network, checking }: CheckCardProps): JSX.Element {
  const texts = useTexts(checkTexts);
  const isThrough = network.rpcUrls.every((url) => url.startsWith(`${location.origin}/`));
  if (network.rpcUrls.length === 0) {
    return (
      <Notice tone="info" title={texts.noNode}>
        {texts.noNodeText}
      </Notice>
    );
  }
  return (
    <Card title={texts.title}>
      <p>{texts.text}</p>
      {isThrough && <p class="soft">{texts.textThrough}</p>}
      {checking.state === 'busy' && <Spinner>{texts.running}</Spinner>}
      {checking.state === 'failed' && <ErrorNotice error={checking.error} />}
      {checking.state === 'done' && <Outcome checked={checking.value} />}
      <div class="row">
        <Button
          kind={checking.state === 'done' ? 'quiet' : 'main'}
          icon={checking.state === 'done' ? 'refresh' : 'shield'}
          busy={checking.state === 'busy'}
          onClick={checking.run}
        >
          {checking.state === 'done' ? texts.again : texts.run}
        </Button>
        {checking.state === 'done' && (
          <Button icon="download" onClick={() => saveCheck(checking.value)}>
            {texts.save}
          </Button>
        )}
      </div>
    </Card>
  );
}

function Outcome({ checked }: { readonly checked: CheckedLedger }): JSX.Element {
  const texts = useTexts(checkTexts);
  const { differences, chain } = checked;
  const isGood = differences.length === 0;
  return (
    <>
      <Notice
        tone={isGood ? 'good' : 'bad'}
        title={isGood ? texts.good(chain.epochs.length) : texts.bad(differences.length)}
        announce
      >
        <p>{isGood ? texts.goodText : texts.badText}</p>
      </Notice>
      {chain.log !== 'whole' && (
        <Notice tone="warn">{chain.log === 'gap' ? texts.gap : texts.noLog}</Notice>
      )}
      {!isGood && <DifferenceTable differences={differences} />}
    </>
  );
}

function DifferenceTable({ differences }: { differences: readonly Difference[] }): JSX.Element {
  const texts = useTexts(checkTexts);
  const language = useLanguage();
  const where = (key: string | undefined) => {
    if (key === undefined) return texts.wholeLedger;
    const [month = '', revision = '0'] = key.split('/');
    return formatMonthOf(month, language) + (revision === '0' ? '' : ` / ${revision}`);
  };
  const told = ({ field }: Difference, value: string | undefined) => {
    if (value === undefined) return texts.absent;
    if (field.endsWith('At')) return formatTime(Number(value), language);
    return <code>{value}</code>;
  };
  return (
    <Table
      caption={texts.differences}
      rows={differences}
      rowKey={({ key, field }) => `${key} ${field}`}
      columns={[
        { key: 'where', head: texts.where, cell: ({ key }) => where(key) },
        { key: 'what', head: texts.what, cell: ({ field }) => texts.fields[field] },
        { key: 'site', head: texts.site, cell: (one) => told(one, one.site) },
        { key: 'chain', head: texts.chain, cell: (one) => told(one, one.chain) },
      ]}
    />
  );
}

function saveCheck({ told, chain, differences, at }: CheckedLedger): void {
  const roots = (epochs: readonly { key: string; root: bigint }[]) =>
    epochs.map(({ key, root }) => ({ epoch: key, root: String(root) }));
  saveJson('canbao-check.json', {
    ...{ site: location.origin, node: chain.url, checkedAt: at, differences },
    ...{ told: roots(told.epochs), published: roots(chain.epochs) },
  });
}
