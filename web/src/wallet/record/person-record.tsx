import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AccountOpening } from '../../../../src/ledger/epoch.ts';
import { type Insurance, insuranceIndex, insurances } from '../../../../src/ledger/insurance.ts';
import { insuranceName } from '../../../../src/statements/words.ts';
import { formatMonthOf } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { BaseChart } from './base-chart.tsx';
import { Calendar } from './calendar.tsx';
import { type InsurancePicture, pictureOf } from './months.ts';
import { OtherFacts } from './other-facts.tsx';
import { recordTexts } from './texts.ts';
import './calendar.css';

/** A person's record: the months of each insurance, the base, and what else is known. */
export function PersonRecord({ opening }: { readonly opening: AccountOpening }): JSX.Element {
  const texts = useTexts(recordTexts);
  const { account, epoch } = opening;
  const [insurance, setInsurance] = useState<Insurance>('pension');
  const picture = pictureOf(account, insuranceIndex(insurance), epoch.month);
  return (
    <>
      <div class="insurances">
        <Tabs
          label={texts.insurances}
          tabs={insurances.map((id) => ({ id, label: texts.names[id] }))}
          selected={insurance}
          onSelect={setInsurance}
        >
          <div class="stack">
            <Summary insurance={insurance} picture={picture} />
            {picture.years.length > 0 && (
              <Calendar key={insurance} insurance={insurance} picture={picture} />
            )}
          </div>
        </Tabs>
      </div>
      <BaseChart months={account.months} />
      <OtherFacts opening={opening} />
    </>
  );
}

interface SummaryProps {
  readonly insurance: Insurance;
  readonly picture: InsurancePicture;
}

function Summary({ insurance, picture }: SummaryProps): JSX.Element {
  const texts = useTexts(recordTexts);
  const language = useLanguage();
  const name = insuranceName(insuranceIndex(insurance), language);
  const { paid, late, gaps, first, last } = picture;
  if (first === undefined || last === undefined) {
    return <p class="lead strong">{texts.summaryNone(name)}</p>;
  }
  const range = texts.summaryRange(formatMonthOf(first, language), formatMonthOf(last, language));
  const zh = language === 'zh';
  const rest = [range, texts.summaryLate(late), texts.summaryGaps(gaps)].join(zh ? '，' : ', ');
  return (
    <div>
      <p class="lead strong">{texts.summary(name, paid)}</p>
      <p>
        {rest.charAt(0).toUpperCase() + rest.slice(1)}
        {zh ? '。' : '.'}
      </p>
    </div>
  );
}
