import type { JSX } from 'preact';
import { useRoute } from '../shell/router.ts';
import { useTexts } from '../shell/texts.ts';
import { Icon } from '../ui/icons.tsx';
import { SECTIONS } from './sections.ts';
import { AccountLine } from './session/account-line.tsx';
import { holdsAny, type Session } from './session/session-store.ts';
import { bureauTexts } from './texts.ts';

/** The parts of the page; those that take another role are there, and say so. */
export function BureauNav({ session }: { readonly session: Session }): JSX.Element {
  const texts = useTexts(bureauTexts);
  const [current = ''] = useRoute().segments;
  return (
    <div class="stack bureau-top no-print">
      <AccountLine session={session} />
      <nav class="bureau-nav" aria-label={texts.sections}>
        <a class="bureau-nav__link" href="#/" aria-current={current === '' ? 'page' : undefined}>
          <Icon name="home" size={20} />
          {texts.home}
        </a>
        {SECTIONS.map(({ id, icon, roles }) => (
          <a
            key={id}
            class="bureau-nav__link"
            href={`#/${id}`}
            aria-current={current === id ? 'page' : undefined}
          >
            <Icon name={holdsAny(session.roles, roles) ? icon : 'lock'} size={20} />
            {texts[id]}
            {!holdsAny(session.roles, roles) && (
              <span class="visually-hidden">（{texts.locked}）</span>
            )}
          </a>
        ))}
      </nav>
    </div>
  );
}
