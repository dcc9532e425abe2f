import { CanbaoError, type Language } from '../../core/errors/canbao-error.ts';
import { encodeParams } from '../../request/params.ts';
import { policyNotes } from '../../statements/policy-notes.ts';
import type { PresetInput } from '../../statements/preset.ts';
import { neededBy, presetQuestion } from '../../statements/preset-question.ts';
import { allPresets, presetBySlug, statementModule } from '../../statements/registry.ts';
import { type Ask, setPresetBySlug, setPresets } from '../../statements/set-presets.ts';
import type { LocalText } from '../../statements/statement-text.ts';
import type { Service } from '../service.ts';
import { type GivenInput, presetInput } from './question.ts';

/** A named use, as whoever asks chooses it. */
export interface CataloguedPreset {
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
  readonly asks?: readonly CataloguedAsk[];
}

export interface CataloguedAsk {
  readonly statement: string;
  readonly params: Readonly<Record<string, string>>;
  /** What the verifier asks to be proven, as a sentence. */
  readonly asks: LocalText;
  readonly reveals: Readonly<Record<Language, readonly string[]>>;
  readonly hides: Readonly<Record<Language, readonly string[]>>;
}

const inBoth = <T>(text: (language: Language) => T): Readonly<Record<Language, T>> => ({
  en: text('en'),
  zh: text('zh'),
});

/** Every preset, those of several statements last; with texts where it needs no input. */
export async function presetCatalogue(service: Service): Promise<CataloguedPreset[]> {
  const slugs = [...allPresets().map(({ preset }) => preset), ...setPresets].map(
    ({ slug }) => slug,
  );
  const input = await presetInput(service).catch((error: unknown) => {
    // Before the first month is published presets have no windows yet.
    if (error instanceof CanbaoError && error.code === 'ledger.no_epoch') return undefined;
    throw error;
  });
  return slugs.map((slug) => {
    const entry = describe(slug);
    return input && entry.needs.length === 0 ? { ...entry, asks: asksFor(slug, input) } : entry;
  });
}

/** One preset, for an input. @throws what `presetInput` and `presetQuestion` throw */
export async function cataloguedPreset(
  service: Service,
  slug: string,
  given: GivenInput,
): Promise<CataloguedPreset> {
  const entry = describe(slug);
  return { ...entry, asks: asksFor(slug, await presetInput(service, given)) };
}

function describe(slug: string): CataloguedPreset {
  const { needs } = neededBy(slug);
  const set = setPresetBySlug(slug);
  const parts = (set?.parts ?? [{ preset: slug }]).map((part) => presetBySlug(part.preset));
  return {
    slug,
    name: set?.name ?? parts[0]?.preset.name ?? { en: slug, zh: slug },
    ...(set && { mode: set.mode }),
    statements: parts.map(({ module }) => module.statement.name),
    needs,
    policies: [...new Set(parts.flatMap(({ preset }) => preset.policy ?? []))],
    notes: inBoth((language) => policyNotes([slug], language)),
  };
}

function asksFor(slug: string, input: PresetInput): CataloguedAsk[] {
  return presetQuestion([slug], undefined, input).asks.map(describeAsk);
}

function describeAsk({ statement, params }: Ask): CataloguedAsk {
  const { text } = statementModule(statement.name);
  return {
    statement: statement.name,
    params: encodeParams(params),
    asks: inBoth((language) => text.asks(params, language)),
    reveals: inBoth((language) => text.reveals(params, language)),
    hides: inBoth((language) => text.hides(params, language)),
  };
}
