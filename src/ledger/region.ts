import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Brand } from '../core/field.ts';

/** A GB/T 2260 administrative division: six digits as a number, 110000 to 829999. 20 bits. */
export type Region = Brand<number, 'Region'>;

/** Provinces that are one city (GB/T 2260): every district of them is the same place. */
const MUNICIPALITIES = new Set([11, 12, 31, 50]);

/** @throws ledger.bad_region */
export function parseRegion(text: string): Region {
  const value = Number(text);
  if (!/^\d{6}$/.test(text) || value < 110_000 || value > 829_999) {
    throw new CanbaoError('ledger.bad_region', { value: text });
  }
  return value as Region;
}

/**
 * The city a division belongs to, as runs and requests name it: rules speak of cities, records of
 * districts. 350203 → 350200; districts of a municipality → the municipality (110105 → 110000).
 */
export function cityOf(region: Region): Region {
  const province = Math.floor(region / 10_000);
  const unit = MUNICIPALITIES.has(province) ? 10_000 : 100;
  return (Math.floor(region / unit) * unit) as Region;
}
