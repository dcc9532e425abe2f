import type { JSX } from 'preact';
import { useStore } from '../../shell/store.ts';
import { useTexts } from '../../shell/texts.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { apiKey } from '../client.ts';
import { askTexts } from './ask-texts.ts';

/** Whether something was pasted that is no key. */
export function isKeyBad(): boolean {
  const key = apiKey.get();
  return key !== '' && !/^cbv_[\w-]{20,100}$/.test(key);
}

/** Asks in the name of whoever the key belongs to; see `apiKey` for where it is kept. */
export function ApiKeyField(): JSX.Element {
  const texts = useTexts(askTexts);
  const key = useStore(apiKey);
  return (
    <Disclosure summary={texts.keySummary} open={key !== '' || undefined}>
      <p>{texts.keyLead}</p>
      <Notice tone="warn">{texts.keyWarn}</Notice>
      <TextInput
        type="password"
        label={texts.keyLabel}
        hint={texts.keyHint}
        error={isKeyBad() && texts.keyError}
        value={key}
        onInput={(text) => apiKey.set(text.trim())}
      />
    </Disclosure>
  );
}
