import { CanbaoError } from '../core/errors/canbao-error.ts';
import { insurances } from '../ledger/insurance.ts';
import type { Statement } from './define-statement.ts';
import { type PresetInput, presetParams } from './preset.ts';
import { presetBySlug } from './registry.ts';
import type { LocalText, Params } from './statement-text.ts';

/** Whether every statement of a set must be proven, or any one of them. */
export type SetMode = 'all' | 'any';

/** A statement with its thresholds: one question. */
export interface Ask {
  readonly statement: Statement;
  readonly params: Params;
}

/** A use that needs several statements at once, composed of presets. */
export interface SetPreset {
  readonly slug: string;
  readonly name: LocalText;
  readonly mode: SetMode;
  /** Presets by slug, with what this use fixes of their input. */
  readonly parts: readonly {
    readonly preset: string;
    readonly input?: Partial<PresetInput>;
  }[];
}

const medicalAtRetirement = (sex: 'men' | 'women', en: string, zh: string): SetPreset => ({
  slug: `medical-at-retirement-${sex}`,
  name: {
    en: `Medical insurance at retirement (${en}): years in all, and years in the city`,
    zh: `退休医保待遇（${zh}）：累计年限与本市实际缴费年限`,
  },
  mode: 'all',
  parts: [{ preset: `medical-total-${sex}` }, { preset: 'medical-in-city' }],
});

/** Uses of several statements. */
export const setPresets: readonly SetPreset[] = [
  {
    slug: 'points-settlement-all-five',
    name: {
      en: 'Points settlement: the consecutive months in all five insurances',
      zh: '积分落户：五险均连续缴费',
    },
    mode: 'all',
    parts: insurances.map((insurance) => ({ preset: 'points-settlement', input: { insurance } })),
  },
  medicalAtRetirement('men', 'men', '男'),
  medicalAtRetirement('women', 'women', '女'),
  {
    slug: 'flexible-worker',
    name: {
      en: 'Flexible worker: pension and medical insurance now, on a base within the bounds',
      zh: '灵活就业：当月缴纳养老和医疗保险，且缴费基数在上下限内',
    },
    mode: 'all',
    parts: [
      { preset: 'insured-now', input: { insurance: 'pension' } },
      { preset: 'insured-now', input: { insurance: 'medical' } },
      { preset: 'base-within-bounds', input: { insurance: 'pension' } },
    ],
  },
];

/** Input fields a set preset cannot do without. */
export function setPresetNeeds({ parts }: SetPreset): (keyof PresetInput)[] {
  const needs = parts.flatMap(({ preset, input = {} }) =>
    presetBySlug(preset).preset.needs.filter((field) => input[field] === undefined),
  );
  return [...new Set(needs)];
}

/** The set preset of that name; undefined if it is another's, or nobody's. */
export function setPresetBySlug(slug: string): SetPreset | undefined {
  return setPresets.find((candidate) => candidate.slug === slug);
}

/**
 * What a preset of either kind asks, for an input.
 * @throws statement.unknown_preset, statement.preset_needs, policy.no_figure
 */
export function presetAsks(slug: string, input: PresetInput): Ask[] {
  const parts = setPresetBySlug(slug)?.parts ?? [{ preset: slug }];
  return parts.map(({ preset: part, input: fixed = {} }) => {
    const { module, preset } = presetBySlug(part);
    return { statement: module.statement, params: presetParams(preset, { ...input, ...fixed }) };
  });
}

/**
 * How presets asked for together are joined: a set preset brings its own mode, and stands alone.
 * undefined for one plain preset.
 * @throws statement.preset_alone where a set preset is joined with another or told another mode
 */
export function presetMode(slugs: readonly string[], asked: SetMode | undefined) {
  const set = slugs.map(setPresetBySlug).find((candidate) => candidate !== undefined);
  if (!set) return slugs.length > 1 ? (asked ?? 'all') : undefined;
  if (slugs.length > 1 || (asked !== undefined && asked !== set.mode)) {
    throw new CanbaoError('statement.preset_alone', { preset: set.slug, mode: set.mode });
  }
  return set.mode;
}
