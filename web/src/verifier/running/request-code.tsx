import type { JSX } from 'preact';
import { canShare } from '../../shared/files.ts';
import { QrShow } from '../../shared/qr-show.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { RunningRequest } from './running-requests.ts';
import { runningTexts } from './running-texts.ts';

/** The ways to hand a request over: scanned, sent, printed or typed. */
export function RequestCode({ running }: { readonly running: RunningRequest }): JSX.Element {
  const texts = useTexts(runningTexts);
  const { page, id } = running;
  const link = { url: page };
  return (
    <section class="card">
      <div class="qr-large">
        <QrShow text={page} alt={texts.qrAlt} />
      </div>
      <p class="short-code">
        <span class="soft">{texts.code}</span> <code class="short-code__code">{id}</code>
      </p>
      <p class="soft small short-code">{texts.codeHint}</p>
      <p class="link-line">
        <span class="soft">{texts.link}</span>{' '}
        <a href={page} target="_blank" rel="noreferrer">
          {page}
        </a>
      </p>
      <div class="row row--center no-print">
        <CopyButton
          text={page}
          label={texts.copyLink}
          doneLabel={texts.copied}
          failedLabel={texts.copyFailed}
        />
        {canShare(link) && (
          <Button
            icon="share"
            onClick={() => {
              // Who closes the choice of apps has changed their mind, which is no fault.
              navigator.share(link).catch(() => {});
            }}
          >
            {texts.share}
          </Button>
        )}
        <Button icon="print" onClick={() => print()}>
          {texts.print}
        </Button>
      </div>
    </section>
  );
}
