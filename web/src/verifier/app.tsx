import type { JSX } from 'preact';
import { Frame } from '../shell/frame.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { useRoute } from '../shell/router.ts';
import { Screen } from '../shell/screen.tsx';
import { useTexts } from '../shell/texts.ts';
import { verifierTexts } from './texts.ts';

/** The verifier page. */
export function VerifierApp(): JSX.Element {
  const texts = useTexts(verifierTexts);
  const { path } = useRoute();
  return (
    <Frame page={texts.page}>
      {path === '/' ? (
        <Screen key={path} title={texts.page} lead={texts.lead} />
      ) : (
        <NotFound key={path} />
      )}
    </Frame>
  );
}
