import type { Language } from '../core/errors/canbao-error.ts';
import type { LocalText } from './statement-text.ts';

/** A named use, as whoever asks chooses it. */
export interface PresetDescription {
  readonly slug: string;
  readonly name: LocalText;
  /** Of a preset that is a set. */
  readonly mode?: 'all' | 'any';
  /** Statements it asks, in their order. */
  readonly statements: readonly string[];
  /** Inputs it cannot do without. */
  readonly needs: readonly string[];
  /** Policies its figures are from. */
  readonly policies: readonly string[];
  /** What whoever asks should know of the figures. */
  readonly notes: Readonly<Record<Language, readonly string[]>>;
  /** What it asks for an input; none where it needs more than was given. */
  readonly asks?: readonly AskDescription[];
}

export interface AskDescription {
  readonly statement: string;
  readonly params: Readonly<Record<string, string>>;
  /** What the verifier asks to be proven, as a sentence. */
  readonly asks: LocalText;
  readonly reveals: Readonly<Record<Language, readonly string[]>>;
  readonly hides: Readonly<Record<Language, readonly string[]>>;
}
