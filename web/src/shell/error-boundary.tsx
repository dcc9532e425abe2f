import { Component, type ComponentChildren, type JSX } from 'preact';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { shellTexts } from './shell-texts.ts';
import { useTexts } from './texts.ts';

interface Props {
  readonly children: ComponentChildren;
}

/** Whatever a screen throws ends here: words and a way on, never a blank page. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render(): ComponentChildren {
    return this.state.failed ? <Fallen /> : this.props.children;
  }
}

function Fallen(): JSX.Element {
  const texts = useTexts(shellTexts);
  return (
    <Notice tone="bad" title={texts.failed} announce>
      <p>{texts.unexpected}</p>
      <p>{texts.unexpectedTodo}</p>
      <p>
        <Button icon="refresh" onClick={() => location.reload()}>
          {texts.reload}
        </Button>
      </p>
    </Notice>
  );
}
