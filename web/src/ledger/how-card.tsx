import type { JSX } from 'preact';
import { useTexts } from '../shell/texts.ts';
import { Card } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { howTexts } from './how-texts.ts';

/** How anybody checks the ledger, in plain steps. */
export function HowCard(): JSX.Element {
  const texts = useTexts(howTexts);
  return (
    <Card title={texts.title}>
      <p>{texts.lead}</p>
      <ol class="steps">
        {texts.steps.map(({ title, text, code }) => (
          <li key={title}>
            <div class="stack stack--tight">
              <h3>{title}</h3>
              <p>{text}</p>
              {code !== '' && <code class="code-line">{code}</code>}
            </div>
          </li>
        ))}
      </ol>
      <Disclosure summary={texts.whatRoot}>
        <p>{texts.whatRootText}</p>
      </Disclosure>
      <Disclosure summary={texts.whatNot}>
        <p>{texts.whatNotText}</p>
      </Disclosure>
    </Card>
  );
}
