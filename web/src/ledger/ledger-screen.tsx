import type { JSX } from 'preact';
import { systemClock } from '../../../src/core/clock.ts';
import { saveJson } from '../shared/files.ts';
import { formatCount, formatMonthOf } from '../shared/format.ts';
import { type Network, network } from '../shared/network.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { Screen } from '../shell/screen.tsx';
import { useLanguage, useTexts } from '../shell/texts.ts';
import { useAsync, useLoad } from '../shell/use-async.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Facts } from '../ui/facts.tsx';
import { Figures } from '../ui/figures.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { AuthoritiesCard } from './authorities-card.tsx';
import { CheckCard, type CheckedLedger } from './check-card.tsx';
import { compareLedgers } from './compare.ts';
import { EpochList } from './epoch-list.tsx';
import { HowCard } from './how-card.tsx';
import { KeysCard } from './keys-card.tsx';
import { type ToldLedger, toldLedger } from './service-ledger.ts';
import { ledgerTexts } from './texts.ts';
import { Totals } from './totals.tsx';

/** What everybody may know of the ledger, and how to check it. */
export function LedgerScreen(): JSX.Element {
  const texts = useTexts(ledgerTexts);
  const read = useLoad(async (signal) => {
    const [told, where] = await Promise.all([toldLedger(signal), network()]);
    return { told, where };
  }, []);
  return (
    <Screen title={texts.title} lead={texts.lead}>
      {read.state === 'busy' && <Spinner>{texts.loading}</Spinner>}
      {read.state === 'failed' && <ErrorNotice error={read.error} onRetry={read.run} />}
      {read.state === 'done' && <Ledger told={read.value.told} where={read.value.where} />}
      <KeysCard />
      <HowCard />
    </Screen>
  );
}

function Ledger({ told, where }: { told: ToldLedger; where: Network }): JSX.Element {
  const checking = useAsync(async (signal): Promise<CheckedLedger> => {
    const { chainLedger } = await import('./chain-ledger.ts');
    // Asked anew: what was shown may be old by now.
    const [now, chain] = await Promise.all([toldLedger(signal), chainLedger()]);
    return { told: now, chain, differences: compareLedgers(now, chain), at: systemClock() };
  });
  const checked = checking.value;
  const shown = checked?.told ?? told;
  return (
    <>
      <Latest told={shown} />
      <CheckCard network={where} checking={checking} />
      <EpochList epochs={shown.epochs} checked={checked} />
      <Export file={shown.file} />
      <Totals epochs={shown.epochs} />
      <AuthoritiesCard told={shown} checked={checked} />
      <Where where={where} />
    </>
  );
}

function Latest({ told }: { readonly told: ToldLedger }): JSX.Element | null {
  const texts = useTexts(ledgerTexts);
  const language = useLanguage();
  const latest = told.epochs.findLast((epoch) => epoch.supersededAt === undefined);
  if (!latest) return null;
  const { month, ledger } = latest;
  const figures = [
    { name: texts.latest, value: formatMonthOf(month, language) },
    ...(ledger
      ? [
          { name: texts.accounts, value: formatCount(ledger.accounts, language) },
          { name: texts.employers, value: formatCount(ledger.employers, language) },
        ]
      : []),
  ];
  return <Figures figures={figures} />;
}

function Export({ file }: { readonly file: unknown }): JSX.Element {
  const texts = useTexts(ledgerTexts);
  return (
    <div class="stack stack--tight">
      <div>
        <Button icon="download" onClick={() => saveJson('canbao-epochs.json', file)}>
          {texts.export}
        </Button>
      </div>
      <p class="soft">{texts.exportText}</p>
    </div>
  );
}

function Where({ where }: { readonly where: Network }): JSX.Element {
  const texts = useTexts(ledgerTexts);
  const language = useLanguage();
  return (
    <Card title={texts.chain}>
      <Facts
        facts={[
          { name: texts.chainId, value: String(where.chainId) },
          { name: texts.registry, value: <code>{where.registry}</code> },
          { name: texts.confirmations, value: formatCount(where.confirmations, language) },
          ...where.rpcUrls.map((url) => ({ name: texts.node, value: <code>{url}</code> })),
        ]}
      />
    </Card>
  );
}
