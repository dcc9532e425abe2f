import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useRoute } from '../../shell/router.ts';
import { useStore } from '../../shell/store.ts';
import { useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { walletTexts } from '../texts.ts';
import { takeVersion, waitingVersion, watchForUpdates } from './app-update.ts';

/** Tells of a new version on the first screen alone: nobody is stopped in the middle of something. */
export function UpdateNotice(): JSX.Element | null {
  const texts = useTexts(walletTexts);
  const { path, query } = useRoute();
  const version = useStore(waitingVersion);
  useEffect(() => void watchForUpdates(), []);
  if (!version || path !== '/' || query.has('step')) return null;
  return (
    <div class="no-print update">
      <Notice tone="info" title={texts.updateReady} announce>
        <p>{texts.updateText}</p>
        <p>
          <Button icon="refresh" onClick={() => takeVersion(version)}>
            {texts.update}
          </Button>
        </p>
      </Notice>
    </div>
  );
}
