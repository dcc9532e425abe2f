import { styleText } from 'node:util';
import ora from 'ora';
import type { Language } from '../core/errors/canbao-error.ts';

/** A line that moves while something longer than a moment goes on. */
export interface Progress {
  /** @param share 0 to 1 */
  update(share: number, detail?: string): void;
  done(): void;
}

/** What a command talks to a person, or to a program, through. */
export interface Terminal {
  readonly language: Language;
  readonly json: boolean;
  /** A line for a person; nothing under `--json`. */
  say(text?: string): void;
  heading(text: string): void;
  /** The command's answer: one JSON line under `--json`, otherwise nothing. */
  result(value: unknown): void;
  /** Shown on standard error after a moment, so that quick work stays silent. */
  progress(text: string): Progress;
  /** Chooses the sentence of the terminal's language. */
  text(en: string, zh: string): string;
}

export interface TerminalOptions {
  readonly language: Language;
  readonly json: boolean;
  /** Whether progress is written at all; off in tests. */
  readonly quiet?: boolean;
}

/** Quicker work than this shows no progress line, ms. */
const SILENT_MS = 700;

export function openTerminal({ language, json, quiet = false }: TerminalOptions): Terminal {
  return {
    language,
    json,
    say(text = '') {
      if (!json) process.stdout.write(`${text}\n`);
    },
    heading(text) {
      if (!json) process.stdout.write(`\n${styleText('bold', text)}\n`);
    },
    result(value) {
      if (json) process.stdout.write(jsonLine(value));
    },
    progress: (text) => (quiet ? silent : spinner(text)),
    text: (en, zh) => (language === 'zh' ? zh : en),
  };
}

/** One line of JSON, bigints as decimal strings: JSON numbers lose digits. */
export function jsonLine(value: unknown): string {
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? inner.toString() : inner,
  );
  return `${text}\n`;
}

const silent: Progress = { update() {}, done() {} };

function spinner(text: string): Progress {
  const line = ora({ text, discardStdin: false, stream: process.stderr });
  // Without a terminal nothing can move: the text is said once.
  const show = () => {
    if (process.stderr.isTTY) line.start();
    else process.stderr.write(`… ${text}\n`);
  };
  const timer = setTimeout(show, SILENT_MS);
  return {
    update(share, detail) {
      const percent = `${Math.floor(share * 100)} %`;
      line.text = detail === undefined ? `${text} ${percent}` : `${text} ${percent}, ${detail}`;
      // Computation between two updates leaves the spinner no turn of its own.
      if (line.isSpinning) line.render();
    },
    done() {
      clearTimeout(timer);
      line.stop();
    },
  };
}
