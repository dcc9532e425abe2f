import type { JSX } from 'preact';
import type { ChainRoots } from '../../shared/chain-roots.ts';
import { ContractForm } from '../../shared/contract-form.tsx';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Notice } from '../../ui/notice.tsx';
import type { KeyOfStatement } from '../verdict/statement-keys.ts';
import { trustTexts } from './trust-texts.ts';

export interface KeyComparisonProps {
  readonly roots: ChainRoots;
  readonly keys: readonly KeyOfStatement[];
}

type Outcome = 'same' | 'other' | 'none';

/** Holds the keys of this site against those a contract on the chain checks with. */
export function KeyComparison({ roots, keys }: KeyComparisonProps): JSX.Element {
  const texts = useTexts(trustTexts);
  const comparing = useAsync(async (_, address: string) => {
    const outcomes: { statement: string; outcome: Outcome }[] = [];
    for (const { statement, entry } of keys) {
      const hash = await roots.keyHashOf(address, statement);
      const outcome = hash === undefined ? 'none' : hash === entry.vkeyHash ? 'same' : 'other';
      outcomes.push({ statement, outcome });
    }
    return outcomes;
  });
  const words = { same: texts.compareSame, other: texts.compareOther, none: texts.compareNone };
  const tones = { same: 'good', other: 'bad', none: 'warn' } as const;
  return (
    <div class="stack">
      <h2 class="group-title">{texts.compare}</h2>
      <p>{texts.compareLead}</p>
      <ContractForm busy={comparing.state === 'busy'} onAsk={comparing.run} />
      {comparing.value?.map(({ statement, outcome }) => (
        <Notice key={statement} tone={tones[outcome]} title={statement} announce>
          {words[outcome]}
        </Notice>
      ))}
      {comparing.state === 'failed' && <ErrorNotice error={comparing.error} />}
    </div>
  );
}
