import type { JSX } from 'preact';
import { type MonthIndex, toMonthIndex } from '../../../../src/core/month.ts';
import type { AccountOpening } from '../../../../src/ledger/epoch.ts';
import { formatMonthOf } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { recordTexts } from './texts.ts';

/** Everything else a leaf commits to; what is not set is not shown. */
export function OtherFacts({ opening }: { readonly opening: AccountOpening }): JSX.Element {
  const texts = useTexts(recordTexts);
  const language = useLanguage();
  const { account, epoch, inclusion } = opening;
  const { profile, benefits } = account;
  const month = (name: string, value: bigint): Fact[] =>
    value === 0n
      ? []
      : [{ name, value: formatMonthOf(toMonthIndex(Number(value)) as MonthIndex, language) }];
  const named = (name: string, names: readonly string[], value: bigint): Fact[] => {
    const text = names[Number(value)];
    return text ? [{ name, value: text }] : [];
  };
  const months = (name: string, value: bigint): Fact[] =>
    value === 0n ? [] : [{ name, value: texts.months(Number(value)) }];
  return (
    <Disclosure summary={texts.more}>
      <Facts
        facts={[
          ...month(texts.birth, profile.birthMonth),
          ...named(texts.sex, texts.sexes, profile.sex),
          ...named(texts.retirement, texts.retirements, profile.retirementCategory),
          ...named(texts.scheme, texts.schemes, profile.scheme),
          ...named(texts.standing, texts.statuses, profile.status),
          ...month(texts.identity, profile.identityMonth),
          ...months(texts.deemed, profile.deemedMonths),
          ...months(texts.special, profile.specialTradeMonths),
          ...month(texts.pensionSince, benefits.pensionSince),
          ...months(texts.claimed, benefits.unemploymentClaimedMonths),
          ...month(texts.lastClaim, benefits.lastUnemploymentClaimEnd),
          ...month(texts.termination, benefits.lastTermination),
          ...(benefits.lastTermination === 0n
            ? []
            : named(texts.reason, texts.terminations, benefits.lastTerminationReason)),
          { name: texts.place, value: inclusion.index },
          { name: texts.root, value: <span class="mono small">{String(epoch.root)}</span> },
        ]}
      />
    </Disclosure>
  );
}
