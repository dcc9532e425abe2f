import type { JSX } from 'preact';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { classes } from '../../ui/classes.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { answerTexts } from './answer-texts.ts';
import { listsOf, type Question, statementName } from './questions.ts';

export interface ToldListsProps {
  /** What would be proven. */
  readonly questions: readonly Question[];
  /** Whether it was chosen among others. */
  readonly isChosen: boolean;
}

/** What they will learn, and what stays hidden: two lists nobody takes for one another. */
export function ToldLists({ questions, isChosen }: ToldListsProps): JSX.Element {
  const texts = useTexts(answerTexts);
  const language = useLanguage();
  const parts = questions.map(({ index, request }) => ({
    title:
      questions.length > 1
        ? `${texts.number(index + 1)} · ${statementName(request, language)}`
        : undefined,
    ...listsOf(request, language),
  }));
  return (
    <>
      <ToldList kind="learn" title={texts.learn} icon="eye">
        {parts.map(({ title, reveals }) => (
          <Lines key={title} title={title} lines={reveals} icon="eye" />
        ))}
        <Lines lines={[...(isChosen ? [texts.learnChoice] : []), texts.learnNumber]} icon="eye" />
      </ToldList>
      <ToldList kind="hidden" title={texts.hidden} icon="eyeOff">
        {parts.map(({ title, hides }) => (
          <Lines key={title} title={title} lines={hides} icon="lock" />
        ))}
        <Lines lines={[texts.hiddenAlways]} icon="lock" />
      </ToldList>
    </>
  );
}

interface ToldListProps {
  readonly kind: 'learn' | 'hidden';
  readonly title: string;
  readonly icon: IconName;
  readonly children: JSX.Element | (JSX.Element | JSX.Element[])[];
}

function ToldList({ kind, title, icon, children }: ToldListProps): JSX.Element {
  return (
    <section class={classes('told', `told--${kind}`)}>
      <h2 class="told__title">
        <Icon name={icon} size={28} />
        {title}
      </h2>
      {children}
    </section>
  );
}

interface LinesProps {
  readonly title?: string | undefined;
  readonly lines: readonly string[];
  readonly icon: IconName;
}

function Lines({ title, lines, icon }: LinesProps): JSX.Element {
  return (
    <>
      {title !== undefined && <h3 class="told__part">{title}</h3>}
      <ul class="told__lines">
        {lines.map((line) => (
          <li key={line}>
            <Icon name={icon} />
            <span>{line}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
