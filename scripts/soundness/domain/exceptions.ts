import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Params } from '../../../src/statements/statement-text.ts';

/** Where a changed input may be accepted, reviewed one by one; everywhere else it must be refused. */
const exceptionSchema = z.strictObject({
  /** `input`: changed alone. `word`: past its width, and hashed into leaf and root. */
  kind: z.enum(['input', 'word']),
  /** Names, or `*`. */
  statements: z.array(z.string()).min(1),
  /** Regular expression for the whole name of an element. */
  input: z.string(),
  /** Values from 2^bits on are refused all the same. */
  bits: z.int().positive().optional(),
  /** A param the exception depends on: 0, or together with the element's index below a limit. */
  when: z
    .discriminatedUnion('is', [
      z.strictObject({ param: z.string(), is: z.literal('zero') }),
      z.strictObject({ param: z.string(), is: z.literal('plus-index-below'), limit: z.int() }),
    ])
    .optional(),
  /** What becomes of the nullifier. */
  nullifier: z.enum(['same', 'other']),
  reason: z.string().min(40),
});
export type DomainException = z.infer<typeof exceptionSchema>;

/** A changed element. */
export interface ChangedElement {
  readonly kind: DomainException['kind'];
  readonly statement: string;
  readonly name: string;
  readonly index: number;
  readonly value: bigint;
  readonly params: Params;
}

/** @throws ZodError */
export function readExceptions(): DomainException[] {
  const path = join(import.meta.dirname, 'exceptions.json');
  return z.array(exceptionSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** How results name an exception: `input scope`. */
export function exceptionPlace({ kind, input }: DomainException): string {
  return `${kind} ${input}`;
}

/** The exception under which a change may be accepted, if there is one. */
export function exceptionFor(
  exceptions: readonly DomainException[],
  change: ChangedElement,
): DomainException | undefined {
  return exceptions.find(
    ({ kind, statements, input, bits, when }) =>
      kind === change.kind &&
      (statements.includes('*') || statements.includes(change.statement)) &&
      new RegExp(`^${input}$`).test(change.name) &&
      (bits === undefined || change.value >> BigInt(bits) === 0n) &&
      (when === undefined || holds(when, change)),
  );
}

function holds(
  when: NonNullable<DomainException['when']>,
  { params, index }: ChangedElement,
): boolean {
  const value = params[when.param];
  if (value === undefined) return false;
  return when.is === 'zero' ? value === 0n : value + BigInt(index) < BigInt(when.limit);
}
