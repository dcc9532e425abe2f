import type { JSX } from 'preact';
import type { Route } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Door } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { stepHref } from './steps.ts';
import { setupTexts } from './texts.ts';

/** New here, or not. */
export function WelcomeScreen({ route }: { readonly route: Route }): JSX.Element {
  const texts = useTexts(setupTexts);
  return (
    <Screen title={texts.welcome} lead={texts.welcomeLead}>
      {route.path !== '/' && <Notice tone="info">{texts.thenRequest}</Notice>}
      <section class="stack" aria-labelledby="wallet-choose">
        <h2 id="wallet-choose">{texts.choose}</h2>
        <Door
          href={stepHref(route, 'words')}
          icon="plus"
          title={texts.isNew}
          text={texts.isNewText}
        />
        <Door
          href={stepHref(route, 'recover')}
          icon="key"
          title={texts.hadOne}
          text={texts.hadOneText}
        />
      </section>
    </Screen>
  );
}
