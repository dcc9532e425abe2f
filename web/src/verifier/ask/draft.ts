import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { assertPurpose } from '../../../../src/request/audience.ts';
import type { PresetInputs } from '../../../../src/sdk/client.ts';
import type { TypedInputs } from './preset-inputs.ts';

/** Seconds a request may be answered, by the name of the choice. */
export const expiries = {
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: 30 * 86_400,
} as const;
export type Expiry = keyof typeof expiries;

/** A question as it is being filled in. */
export interface Draft {
  readonly typed: TypedInputs;
  readonly purpose: string;
  readonly expiry: Expiry;
  readonly once: boolean;
}

/** A question that can be asked. */
export interface ReadyAsk extends Pick<Draft, 'expiry' | 'once'> {
  readonly slug: string;
  readonly inputs: PresetInputs;
  readonly purpose: string;
}

export const emptyDraft: Draft = { typed: {}, purpose: '', expiry: 'week', once: false };

/** A purpose in the one form that is accepted; undefined where it is none. */
export function readPurpose(text: string): string | undefined {
  const purpose = text.normalize('NFC').trim();
  try {
    assertPurpose(purpose);
    return purpose;
  } catch (error) {
    if (error instanceof CanbaoError) return undefined;
    throw error;
  }
}
