import type { JSX } from 'preact';
import type { MonthIndex } from '../../../../src/core/month.ts';
import { formatMonthOf, formatTime } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { audienceOf, expiryOf, type HistoryEntry, purposeOf } from '../history/entry.ts';
import { answerTexts } from './answer-texts.ts';

export interface AskerProps {
  readonly entry: HistoryEntry;
  /** Month of the record that would be proven from. */
  readonly month: MonthIndex;
}

/** Who asks, what for, and until when. */
export function Asker({ entry, month }: AskerProps): JSX.Element {
  const texts = useTexts(answerTexts);
  const language = useLanguage();
  const audience = audienceOf(entry);
  return (
    <section class="card">
      <div class="asker">
        <span class="asker__icon">
          <Icon name="building" size={28} />
        </span>
        <div class="asker__text">
          <h2 class="asker__label">{texts.who}</h2>
          <p class="asker__name">{shortAudience(audience)}</p>
          {shortAudience(audience) !== audience && <p class="soft small">{audience}</p>}
        </div>
      </div>
      <Vouching entry={entry} audience={audience} />
      <Facts
        facts={[
          { name: texts.purpose, value: purposeOf(entry) },
          { name: texts.until, value: formatTime(expiryOf(entry), language) },
          { name: texts.asOf, value: formatMonthOf(month, language) },
        ]}
      />
    </section>
  );
}

/** The host of an origin: what is before it is the same for all. */
export function shortAudience(audience: string): string {
  return audience.startsWith('https://') ? audience.slice('https://'.length) : audience;
}

function Vouching(props: { readonly entry: HistoryEntry; readonly audience: string }): JSX.Element {
  const { entry, audience } = props;
  const texts = useTexts(answerTexts);
  switch (entry.source.kind) {
    case 'file':
      return <Notice tone="warn">{texts.fromFile}</Notice>;
    case 'own':
      return <p>{texts.ownAsker}</p>;
    case 'service':
      return (
        <p class="asker__vouch">
          <Icon name="shield" />
          <span>{audience === entry.source.origin ? texts.vouchedSelf : texts.vouched}</span>
        </p>
      );
  }
}
