import { type ErrorCode, errorCatalogue } from './catalogue.ts';

/** Named facts an error message is composed from. Never private inputs. */
export type ErrorFacts = Readonly<Record<string, string | number | bigint | boolean | undefined>>;

/** The languages every text of the product exists in. */
export type Language = 'en' | 'zh';

/**
 * The one error class. `code` is stable and documented; the message is composed
 * from the catalogue's template and the named facts.
 */
export class CanbaoError extends Error {
  override readonly name = 'CanbaoError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts = {}, cause?: unknown) {
    super(errorText(code, facts, 'en'), cause === undefined ? undefined : { cause });
    this.code = code;
    this.facts = facts;
  }

  /** HTTP status the catalogue gives this code. */
  get status(): number {
    return errorCatalogue[this.code].status;
  }

  /** The message in the given language. */
  text(language: Language): string {
    return errorText(this.code, this.facts, language);
  }
}

/** Composes the sentence of an error code: `{name}` stands for the fact of that name. */
export function errorText(code: ErrorCode, facts: ErrorFacts, language: Language): string {
  return errorCatalogue[code][language].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(facts[name] ?? '?'),
  );
}

/** Facts as JSON takes them: bigints as decimals, nothing that is undefined. */
export type PlainFacts = Readonly<Record<string, string | number | boolean>>;

export function plainFacts(facts: ErrorFacts): Record<string, string | number | boolean> {
  const told = Object.entries(facts).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [[name, typeof value === 'bigint' ? `${value}` : value] as const];
  });
  return Object.fromEntries(told);
}
