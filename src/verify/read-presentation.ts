import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { ParamsLayout, ParamsLayouts } from '../request/params.ts';
import {
  decodePresentation,
  encodePresentation,
  type Presentation,
} from '../request/presentation.ts';
import type { VerdictDetail, VerdictReason } from './verdict.ts';

/** A finding that ends the check. */
export interface Finding {
  readonly reason: VerdictReason;
  readonly detail?: VerdictDetail;
}

/** Decodes a presentation file, or checks one that is decoded already. Never throws. */
export function readPresentation(
  input: unknown,
  statements: ParamsLayouts,
): { presentation: Presentation; statement: ParamsLayout } | Finding {
  try {
    // A decoded presentation takes the same road: a caller may have built or changed it.
    const isDecoded = typeof (input as Presentation | null)?.nullifier === 'bigint';
    const json = isDecoded ? encodePresentation(input as Presentation) : input;
    const presentation = decodePresentation(json, statements);
    const statement = statements.get(presentation.request.statement);
    if (statement) return { presentation, statement };
    throw new CanbaoError('statement.unknown', { statement: presentation.request.statement });
  } catch (error) {
    const reason = isCode(error, 'statement.unknown') ? 'unknown_statement' : 'malformed';
    if (error instanceof CanbaoError) return { reason, detail: detailOf(error) };
    // Only an object that misbehaves when read gets here, such as a getter that throws.
    const facts = { reason: 'it cannot be read' };
    return { reason, detail: { code: 'presentation.malformed', facts } };
  }
}

export function detailOf({ code, facts }: CanbaoError): VerdictDetail {
  return { code, facts };
}

function isCode(error: unknown, code: CanbaoError['code']): boolean {
  return error instanceof CanbaoError && error.code === code;
}
