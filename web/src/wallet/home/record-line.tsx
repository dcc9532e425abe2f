import type { JSX } from 'preact';
import { holdingOf } from '../../../../src/holder/holding.ts';
import { insuranceIndex } from '../../../../src/ledger/insurance.ts';
import { insuranceName } from '../../../../src/statements/words.ts';
import { formatMonthOf } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import type { StoredRecord } from '../open-wallet.ts';
import { homeTexts } from './texts.ts';
import './home.css';

/** What is in the record, in a line. */
export function RecordLine({ record }: { readonly record: StoredRecord | undefined }): JSX.Element {
  const texts = useTexts(homeTexts);
  const language = useLanguage();
  if (!record) {
    return (
      <div class="record-line">
        <Icon name="info" />
        <div>
          <p class="strong">{texts.noRecord}</p>
          <p class="soft">{texts.noRecordText}</p>
        </div>
      </div>
    );
  }
  const holding = holdingOf(record.opening);
  const most = holding.kind === 'person' && holding.months.find(({ paid }) => paid > 0);
  const line =
    most && texts.insurance(insuranceName(insuranceIndex(most.insurance), language), most.paid);
  return (
    <div class="record-line">
      <Icon name="checkCircle" />
      <div>
        <p class="strong">
          {holding.kind === 'employer' ? holding.creditCode : line || texts.noMonths}
        </p>
        <p class="soft">{texts.summary(formatMonthOf(record.opening.epoch.month, language))}</p>
      </div>
    </div>
  );
}
