import { z } from 'zod';
import { insurances } from '../../../ledger/insurance.ts';
import { presetFields } from '../../../statements/preset-fields.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

const whole = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);
/** Numbers of a body, and of a query. */
export const presetInputBody = presetInputs(whole);
export const presetInputQuery = presetInputs(z.coerce.number<string>().pipe(whole));

/** Inputs of presets; what they mean is read by `presetInput`. */
function presetInputs<T extends z.ZodType<number>>(count: T) {
  const of = <S extends z.ZodType>(field: keyof typeof presetFields, schema: S, more = '') =>
    schema.meta({ description: presetFields[field].about + more }).optional();
  return z.strictObject({
    asOf: month.meta({ description: 'Month asked about; default: the last published' }).optional(),
    insurance: of('insurance', z.enum(insurances)),
    region: of('region', z.string().regex(/^\d{6}$/)),
    employer: of('employer', z.string().length(18)),
    onMonth: of('onMonth', month),
    identityBefore: of('identityBefore', month),
    minMonths: of('minMonths', count),
    minPeople: of('minPeople', count),
    minBaseFen: of('minBaseFen', count, ', in fen'),
    maxBaseFen: of('maxBaseFen', count, ', in fen'),
    averageWageFen: of('averageWageFen', count, ', in fen'),
  });
}
