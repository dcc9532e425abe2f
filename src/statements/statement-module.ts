import type { Statement } from './define-statement.ts';
import type { Preset } from './preset.ts';
import type { StatementText } from './statement-text.ts';

/** A statement folder: the predicate, its words and its uses. */
export interface StatementModule {
  readonly statement: Statement;
  readonly text: StatementText;
  readonly presets: readonly Preset[];
}
