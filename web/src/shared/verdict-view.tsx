import type { ComponentChildren, JSX } from 'preact';
import { errorText, type Language } from '../../../src/core/errors/canbao-error.ts';
import { type ErrorCode, errorCatalogue } from '../../../src/core/errors/catalogue.ts';
import type { VerdictAnswer } from '../../../src/sdk/answers.ts';
import { anyVerdictNotes, anyVerdictText } from '../../../src/verify/set-texts.ts';
import type { VerdictDetail } from '../../../src/verify/verdict.ts';
import type { AnyVerdict } from '../../../src/verify/verify-any.ts';
import { faultText } from '../shell/fault-text.ts';
import { useTexts } from '../shell/texts.ts';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { sharedTexts } from './shared-texts.ts';
import './verdict.css';

/** A verdict as it is told, whoever gave it. */
export interface ToldVerdict {
  readonly valid: boolean;
  /** The reason as a sentence. */
  readonly text: string;
  /** To be shown wherever the verdict is. */
  readonly notes: readonly string[];
}

/** Of a verdict this page came to itself. */
export function tellVerdict(verdict: AnyVerdict, language: Language): ToldVerdict {
  return {
    valid: verdict.valid,
    text: plain(anyVerdictText(verdict, language), verdict.detail, language),
    notes: anyVerdictNotes(verdict, language),
  };
}

/** Of a service's answer: its texts are in the language it was asked in. */
export function tellAnswer({ verified, text, notes, detail }: VerdictAnswer): ToldVerdict {
  // Only Chinese texts have something to be put into plain words.
  return { valid: verified, text: plain(text, detail, 'zh'), notes };
}

/** A verdict's sentence with what was wrong told as pages tell it. */
function plain(text: string, detail: VerdictAnswer['detail'] | VerdictDetail, language: Language) {
  if (!detail || !Object.hasOwn(errorCatalogue, detail.code)) return text;
  const fault = { code: detail.code as ErrorCode, facts: detail.facts };
  const [from, to] = [errorText(fault.code, fault.facts, language), faultText(fault, language)];
  return text.replace(from, () => to);
}

export interface VerdictViewProps {
  readonly verdict: ToldVerdict;
  /** What was asked, facts, what to do next. */
  readonly children?: ComponentChildren;
}

/** Whether it holds, in a word, and why, in a sentence; then what must be known of it. */
export function VerdictView({ verdict, children }: VerdictViewProps): JSX.Element {
  const texts = useTexts(sharedTexts);
  const { valid, text, notes } = verdict;
  return (
    <section class={classes('verdict', valid ? 'verdict--good' : 'verdict--bad')} role="status">
      <div class="verdict__head">
        <span class="verdict__mark">
          <Icon name={valid ? 'check' : 'cross'} size={40} />
        </span>
        <strong class="verdict__word">{valid ? texts.holds : texts.refused}</strong>
      </div>
      <p class="lead">{text}</p>
      {children}
      {notes.map((note) => (
        <Notice key={note} tone="warn">
          {note}
        </Notice>
      ))}
    </section>
  );
}
