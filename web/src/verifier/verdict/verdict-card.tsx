import type { JSX } from 'preact';
import { formatCount, formatMonthOf, formatTime } from '../../shared/format.ts';
import { VerdictView } from '../../shared/verdict-view.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Facts, type FactsProps } from '../../ui/facts.tsx';
import { type CheckedVerdict, shortNumber } from './checked-verdict.ts';
import { verdictTexts } from './verdict-texts.ts';

/** The verdict, what it is about, and the facts behind it. */
export function VerdictCard({ verdict }: { readonly verdict: CheckedVerdict }): JSX.Element {
  const texts = useTexts(verdictTexts);
  const { asks, valid, purpose, month } = verdict;
  const facts = useFacts(verdict);
  return (
    <>
      <VerdictView verdict={verdict}>
        {asks.length > 0 && (
          <div class="stack stack--tight">
            <p class="soft">{valid ? texts.shown : texts.claimed}</p>
            {asks.map((one) => (
              <p key={one.asks} class="strong">
                {one.asks}
              </p>
            ))}
          </div>
        )}
      </VerdictView>
      {(purpose !== undefined || month !== undefined) && (
        <Disclosure summary={texts.facts} open={valid || undefined}>
          {!valid && <p>{texts.nothingProven}</p>}
          <Facts facts={facts} />
          {valid && <p class="soft">{texts.nullifierHint}</p>}
        </Disclosure>
      )}
    </>
  );
}

function useFacts(verdict: CheckedVerdict): FactsProps['facts'] {
  const texts = useTexts(verdictTexts);
  const language = useLanguage();
  const { audience, audienceChecked, purpose, month, revision = 0, anonymitySet } = verdict;
  const { nullifier, expiresAt, keyStatus } = verdict;
  return [
    month !== undefined && {
      name: texts.month,
      value: `${formatMonthOf(month, language)}${revision > 0 ? texts.corrected(revision) : ''}`,
    },
    audience !== undefined && {
      name: texts.audience,
      value: `${audience}${audienceChecked ? '' : texts.audienceUnchecked}`,
    },
    purpose !== undefined && { name: texts.purpose, value: purpose },
    anonymitySet !== undefined && {
      name: texts.among,
      value: texts.amongHint(formatCount(anonymitySet, language)),
    },
    nullifier !== undefined && {
      name: texts.nullifier,
      value: <span class="mono">{shortNumber(nullifier)}</span>,
    },
    expiresAt !== undefined && { name: texts.expiry, value: formatTime(expiresAt, language) },
    keyStatus && {
      name: texts.key,
      value: keyStatus === 'ceremony' ? texts.keyCeremony : texts.keyDevelopment,
    },
  ];
}
