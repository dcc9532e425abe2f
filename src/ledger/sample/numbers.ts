import { creditCodeCheck } from '../employer.ts';
import { idNumberCheck } from '../id-number.ts';
import type { Random } from './random.ts';

export interface BirthDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const digits = (value: number, width: number) => String(value).padStart(width, '0');

export const yyyymmdd = ({ year, month, day }: BirthDate) =>
  `${year}${digits(month, 2)}${digits(day, 2)}`;

/** An invented ID number with a right check character (GB 11643). Odd sequence numbers are male. */
export function sampleIdNumber(
  random: Random,
  region: string,
  birth: BirthDate,
  male: boolean,
): string {
  const sequence = random.int(0, 499) * 2 + (male ? 1 : 0);
  const first17 = `${region}${yyyymmdd(birth)}${digits(sequence, 3)}`;
  return first17 + idNumberCheck(first17);
}

const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Check character of an organisation code (GB 11714), positions 9–17 of a credit code. */
function organisationCheck(first8: string): string {
  const sum = [...first8].reduce(
    (total, char, i) => total + Number.parseInt(char, 36) * (ORGANISATION_WEIGHTS[i] ?? 0),
    0,
  );
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/** An invented company's credit code with right check characters (GB 32100, GB 11714). */
export function sampleCreditCode(random: Random, region: string): string {
  const serial = Array.from({ length: 6 }, () => random.pick([...CODE_CHARACTERS])).join('');
  const organisation = `MA${serial}`;
  const first17 = `91${region}${organisation}${organisationCheck(organisation)}`;
  return first17 + creditCodeCheck(first17);
}

const SURNAMES = [...'林陈黄王李张吴郑刘杨许郭何蔡叶苏谢曾洪庄'];
const GIVEN = [...'明华伟芳丽静强磊洋勇艳娟涛敏杰霞平刚玉萍红军建国志文海燕晓春秀英'];

/** An invented name. */
export function sampleName(random: Random): string {
  const given = random.pick(GIVEN) + (random.chance(0.75) ? random.pick(GIVEN) : '');
  return random.pick(SURNAMES) + given;
}
