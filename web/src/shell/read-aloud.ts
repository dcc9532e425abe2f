import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { createStore, type Store, useStore } from './store.ts';

/** `failed`: the voice did not speak. */
export type Reading = 'silent' | 'reading' | 'failed';

export const reading: Store<Reading> = createStore<Reading>('silent');

const synthesis = 'speechSynthesis' in globalThis ? speechSynthesis : undefined;
const voices = createStore<readonly SpeechSynthesisVoice[]>([]);
if (synthesis) {
  // Those of the device alone: to be read by another, a screen would have to leave it.
  const look = () => voices.set(synthesis.getVoices().filter(({ localService }) => localService));
  look();
  synthesis.onvoiceschanged = look;
}

/** As devices name them, the best first; Chinese otherwise spoken is better than none. */
const TAGS = { zh: ['zh-cn', 'cmn', 'zh-hans', 'zh'], en: ['en-gb', 'en'] } as const;

/** The device's voice for a language; undefined while there is none. */
export function useVoice(language: Language): SpeechSynthesisVoice | undefined {
  const present = useStore(voices);
  const tagOf = ({ lang }: SpeechSynthesisVoice) => lang.toLowerCase().replaceAll('_', '-');
  return TAGS[language]
    .map((tag) => present.find((voice) => tagOf(voice).startsWith(tag)))
    .find((voice) => voice !== undefined);
}

/** A sentence at a time: browsers stop in the middle of long texts. */
export function readAloud(element: HTMLElement, voice: SpeechSynthesisVoice): void {
  stopReading();
  const utterances = sentencesOf(element).map((sentence) => {
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = 0.9;
    utterance.onerror = ({ error }) => {
      if (error !== 'canceled' && error !== 'interrupted') reading.set('failed');
    };
    return utterance;
  });
  const last = utterances.at(-1);
  if (!last) return;
  last.onend = () => reading.set('silent');
  reading.set('reading');
  for (const utterance of utterances) synthesis?.speak(utterance);
}

export function stopReading(): void {
  synthesis?.cancel();
  reading.set('silent');
}

/** As it is seen: what is hidden is not read, and neither are marks between words. */
function sentencesOf(element: HTMLElement): string[] {
  const text = element.innerText.replace(/[\p{So}·•…]+/gu, ' ');
  const sentences = text.match(/[^。！？\n]+?(?:[。！？]|[.!?](?=\s)|$)/gm) ?? [];
  return sentences.map((one) => one.trim()).filter((one) => /[\p{L}\p{N}]/u.test(one));
}
