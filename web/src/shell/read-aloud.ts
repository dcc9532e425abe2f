import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { createStore, type Store } from './store.ts';

/** `failed`: the device has no voice for the language. */
export type Reading = 'silent' | 'reading' | 'failed';

export const reading: Store<Reading> = createStore<Reading>('silent');

export const canReadAloud = 'speechSynthesis' in globalThis;

/** A sentence at a time: browsers stop in the middle of long texts. */
export function readAloud(element: HTMLElement, language: Language): void {
  stopReading();
  const tag = language === 'zh' ? 'zh-CN' : 'en-GB';
  const sentences = readableText(element).match(/[^。！？\n]+?(?:[。！？]|[.!?](?=\s)|$)/gm) ?? [];
  const spoken = sentences.map((sentence) => sentence.trim()).filter(Boolean);
  const utterances = spoken.map((sentence) => {
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.lang = tag;
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
  for (const utterance of utterances) speechSynthesis.speak(utterance);
}

export function stopReading(): void {
  if (!canReadAloud) return;
  speechSynthesis.cancel();
  reading.set('silent');
}

/** As it is seen: what is hidden is not read. */
function readableText(element: HTMLElement): string {
  return element.innerText.replace(/\n+/g, '\n');
}
