import type { JSX } from 'preact';
import { Frame } from '../shell/frame.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { type Route, useRoute } from '../shell/router.ts';
import { useStore } from '../shell/store.ts';
import { useTexts } from '../shell/texts.ts';
import { AuditScreen } from './audits/audit-screen.tsx';
import { AuditsScreen } from './audits/audits-screen.tsx';
import { BureauNav } from './bureau-nav.tsx';
import { EnrolScreen } from './enrolment/enrol-screen.tsx';
import { HomeScreen } from './home-screen.tsx';
import { ImportsScreen } from './imports/imports-screen.tsx';
import { NewImportScreen } from './imports/new-import-screen.tsx';
import { UploadScreen } from './imports/upload-screen.tsx';
import { LogScreen } from './log/log-screen.tsx';
import { CloseScreen } from './months/close-screen.tsx';
import { ClosingScreen } from './months/closing-screen.tsx';
import { MonthScreen } from './months/month-screen.tsx';
import { MonthsScreen } from './months/months-screen.tsx';
import { type Session, sessionStore } from './session/session-store.ts';
import { SignInScreen } from './session/sign-in-screen.tsx';
import { bureauTexts } from './texts.ts';

/** The bureau's page: nothing of it is there before it is known who asks. */
export function BureauApp(): JSX.Element {
  const texts = useTexts(bureauTexts);
  const now = useStore(sessionStore);
  const route = useRoute();
  if (now.state !== 'active') {
    return (
      <Frame page={texts.page}>
        <SignInScreen key="sign-in" />
      </Frame>
    );
  }
  return (
    <Frame page={texts.page} wide>
      <BureauNav session={now.session} />
      {screenOf(route, now.session)}
    </Frame>
  );
}

function screenOf({ path, segments }: Route, session: Session): JSX.Element {
  const [section = '', id = ''] = segments;
  if (segments.length <= 1) {
    const screen = firstScreen(section, session);
    if (screen) return screen;
  }
  if (segments.length === 2) {
    if (path === '/imports/new') return <NewImportScreen key={path} session={session} />;
    if (section === 'imports') return <UploadScreen key={path} id={id} session={session} />;
    if (path === '/months/close') return <CloseScreen key={path} session={session} />;
    if (section === 'months') return <MonthScreen key={path} month={id} session={session} />;
    if (section === 'closings') return <ClosingScreen key={path} id={id} session={session} />;
    if (section === 'audits') return <AuditScreen key={path} id={id} session={session} />;
  }
  return <NotFound key={path} />;
}

function firstScreen(section: string, session: Session): JSX.Element | undefined {
  if (section === '') return <HomeScreen key="home" session={session} />;
  if (section === 'imports') return <ImportsScreen key={section} session={session} />;
  if (section === 'months') return <MonthsScreen key={section} session={session} />;
  if (section === 'enrolment') return <EnrolScreen key={section} session={session} />;
  if (section === 'audits') return <AuditsScreen key={section} session={session} />;
  if (section === 'log') return <LogScreen key={section} session={session} />;
  return undefined;
}
