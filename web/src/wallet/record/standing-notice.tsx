import type { JSX } from 'preact';
import type { BundleStanding } from '../../../../src/holder/check-bundle.ts';
import { formatMonthOf } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { Notice, type Tone } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { StoredRecord } from '../open-wallet.ts';
import { recordStanding } from './standing.ts';
import { recordTexts } from './texts.ts';

const tones: Readonly<Record<BundleStanding, Tone>> = {
  current: 'good',
  superseded: 'info',
  corrected: 'warn',
  unpublished: 'bad',
  inconsistent: 'bad',
};

/** Whether the record is what the authorities published, in words. */
export function StandingNotice({ record }: { readonly record: StoredRecord }): JSX.Element {
  const texts = useTexts(recordTexts);
  const language = useLanguage();
  const checking = useLoad(() => recordStanding(record.bundle), [record]);
  if (checking.state === 'failed') return <Notice tone="info">{texts.checkFailed}</Notice>;
  if (checking.state !== 'done') return <Spinner>{texts.checking}</Spinner>;
  const { check, by } = checking.value;
  const tone = tones[check.standing];
  const titles = {
    good: texts.standingGood,
    info: texts.standingOld,
    warn: texts.standingOld,
    bad: texts.standingBad,
  };
  const month = formatMonthOf(record.opening.epoch.month, language);
  return (
    <Notice tone={tone} title={titles[tone]}>
      <p>{texts.standings[check.standing](month)}</p>
      <p class="soft small">{by === 'chain' ? texts.byChain : texts.byService}</p>
    </Notice>
  );
}
