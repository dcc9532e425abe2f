import type { JSX } from 'preact';
import { toFen } from '../../../../src/core/money.ts';
import { toMonthIndex } from '../../../../src/core/month.ts';
import { formatCount, formatDate, formatMoney, formatMonthOf } from '../../shared/format.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { answerTexts } from './answer-texts.ts';
import type { Narrowing, Together } from './narrowing.ts';
import { asksText } from './questions.ts';

export interface WarningsViewProps {
  readonly narrowings: readonly Narrowing[];
  readonly onAgree: () => void;
  readonly onBack: () => void;
}

/** What an answer tells beyond itself; agreeing to it is an act of its own. */
export function WarningsView({ narrowings, onAgree, onBack }: WarningsViewProps): JSX.Element {
  const texts = useTexts(answerTexts);
  return (
    <Screen
      title={texts.warnTitle}
      lead={texts.warnLead}
      actions={
        <>
          <Button kind="main" icon="arrowLeft" onClick={onBack}>
            {texts.backToRequest}
          </Button>
          <Button icon="check" onClick={onAgree}>
            {texts.agreeAnyway}
          </Button>
        </>
      }
    >
      {narrowings.map((narrowing, i) => (
        <Warning key={`${narrowing.kind}${i}`} narrowing={narrowing} />
      ))}
    </Screen>
  );
}

function Warning({ narrowing }: { readonly narrowing: Narrowing }): JSX.Element {
  const texts = useTexts(answerTexts);
  const language = useLanguage();
  if (narrowing.kind === 'few') {
    return (
      <Notice tone="warn" title={texts.few(formatCount(narrowing.accounts, language))}>
        {texts.fewText}
      </Notice>
    );
  }
  if (narrowing.kind === 'band') {
    return (
      <Notice tone="warn" title={texts.band}>
        <p>{asksText(narrowing.request, language)}</p>
        <p>{texts.bandText}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="warn" title={texts.again}>
      {narrowing.earlier.map(({ at, request }) => (
        <div key={`${at} ${request.nonce}`}>
          <p class="soft">{texts.againOn(formatDate(at, language))}</p>
          <p>{asksText(request, language)}</p>
        </div>
      ))}
      <p class="soft">{texts.together}</p>
      <TogetherText together={narrowing.together} />
    </Notice>
  );
}

function TogetherText({ together }: { readonly together: Together }): JSX.Element {
  const texts = useTexts(answerTexts);
  const language = useLanguage();
  const money = (fen: bigint) => formatMoney(toFen(Number(fen)), language);
  const month = (index: number) => formatMonthOf(toMonthIndex(index), language);
  switch (together.kind) {
    case 'each':
      return <p class="strong">{texts.togetherEach}</p>;
    case 'base': {
      const { minFen, maxFen, isExact } = together;
      return (
        <>
          <p class="strong">
            {maxFen === undefined
              ? texts.togetherFrom(money(minFen))
              : texts.togetherBand(money(minFen), money(maxFen))}
          </p>
          {!isExact && <p>{texts.togetherRough}</p>}
        </>
      );
    }
    case 'months':
      return (
        <ul class="list strong">
          {together.claims.map(({ from, to, months }) => (
            <li key={`${from}-${to}`}>
              {texts.togetherMonths(month(from), month(to), months, to - from + 1)}
            </li>
          ))}
        </ul>
      );
  }
}
