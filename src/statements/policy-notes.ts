import type { Language } from '../core/errors/canbao-error.ts';
import { newestVersion } from './policy.ts';
import { presetBySlug } from './registry.ts';
import { setPresetBySlug } from './set-presets.ts';

/** What whoever asks should know of presets' figures: which policies were not read in an official text. */
export function policyNotes(slugs: readonly string[], language: Language): string[] {
  const presets = slugs.flatMap(
    (slug) => setPresetBySlug(slug)?.parts.map(({ preset }) => preset) ?? [slug],
  );
  const policies = presets.flatMap((slug) => presetBySlug(slug).preset.policy ?? []);
  return [...new Set(policies)]
    .filter(isUnconfirmed)
    .map((policy) =>
      language === 'zh'
        ? `政策${policy}的数字未经官方文本核对，使用前请确认（policies/）。`
        : `The figures of the policy ${policy} were not read in an official text: confirm them (policies/).`,
    );
}

function isUnconfirmed(policy: string): boolean {
  return Object.values(newestVersion(policy).figures).some(
    ({ certainty }) => certainty !== 'official',
  );
}
