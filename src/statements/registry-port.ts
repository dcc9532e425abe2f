import type { Statement } from './define-statement.ts';

/** Where statements are looked up by name (`coverage@1`); the generated registry is the only one shipped. */
export interface StatementRegistry {
  get(name: string): Statement | undefined;
  /** In the order of their names. */
  all(): readonly Statement[];
}
