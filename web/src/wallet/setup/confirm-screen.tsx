import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Route } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { isSameWord, wordQuestions } from './questions.ts';
import { SetupStepper } from './setup-stepper.tsx';
import { stepHref } from './steps.ts';
import { setupTexts } from './texts.ts';
import './words.css';

export interface ConfirmScreenProps {
  readonly route: Route;
  readonly mnemonic: string;
  readonly onConfirmed: () => void;
}

/** Three of the words, from the paper. */
export function ConfirmScreen({ route, mnemonic, onConfirmed }: ConfirmScreenProps): JSX.Element {
  const texts = useTexts(setupTexts);
  const [questions] = useState(() => wordQuestions(mnemonic));
  const [now, setNow] = useState(0);
  const [isWrong, setWrong] = useState(false);
  const [typed, setTyped] = useState('');
  const question = questions[now];
  if (!question) return <Screen title={texts.words} back={stepHref(route, 'words')} />;
  const place = question.place + 1;
  const answer = (word: string) => {
    const isRight = isSameWord(word, question.word);
    setWrong(!isRight);
    if (!isRight) return;
    setTyped('');
    if (now + 1 < questions.length) setNow(now + 1);
    else onConfirmed();
  };
  return (
    <Screen
      key={now}
      title={texts.confirm(place)}
      back={stepHref(route, 'words')}
      lead={texts.confirmLead(now + 1, questions.length)}
    >
      <SetupStepper now={1} />
      <fieldset class="stack">
        <legend class="visually-hidden">{texts.confirmOptions}</legend>
        <div class="word-options">
          {question.options.map((word) => (
            <Button key={word} onClick={() => answer(word)}>
              {word}
            </Button>
          ))}
        </div>
      </fieldset>
      {isWrong && (
        <Notice tone="warn" title={texts.confirmWrong} announce>
          <p>{texts.confirmWrongText}</p>
          <p>
            <LinkButton href={stepHref(route, 'words')} icon="arrowLeft">
              {texts.confirmBack}
            </LinkButton>
          </p>
        </Notice>
      )}
      <Disclosure summary={texts.confirmType}>
        <Form onSubmit={() => answer(typed)}>
          <TextInput label={texts.confirmTyped(place)} value={typed} onInput={setTyped} />
          <div class="row">
            <Button type="submit">{texts.confirmGo}</Button>
          </div>
        </Form>
      </Disclosure>
    </Screen>
  );
}
