import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ChainRoots } from '../../shared/chain-roots.ts';
import { network } from '../../shared/network.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { KeyOfStatement } from '../verdict/statement-keys.ts';
import { trustTexts } from './trust-texts.ts';

export interface KeyComparisonProps {
  readonly roots: ChainRoots;
  readonly keys: readonly KeyOfStatement[];
}

type Outcome = 'same' | 'other' | 'none';
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** Holds the keys of this site against those a contract on the chain checks with. */
export function KeyComparison({ roots, keys }: KeyComparisonProps): JSX.Element {
  const texts = useTexts(trustTexts);
  const site = useLoad(() => network(), []);
  const named = site.state === 'done' ? site.value.statementVerifier : undefined;
  const [typed, setTyped] = useState<string>();
  const address = typed ?? named ?? '';
  const [isBad, setBad] = useState(false);
  const comparing = useAsync(async () => {
    const outcomes: { statement: string; outcome: Outcome }[] = [];
    for (const { statement, entry } of keys) {
      const hash = await roots.keyHashOf(address.trim(), statement);
      const outcome = hash === undefined ? 'none' : hash === entry.vkeyHash ? 'same' : 'other';
      outcomes.push({ statement, outcome });
    }
    return outcomes;
  });
  const compare = () => {
    setBad(!ADDRESS.test(address.trim()));
    if (ADDRESS.test(address.trim())) comparing.run();
  };
  const words = { same: texts.compareSame, other: texts.compareOther, none: texts.compareNone };
  const tones = { same: 'good', other: 'bad', none: 'warn' } as const;
  return (
    <Form onSubmit={compare}>
      <h2 class="group-title">{texts.compare}</h2>
      <p>{texts.compareLead}</p>
      <TextInput
        label={texts.compareLabel}
        hint={named && address === named ? texts.compareNamed : texts.compareHint}
        error={isBad && texts.compareBad}
        value={address}
        onInput={setTyped}
      />
      <div>
        <Button type="submit" busy={comparing.state === 'busy'}>
          {texts.compareButton}
        </Button>
      </div>
      {comparing.value?.map(({ statement, outcome }) => (
        <Notice key={statement} tone={tones[outcome]} title={statement} announce>
          {words[outcome]}
        </Notice>
      ))}
      {comparing.state === 'failed' && <ErrorNotice error={comparing.error} />}
    </Form>
  );
}
