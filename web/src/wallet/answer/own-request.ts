import { systemClock } from '../../../../src/core/clock.ts';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { parseYuan } from '../../../../src/core/money.ts';
import { monthIndex, presentMonth } from '../../../../src/core/month.ts';
import { insurances } from '../../../../src/ledger/insurance.ts';
import type { AnyRequest } from '../../../../src/request/any-request.ts';
import { assertAudience, assertPurpose } from '../../../../src/request/audience.ts';
import { createAnyRequest } from '../../../../src/request/create-any.ts';
import type { RequestDomain } from '../../../../src/request/presentation-request.ts';
import { isAccountOpening } from '../../../../src/statements/judge.ts';
import { type PresetFieldName, presetFields } from '../../../../src/statements/preset-fields.ts';
import { neededBy, presetQuestion } from '../../../../src/statements/preset-question.ts';
import { allPresets } from '../../../../src/statements/registry.ts';
import { setPresets } from '../../../../src/statements/set-presets.ts';
import type { LocalText } from '../../../../src/statements/statement-text.ts';
import type { StoredRecord } from '../open-wallet.ts';

const DAY_SECONDS = 86_400;

export interface OwnPreset {
  readonly slug: string;
  readonly name: LocalText;
}

/** Uses of whoever the record is about. */
export function ownPresets({ opening }: StoredRecord): OwnPreset[] {
  const subject = isAccountOpening(opening) ? 'account' : 'employer';
  const plain = allPresets()
    .filter(({ module }) => module.statement.subject === subject)
    .map(({ preset: { slug, name } }) => ({ slug, name }));
  return subject === 'account' ? [...plain, ...setPresets] : plain;
}

/** Inputs a preset cannot do without, and those that are part of its question. */
export function ownFields(slug: string): PresetFieldName[] {
  const needs = neededBy(slug).needs as readonly PresetFieldName[];
  return [
    ...(takesInsurance(slug) ? (['insurance'] as const) : []),
    ...needs,
    ...(needs.includes('minBaseFen') ? (['maxBaseFen'] as const) : []),
  ];
}

/** Whether its question is another for another insurance. */
function takesInsurance(slug: string): boolean {
  const asked = insurances.map((insurance) => {
    try {
      const { asks } = presetQuestion([slug], undefined, { ...anyInput, insurance });
      return asks.map(({ params }) => params.insurance).join();
    } catch {
      // Without a figure for the city there is none for any insurance.
      return '';
    }
  });
  return new Set(asked).size > 1;
}

/** Fills every need, so that two insurances can be held against one another. */
const anyInput = {
  asOf: monthIndex(2026, 1),
  onMonth: monthIndex(2026, 1),
  region: presetFields.region.read('350203'),
  employer: presetFields.employer.read('91350200M0001AAA3H'),
  minMonths: 1,
  minBaseFen: parseYuan('1'),
  averageWageFen: parseYuan('1'),
};

export interface OwnRequest {
  readonly slug: string;
  /** As typed, by field: amounts in yuan, months `YYYY-MM`. */
  readonly typed: Readonly<Partial<Record<PresetFieldName, string>>>;
  readonly audience: string;
  readonly purpose: string;
  readonly days: number;
}

/**
 * The request a holder makes of themselves.
 * @throws request.bad_audience, request.bad_purpose, and what `presetQuestion` and readers throw
 */
export function ownRequest(
  { slug, typed, audience, purpose, days }: OwnRequest,
  { opening }: StoredRecord,
  domain: RequestDomain,
): AnyRequest {
  const origin = originOf(audience);
  assertAudience(origin);
  const named = purpose.normalize('NFC').trim();
  assertPurpose(named);
  const { mode, asks } = presetQuestion([slug], undefined, {
    ...readTyped(typed),
    asOf: opening.epoch.month,
    requestedIn: presentMonth(systemClock),
  });
  return createAnyRequest({
    ...{ mode, asks, domain, audience: origin, purpose: named },
    expiresAt: systemClock() + days * DAY_SECONDS,
  });
}

/** `www.bank.com/loans` → `https://www.bank.com`; what is none stays as it is. */
function originOf(text: string): string {
  const typed = text.trim();
  const address = typed.includes('://') ? typed : `https://${typed}`;
  const origin = URL.canParse(address) ? new URL(address).origin : typed;
  return origin === 'null' ? typed : origin;
}

function readTyped(typed: OwnRequest['typed']) {
  const entries = Object.entries(typed) as [PresetFieldName, string][];
  return Object.fromEntries(
    entries
      .map(([name, text]) => [name, text.trim()] as const)
      .filter(([, text]) => text !== '')
      .map(([name, text]) => [name, readField(name, text)]),
  );
}

function readField(name: PresetFieldName, text: string): unknown {
  return name.endsWith('Fen') ? parseYuan(text.replaceAll(',', '')) : presetFields[name].read(text);
}

/** The field of the form an error is about. */
export function faultyField(error: unknown): 'audience' | 'purpose' | undefined {
  if (!(error instanceof CanbaoError)) return undefined;
  if (error.code === 'request.bad_audience') return 'audience';
  return error.code === 'request.bad_purpose' ? 'purpose' : undefined;
}
