/** The five social insurances, in the order of `coverage[0..4]` and of every 5-bit mask (bit 0 = pension). */
export const insurances = [
  'pension',
  'medical',
  'unemployment',
  'workInjury',
  'maternity',
] as const;

export type Insurance = (typeof insurances)[number];

/** 0 pension, 1 medical, 2 unemployment, 3 work injury, 4 maternity. */
export function insuranceIndex(insurance: Insurance): number {
  return insurances.indexOf(insurance);
}
