import type { JSX } from 'preact';
import { Screen } from '../shell/screen.tsx';
import { useTexts } from '../shell/texts.ts';
import { Door } from '../ui/card.tsx';
import { SECTIONS } from './sections.ts';
import { holdsAny, type Session } from './session/session-store.ts';
import { sessionTexts } from './session/texts.ts';
import { bureauTexts } from './texts.ts';

/** What there is to do: one's own work first. */
export function HomeScreen({ session }: { readonly session: Session }): JSX.Element {
  const texts = useTexts(sessionTexts);
  const names = useTexts(bureauTexts);
  const lines = {
    imports: texts.importsText,
    months: texts.monthsText,
    enrolment: texts.enrolmentText,
    audits: texts.auditsText,
    log: texts.logText,
  };
  const mine = SECTIONS.filter(({ roles }) => holdsAny(session.roles, roles));
  const others = SECTIONS.filter((section) => !mine.includes(section));
  return (
    <Screen title={texts.homeTitle}>
      <div class="grid">
        {mine.map(({ id, icon }) => (
          <Door key={id} href={`#/${id}`} icon={icon} title={names[id]} text={lines[id]} />
        ))}
        {others.map(({ id, roles }) => (
          <Door
            key={id}
            href={`#/${id}`}
            icon="lock"
            title={names[id]}
            text={`${names.locked}: ${names.roles(roles)}`}
          />
        ))}
      </div>
    </Screen>
  );
}
