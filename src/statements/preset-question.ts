import type { Preset, PresetInput } from './preset.ts';
import { assertInput } from './preset-fields.ts';
import { presetBySlug } from './registry.ts';
import {
  type Ask,
  presetAsks,
  presetMode,
  type SetMode,
  setPresetBySlug,
  setPresetNeeds,
} from './set-presets.ts';

/** What is asked at once; without a mode it is one thing. */
export interface Question {
  readonly mode: SetMode | undefined;
  readonly asks: readonly Ask[];
}

/** What a preset of either kind cannot do without. @throws statement.unknown_preset */
export function neededBy(slug: string): Pick<Preset, 'slug' | 'needs'> {
  const set = setPresetBySlug(slug);
  return set ? { slug, needs: setPresetNeeds(set) } : presetBySlug(slug).preset;
}

/**
 * What presets ask together.
 * @throws statement.unknown_preset, statement.preset_needs, statement.bad_input,
 * statement.preset_alone, policy.no_figure, core.out_of_range
 */
export function presetQuestion(
  slugs: readonly string[],
  asked: SetMode | undefined,
  input: PresetInput,
): Question {
  const presets = slugs.map(neededBy);
  const mode = presetMode(slugs, asked);
  const asks = presets.flatMap((preset) => {
    assertInput(preset, input);
    return presetAsks(preset.slug, input);
  });
  return { mode, asks };
}
