import type { JSX } from 'preact';
import { formatCount, formatMonthOf, formatTime } from '../shared/format.ts';
import { useLanguage, useTexts } from '../shell/texts.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Facts } from '../ui/facts.tsx';
import { Badge } from '../ui/notice.tsx';
import type { CheckedLedger } from './check-card.tsx';
import { checkTexts } from './check-texts.ts';
import type { ToldEpoch } from './service-ledger.ts';
import { ledgerTexts } from './texts.ts';

export interface EpochListProps {
  readonly epochs: readonly ToldEpoch[];
  /** Once it was checked. */
  readonly checked: CheckedLedger | undefined;
}

/** Every published month, the newest first. */
export function EpochList({ epochs, checked }: EpochListProps): JSX.Element {
  const texts = useTexts(ledgerTexts);
  if (epochs.length === 0) {
    return (
      <EmptyState icon="book" title={texts.none}>
        <p>{texts.noneText}</p>
      </EmptyState>
    );
  }
  return (
    <section class="stack">
      <h2>{texts.months}</h2>
      {epochs.toReversed().map((epoch, i) => (
        <Disclosure
          key={epoch.key}
          open={i === 0}
          summary={<Summary epoch={epoch} checked={checked} />}
        >
          <EpochFacts epoch={epoch} checked={checked} />
        </Disclosure>
      ))}
    </section>
  );
}

interface EpochProps {
  readonly epoch: ToldEpoch;
  readonly checked: CheckedLedger | undefined;
}

function Summary({ epoch, checked }: EpochProps): JSX.Element {
  const texts = useTexts(ledgerTexts);
  const check = useTexts(checkTexts);
  const language = useLanguage();
  const { key, month, revision, supersededAt, correctedAt } = epoch;
  const state =
    correctedAt !== undefined ? 'corrected' : supersededAt !== undefined ? 'superseded' : 'current';
  const tone = { current: 'good', superseded: 'plain', corrected: 'warn' } as const;
  const isDifferent = checked?.differences.some((one) => one.key === key);
  return (
    <span class="row">
      <span>
        {formatMonthOf(month, language)}
        {revision > 0 && ` · ${texts.revision(revision)}`}
      </span>
      <Badge tone={tone[state]}>{texts.state[state]}</Badge>
      {checked && (
        <Badge tone={isDifferent ? 'bad' : 'good'} icon={isDifferent ? 'warning' : 'shield'}>
          {isDifferent ? check.different : check.same}
        </Badge>
      )}
    </span>
  );
}

function EpochFacts({ epoch, checked }: EpochProps): JSX.Element {
  const texts = useTexts(ledgerTexts);
  const language = useLanguage();
  const { key, root, publishedAt, supersededAt, correctedAt, ledger } = epoch;
  const log = checked?.chain.epochs.find((one) => one.key === key)?.log;
  const transaction = log?.transaction ?? ledger?.txHash;
  const signers = log?.signers ?? ledger?.signers ?? [];
  const time = (name: string, at: number | undefined) =>
    at === undefined ? [] : [{ name, value: formatTime(at, language) }];
  const figure = (name: string, value: number | undefined) =>
    value === undefined ? [] : [{ name, value: formatCount(value, language) }];
  return (
    <>
      <div class="root-line">
        <p class="soft">{texts.root}</p>
        <code class="strong">{root.toString()}</code>
        <CopyButton
          text={root.toString()}
          label={texts.copy}
          doneLabel={texts.copied}
          failedLabel={texts.notCopied}
        />
      </div>
      <Facts
        facts={[
          ...time(texts.published, publishedAt),
          ...time(texts.supersededAt, supersededAt),
          ...time(texts.correctedAt, correctedAt),
          ...figure(texts.accounts, ledger?.accounts),
          ...figure(texts.employers, ledger?.employers),
          {
            name: texts.block,
            value: log ? (
              formatCount(log.block, language)
            ) : (
              <span class="soft">{texts.onlyChain}</span>
            ),
          },
          ...(transaction ? [{ name: texts.transaction, value: <code>{transaction}</code> }] : []),
          ...(signers.length > 0
            ? [{ name: texts.signers, value: <Addresses addresses={signers} /> }]
            : []),
        ]}
      />
    </>
  );
}

/** One a line. */
export function Addresses({ addresses }: { readonly addresses: readonly string[] }): JSX.Element {
  return (
    <ul class="addresses">
      {addresses.map((address) => (
        <li key={address}>
          <code>{address}</code>
        </li>
      ))}
    </ul>
  );
}
