import type { JSX } from 'preact';
import { LinkButton } from '../ui/button.tsx';
import { Screen } from './screen.tsx';
import { shellTexts } from './shell-texts.ts';
import { useTexts } from './texts.ts';

/** For a route that leads nowhere. */
export function NotFound(): JSX.Element {
  const texts = useTexts(shellTexts);
  return (
    <Screen
      title={texts.notFound}
      lead={texts.notFoundTodo}
      actions={
        <LinkButton kind="main" href="#/">
          {texts.home}
        </LinkButton>
      }
    />
  );
}
