import type { Language } from '../core/errors/canbao-error.ts';
import { formatMonth, type MonthIndex } from '../core/month.ts';
import { agoText, timeText } from '../core/time-text.ts';
import type { Insurance } from '../ledger/insurance.ts';
import type { BundleCheck, BundleStanding } from './check-bundle.ts';
import type { Holding, InsuranceMonths } from './holding.ts';

type Text = Readonly<Record<Language, string>>;

/** `{name}` stands for a fact: see {@link bundleCheckText}. */
const standings: Readonly<Record<BundleStanding, Text>> = {
  inconsistent: {
    en: 'This bundle contradicts itself ({reason}): the record in it is not what the root commits to. Ask the bureau for another.',
    zh: '该数据包自相矛盾（{reason}）：其中的记录与根所承诺的不符，请向经办机构重新领取。',
  },
  unpublished: {
    en: 'The authorities never published the ledger of {month} that this record is under. Ask the bureau, and keep the bundle: it is evidence.',
    zh: '经办机构从未公布该记录所依据的{month}账本。请向经办机构查询，并保留该数据包作为凭据。',
  },
  corrected: {
    en: 'Your record is in the ledger of {month} as published, but the month was revised {correctedFor}, at {correctedAt}. Ask the bureau for the bundle of the new revision; verifiers refuse proofs from this one unless they say otherwise.',
    zh: '您的记录确在已公布的{month}账本中，但该月账本已于{correctedFor}（{correctedAt}）更正。请向经办机构领取更正后的数据包；除核验方另有规定外，据此出具的证明将被拒绝。',
  },
  superseded: {
    en: 'Your record is in the ledger of {month} as published. A newer ledger is out since {supersededAt}, {supersededFor}; verifiers decide how long this one counts.',
    zh: '您的记录确在已公布的{month}账本中。更新的账本已于{supersededFor}（{supersededAt}）公布，本账本还能使用多久由核验方决定。',
  },
  current: {
    en: 'Your record is in the ledger of {month} as published, and that is the newest.',
    zh: '您的记录确在已公布的{month}账本中，且该账本为最新。',
  },
};

/** How a bundle stands, as a sentence. */
export function bundleCheckText(check: BundleCheck, language: Language): string {
  const { epoch, published } = check;
  const facts: Record<string, string | undefined> = {
    reason: check.reason,
    month: epoch && formatMonth(epoch.month),
    correctedAt: timeText(published?.correctedAt),
    supersededAt: timeText(published?.supersededAt),
    correctedFor: agoText(check.correctedFor, language),
    supersededFor: agoText(check.supersededFor, language),
  };
  return standings[check.standing][language].replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? '?');
}

const names: Readonly<Record<Insurance, Text>> = {
  pension: { en: 'Pension', zh: '养老保险' },
  medical: { en: 'Medical', zh: '医疗保险' },
  unemployment: { en: 'Unemployment', zh: '失业保险' },
  workInjury: { en: 'Work injury', zh: '工伤保险' },
  maternity: { en: 'Maternity', zh: '生育保险' },
};

/** What a leaf holds, a line each. */
export function holdingTexts(holding: Holding, language: Language): string[] {
  const zh = language === 'zh';
  const key = keyText(holding.keySince, zh);
  if (holding.kind === 'person') {
    const { lastMonth } = holding;
    const lines = holding.months
      .filter(({ paid }) => paid > 0)
      .map((months) => insuranceText(months, language));
    if (lastMonth === undefined) lines.push(zh ? '没有缴费记录。' : 'No month is on record.');
    return [...lines, key];
  }
  const { creditCode, monthsPaidInFull: full, lastPaidInFull, people, unpaid } = holding;
  const last = lastPaidInFull === undefined ? undefined : formatMonth(lastPaidInFull);
  const until = last === undefined ? '' : zh ? `，最近为${last}` : `, the last one ${last}`;
  return zh
    ? [
        `单位${creditCode}：足额缴费${full}个月${until}。`,
        `本月参保${people}人，欠缴${unpaid}笔。`,
        key,
      ]
    : [
        `Employer ${creditCode}: ${full} months paid in full${until}.`,
        `People insured in the month: ${people}; contributions owed: ${unpaid}.`,
        key,
      ];
}

function insuranceText({ insurance, paid, late, lastPaid }: InsuranceMonths, language: Language) {
  const name = names[insurance][language];
  const last = lastPaid === undefined ? '?' : formatMonth(lastPaid);
  return language === 'zh'
    ? `${name}：缴费${paid}个月，其中补缴${late}个月，最近为${last}。`
    : `${name}: ${paid} months paid, ${late} of them late, the last one ${last}.`;
}

function keyText(since: MonthIndex | undefined, zh: boolean): string {
  if (since === undefined) {
    return zh
      ? '尚未登记持有人密钥：登记后从下一次结账起方可出具证明。'
      : 'No holder key is enrolled: nothing can be proven until the month after one is.';
  }
  const month = formatMonth(since);
  return zh ? `持有人密钥登记于${month}。` : `The holder key was enrolled in ${month}.`;
}
