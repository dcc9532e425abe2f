import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { parseMnemonic } from '../../../../src/holder/mnemonic.ts';
import type { Route } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Form } from '../../ui/form.tsx';
import { TextArea } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { stepHref } from './steps.ts';
import { setupTexts } from './texts.ts';
import { languageOfWord, splitWords, WORDS } from './word-check.ts';
import { WordField } from './word-field.tsx';
import './words.css';

export interface RecoverScreenProps {
  readonly route: Route;
  readonly onWords: (mnemonic: string) => void;
}

type Fault = 'fields' | 'languages' | 'checksum';

const NONE = Array<string>(WORDS).fill('');

/** The words from paper, one a field, or all at once. */
export function RecoverScreen({ route, onWords }: RecoverScreenProps): JSX.Element {
  const texts = useTexts(setupTexts);
  const [words, setWords] = useState<readonly string[]>(NONE);
  const [pasted, setPasted] = useState('');
  const [fault, setFault] = useState<Fault>();
  const enter = (place: number, text: string) => {
    const parts = splitWords(text);
    // Several words at once go on into the fields that follow.
    const put = parts.length > 1 ? parts : [text];
    setWords(words.map((word, i) => put[i - place] ?? word));
  };
  const goOn = () => {
    const clean = words.map((word) => splitWords(word)[0] ?? '');
    const languages = new Set(clean.map(languageOfWord));
    if (languages.has(undefined)) return setFault('fields');
    if (languages.size > 1) return setFault('languages');
    try {
      onWords(parseMnemonic(clean.join(' ')));
    } catch {
      setFault('checksum');
    }
  };
  return (
    <Screen title={texts.recover} back={stepHref(route)} lead={texts.recoverLead}>
      <Form class="stack stack--loose" onSubmit={goOn}>
        <div class="word-fields">
          {words.map((word, i) => (
            <WordField
              key={i}
              place={i + 1}
              word={word}
              isTried={fault === 'fields'}
              onInput={(text) => enter(i, text)}
            />
          ))}
        </div>
        <Disclosure summary={texts.recoverPaste}>
          <TextArea
            label={texts.recoverPasteLabel}
            rows={3}
            value={pasted}
            onInput={(text) => {
              setPasted(text);
              const parts = splitWords(text);
              setWords(NONE.map((_, i) => parts[i] ?? ''));
            }}
          />
        </Disclosure>
        {fault === 'languages' && (
          <Notice tone="warn" title={texts.recoverChecksum} announce>
            {texts.recoverLanguages}
          </Notice>
        )}
        {fault === 'checksum' && (
          <Notice tone="warn" title={texts.recoverChecksum} announce>
            {texts.recoverChecksumText}
          </Notice>
        )}
        <div class="actions">
          <Button kind="main" type="submit">
            {texts.recoverGo}
          </Button>
          <LinkButton href={stepHref(route, 'file')} icon="file">
            {texts.recoverByFile}
          </LinkButton>
        </div>
      </Form>
    </Screen>
  );
}
