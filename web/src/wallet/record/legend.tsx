import type { JSX } from 'preact';
import { useTexts } from '../../shell/texts.ts';
import { MonthMark } from './month-mark.tsx';
import type { MonthKind } from './months.ts';
import { recordTexts } from './texts.ts';

const KINDS: readonly MonthKind[] = ['paid', 'late', 'gap', 'outside'];

/** What the signs mean. */
export function Legend(): JSX.Element {
  const texts = useTexts(recordTexts);
  return (
    <dl class="legend" aria-label={texts.legend}>
      {KINDS.map((kind) => (
        <div key={kind}>
          <dt>
            <span class="legend__mark" data-kind={kind}>
              <MonthMark kind={kind} />
            </span>
            {texts.kinds[kind]}
          </dt>
          <dd class="soft">{texts.kindTexts[kind]}</dd>
        </div>
      ))}
    </dl>
  );
}
