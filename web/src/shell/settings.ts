import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { keptText } from './kept-text.ts';
import { createStore, useStore } from './store.ts';

/** How somebody likes to read. Kept on the device; says nothing of what they read. */
export interface Settings {
  readonly language: Language;
  readonly largeType: boolean;
  readonly highContrast: boolean;
}

const STORAGE_KEY = 'canbao-settings';
const keptChoice = keptText('localStorage', STORAGE_KEY);

export const settings = createStore<Settings>(initialSettings());

export function useSettings(): Settings {
  return useStore(settings);
}

export function changeSettings(change: Partial<Settings>): void {
  const changed = { ...settings.get(), ...change };
  settings.set(changed);
  keptChoice.write(JSON.stringify(changed));
}

/** Writes the settings onto the document, now and whenever they change. */
export function applySettings(): void {
  const apply = () => {
    const { language, largeType, highContrast } = settings.get();
    const root = document.documentElement;
    root.lang = language === 'zh' ? 'zh-CN' : 'en';
    root.dataset.size = largeType ? 'large' : 'normal';
    root.dataset.contrast = highContrast ? 'high' : 'normal';
  };
  apply();
  settings.subscribe(apply);
  // Chosen on another page of ours.
  addEventListener('storage', ({ key }) => {
    if (key === STORAGE_KEY) settings.set(initialSettings());
  });
}

function initialSettings(): Settings {
  const kept = keptSettings();
  const { language, largeType, highContrast } = kept;
  return {
    language: language === 'zh' || language === 'en' ? language : browserLanguage(),
    largeType: largeType === true,
    highContrast:
      typeof highContrast === 'boolean'
        ? highContrast
        : (globalThis.matchMedia?.('(prefers-contrast: more)').matches ?? false),
  };
}

function keptSettings(): Partial<Record<keyof Settings, unknown>> {
  try {
    const kept: unknown = JSON.parse(keptChoice.read() ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

/** The first of the reader's languages that we speak; Chinese where there is none, as outside browsers. */
function browserLanguage(): Language {
  for (const tag of globalThis.navigator?.languages ?? []) {
    if (/^zh\b/i.test(tag)) return 'zh';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'zh';
}
