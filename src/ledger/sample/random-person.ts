import { addMonths, type MonthIndex, monthIndex, toMonthIndex } from '../../core/month.ts';
import { unknownFacts } from '../record.ts';
import { drawArrears, spellMonths } from './months.ts';
import { type BirthDate, sampleIdNumber, sampleName } from './numbers.ts';
import {
  type Bureau,
  districts,
  SAMPLE_END,
  SAMPLE_START,
  type SamplePerson,
  type Spell,
} from './person.ts';
import type { Random } from './random.ts';

/** Employers by bureau, as `[credit code, district]`. */
export type Employers = Readonly<
  Record<Bureau, readonly (readonly [code: string, region: string])[]>
>;

/** Original retirement ages by category; the sample's people retire at these. */
const ORIGINAL_AGE = [60, 55, 50];

/** A life drawn at random: jobs, gaps, moves, flexible work, deemed years, retirement. */
export function randomPerson(random: Random, employers: Employers): SamplePerson {
  const male = random.chance(0.52);
  const birth = { year: random.int(1956, 2004), month: random.int(1, 12), day: random.int(1, 28) };
  const retirementCategory = male ? 0 : random.chance(0.4) ? 1 : 2;
  const resident = random.chance(0.04);
  const bureau: Bureau = random.chance(0.55) ? 'xiamen' : 'fuzhou';
  const retires = monthIndex(birth.year + (ORIGINAL_AGE[retirementCategory] ?? 60), birth.month);
  const spells = drawSpells(random, employers, { birth, bureau, resident, retires });
  const wage = 0.5 + random.next() ** 2 * 3;
  const months = spells.flatMap((spell) => {
    const { backPayments, unpaidMonths } = drawArrears(random, spell);
    return spellMonths(spell, wage, backPayments, unpaidMonths);
  });
  const home = spells.at(-1)?.bureau ?? bureau;
  // Work before 1998, when everyone was brought into the scheme, counts as paid.
  const before = Math.max(0, (1998 - (birth.year + 20)) * 12 - random.int(0, 11));
  const deemedMonths = birth.year < 1976 && random.chance(0.5) ? Math.min(before, 320) : 0;
  const pensionMonths = months.filter(({ settled }) => settled !== null).length;
  const reached = retires < SAMPLE_END;
  const retired = reached && pensionMonths + deemedMonths >= 180;
  const working = months.at(-1)?.month === SAMPLE_END;
  return {
    idNumber: sampleIdNumber(random, random.pick(districts[bureau])[0], birth, male),
    name: sampleName(random),
    male,
    birth,
    home,
    months,
    facts: {
      ...unknownFacts,
      ...drawUnemployment(random, spells),
      birthMonth: monthIndex(birth.year, birth.month),
      sex: male ? 1 : 0,
      retirementCategory,
      scheme: resident ? 1 : 0,
      deemedMonths,
      status: retired ? 2 : working ? 0 : 1,
      specialTradeMonths: random.chance(0.03) ? random.int(12, 130) : 0,
      pensionSince: retired ? addMonths(retires, 1) : 0,
    },
  };
}

interface Plan {
  readonly birth: BirthDate;
  readonly bureau: Bureau;
  readonly resident: boolean;
  readonly retires: MonthIndex;
}

function drawSpells(random: Random, employers: Employers, plan: Plan): Spell[] {
  const firstJob = monthIndex(plan.birth.year + random.int(18, 23), random.int(1, 12));
  let start = Math.max(firstJob, SAMPLE_START + random.int(0, 6));
  let { bureau } = plan;
  const end = Math.min(SAMPLE_END, plan.retires);
  const spells: Spell[] = [];
  do {
    const to = Math.min(end, start + random.int(8, random.chance(0.4) ? 150 : 60));
    const span = { from: toMonthIndex(Math.min(start, end)), to: toMonthIndex(to) };
    spells.push({ ...drawPlace(random, employers, bureau, plan.resident), ...span });
    const gap = random.chance(0.6) ? 0 : random.chance(0.6) ? random.int(1, 6) : random.int(7, 24);
    start = to + 1 + gap;
    if (random.chance(0.15)) bureau = bureau === 'xiamen' ? 'fuzhou' : 'xiamen';
  } while (start <= end);
  return spells;
}

function drawPlace(
  random: Random,
  employers: Employers,
  bureau: Bureau,
  resident: boolean,
): Omit<Spell, 'from' | 'to'> {
  if (resident || random.chance(0.15)) {
    const [region] = random.pick(districts[bureau]);
    return { bureau, region, employer: null, category: resident ? 2 : 1 };
  }
  const [employer, region] = random.pick(employers[bureau]);
  return { bureau, region, employer, category: 0 };
}

/** What the last gap between two jobs leaves in a person's file. */
function drawUnemployment(random: Random, spells: readonly Spell[]) {
  const gaps = spells.flatMap((spell, i) => {
    const next = spells[i + 1]?.from ?? addMonths(SAMPLE_END, 1);
    return spell.employer !== null && next > spell.to + 1
      ? [{ ...spell, length: next - spell.to - 1 }]
      : [];
  });
  const last = gaps.at(-1);
  if (!last) return {};
  const dismissed = random.chance(0.5);
  const lastTermination = last.to;
  const claimed = dismissed && last.to - last.from >= 12 && random.chance(0.6);
  const unemploymentClaimedMonths = claimed ? Math.min(last.length, 12) : 0;
  return {
    lastTermination,
    lastTerminationReason: dismissed ? 1 : 2,
    unemploymentClaimedMonths,
    lastUnemploymentClaimEnd: claimed ? addMonths(last.to, unemploymentClaimedMonths) : 0,
  };
}
