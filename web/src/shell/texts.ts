import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { useSettings } from './settings.ts';

/** The same names in another language; functions keep their arguments. */
type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : T[K] };

export type Texts<T> = Readonly<Record<Language, Translated<T>>>;

/**
 * What people read, in both languages: a name that one of them lacks does not compile.
 *
 * @example
 * ```ts
 * const texts = defineTexts({
 *   zh: { title: '核验', found: (count: number) => `共 ${count} 份` },
 *   en: { title: 'Verify', found: (count: number) => `${count} found` },
 * });
 * ```
 */
export function defineTexts<T>(texts: {
  readonly zh: T;
  readonly en: NoInfer<Translated<T>>;
}): Texts<T> {
  return texts as Texts<T>;
}

export function useLanguage(): Language {
  return useSettings().language;
}

/** The texts in the reader's language. */
export function useTexts<T>(texts: Texts<T>): Translated<T> {
  return texts[useLanguage()];
}
