import { CanbaoError, type Language } from '../../core/errors/canbao-error.ts';
import { encodeParams } from '../../request/params.ts';
import { policyNotes } from '../../statements/policy-notes.ts';
import type { PresetInput } from '../../statements/preset.ts';
import type { AskDescription, PresetDescription } from '../../statements/preset-description.ts';
import { neededBy, presetQuestion } from '../../statements/preset-question.ts';
import { allPresets, presetBySlug, statementModule } from '../../statements/registry.ts';
import { type Ask, setPresetBySlug, setPresets } from '../../statements/set-presets.ts';
import type { Service } from '../service.ts';
import { type GivenInput, presetInput } from './question.ts';

const inBoth = <T>(text: (language: Language) => T): Readonly<Record<Language, T>> => ({
  en: text('en'),
  zh: text('zh'),
});

/** Every preset, those of several statements last; with texts where it needs no input. */
export async function presetCatalogue(service: Service): Promise<PresetDescription[]> {
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
): Promise<PresetDescription> {
  const entry = describe(slug);
  return { ...entry, asks: asksFor(slug, await presetInput(service, given)) };
}

function describe(slug: string): PresetDescription {
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

function asksFor(slug: string, input: PresetInput): AskDescription[] {
  return presetQuestion([slug], undefined, input).asks.map(describeAsk);
}

function describeAsk({ statement, params }: Ask): AskDescription {
  const { text } = statementModule(statement.name);
  return {
    statement: statement.name,
    params: encodeParams(params),
    asks: inBoth((language) => text.asks(params, language)),
    reveals: inBoth((language) => text.reveals(params, language)),
    hides: inBoth((language) => text.hides(params, language)),
  };
}
