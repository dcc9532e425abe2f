import './verifier.css';
import type { JSX } from 'preact';
import { Frame } from '../shell/frame.tsx';
import { later } from '../shell/later.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { type Route, useRoute } from '../shell/router.ts';
import { useTexts } from '../shell/texts.ts';
import { Home } from './home.tsx';
import { verifierTexts } from './texts.ts';

const PresetList = later(async () => (await import('./ask/preset-list.tsx')).PresetList);
const AskPage = later(async () => (await import('./ask/ask-page.tsx')).AskPage);
const HirePage = later(async () => (await import('./ask/hire-page.tsx')).HirePage);
const RequestPage = later(async () => (await import('./running/request-page.tsx')).RequestPage);
const CheckPage = later(async () => (await import('./check/check-page.tsx')).CheckPage);
const BatchPage = later(async () => (await import('./batch/batch-page.tsx')).BatchPage);

/** The verifier's page: ask, wait, check, and keep what shows it. */
export function VerifierApp(): JSX.Element {
  const texts = useTexts(verifierTexts);
  const route = useRoute();
  return (
    <Frame page={texts.page} wide={route.segments[0] === 'batch'}>
      {screenOf(route)}
    </Frame>
  );
}

function screenOf({ path, segments, query }: Route): JSX.Element {
  const [first, second] = segments;
  switch (first) {
    case undefined:
      return <Home key={path} />;
    case 'ask':
      return second === undefined ? (
        <PresetList key={path} />
      ) : (
        <AskPage key={path} slug={second} />
      );
    case 'hire':
      return <HirePage key={path} />;
    case 'request':
      return <RequestPage key={path} id={second ?? ''} />;
    case 'check':
      return (
        <CheckPage
          key={path}
          code={query.get('code') ?? undefined}
          proof={query.get('proof') ?? undefined}
        />
      );
    case 'batch':
      return <BatchPage key={path} />;
    default:
      return <NotFound key={path} />;
  }
}
