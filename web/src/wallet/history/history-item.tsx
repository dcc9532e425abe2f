import type { JSX } from 'preact';
import { formatTime } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Badge, type BadgeProps } from '../../ui/notice.tsx';
import { shortAudience } from '../answer/asker.tsx';
import { asksText } from '../answer/questions.ts';
import { audienceOf, type HistoryEntry, type Outcome, provenIn, purposeOf } from './entry.ts';
import { historyTexts } from './history-texts.ts';

const tones: Readonly<Record<Outcome, Pick<BadgeProps, 'tone' | 'icon'>>> = {
  opened: { tone: 'plain', icon: 'clock' },
  unmet: { tone: 'warn' },
  declined: { tone: 'plain', icon: 'cross' },
  proven: { tone: 'info' },
  answered: { tone: 'good' },
  refused: { tone: 'bad' },
};

export interface HistoryItemProps {
  readonly entry: HistoryEntry;
  readonly onDelete: () => void;
}

/** One request: who, when, what, and how it ended. */
export function HistoryItem({ entry, onDelete }: HistoryItemProps): JSX.Element {
  const texts = useTexts(historyTexts);
  const language = useLanguage();
  const who = shortAudience(audienceOf(entry));
  return (
    <li class="card">
      <div class="history__head">
        <h2 class="history__who">{who}</h2>
        <Badge {...tones[entry.outcome]}>{texts.outcomes[entry.outcome]}</Badge>
      </div>
      <p class="soft">{formatTime(entry.at, language)}</p>
      <p>{texts.asked(purposeOf(entry))}</p>
      {provenIn(entry).map((request) => (
        <p key={request.nonce}>{asksText(request, language)}</p>
      ))}
      <div class="row">
        <LinkButton icon="eye" href={`#/answer/${entry.id}`} label={`${texts.view} ${who}`}>
          {texts.view}
        </LinkButton>
        {entry.presentation && (
          <LinkButton
            icon="print"
            href={`#/certificate/${entry.id}`}
            label={`${texts.print} ${who}`}
          >
            {texts.print}
          </LinkButton>
        )}
        <Button kind="plain" icon="trash" label={`${texts.remove} ${who}`} onClick={onDelete}>
          {texts.remove}
        </Button>
      </div>
    </li>
  );
}
