import { z } from 'zod';
import { policyBody } from '../service/verdicts/policy.ts';
import { verdictAnswer } from '../service/verdicts/verdict-json.ts';

const MOST_PRESENTATIONS = 500;

const presentation = z.unknown().meta({
  description: 'A `canbao/presentation@1` or `canbao/presentation-set@1`',
});

/** What the verifier holds a presentation against. */
const expected = {
  request: z.unknown().optional().meta({
    description: 'Your own copy of the request: `canbao/request@1` or `canbao/request-set@1`',
  }),
  audience: z.string().max(300).exactOptional().meta({
    description: 'Without a copy: whom it must be made for',
  }),
  policy: policyBody.exactOptional(),
};

export type Expected = Pick<z.output<typeof verifyBody>, keyof typeof expected>;

export const verifyBody = z.strictObject({ presentation, ...expected });
const name = z.string().min(1).max(200);
/** Many, under names of the verifier's, all held against the same. */
export const batchBody = z.strictObject({
  presentations: z.array(z.strictObject({ name, presentation })).min(1).max(MOST_PRESENTATIONS),
  ...expected,
});

export const batchAnswer = z.object({
  verified: z.boolean().meta({ description: 'Whether all are' }),
  summary: z.object({
    total: z.int(),
    verified: z.int(),
    refused: z.int().meta({ description: 'Well-formed, but false' }),
    malformed: z.int(),
    repeated: z.int().meta({ description: 'Verified, but of a holder who is there already' }),
    holders: z.int().exactOptional().meta({
      description: 'Different holders among the verified; only where they share a scope',
    }),
  }),
  verdicts: z.array(
    verdictAnswer.extend({
      name: z.string(),
      repeats: z.string().exactOptional().meta({
        description: 'Name of an earlier verified one of the same holder',
      }),
    }),
  ),
});
