import type { JSX } from 'preact';
import { canShare, saveJson } from '../../shared/files.ts';
import { QrShow } from '../../shared/qr-show.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Door } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import type { HistoryEntry } from '../history/entry.ts';
import { codesOf, linkOf } from './proof-codes.ts';
import { proofTexts } from './proof-texts.ts';

/** Paper, file, link, QR code: whatever the other side can take. */
export function WaysToShow({ entry }: { readonly entry: HistoryEntry }): JSX.Element {
  const texts = useTexts(proofTexts);
  const codes = useLoad(() => codesOf(entry), [entry]);
  const found = codes.value ?? [];
  const link = linkOf(found);
  const share = { title: texts.title, url: link };
  return (
    <section class="stack">
      <h2>{entry.outcome === 'answered' ? texts.waysMore : texts.ways}</h2>
      <Door
        href={`#/certificate/${entry.id}`}
        icon="print"
        title={texts.print}
        text={texts.printText}
      />
      {found.length > 0 && (
        <Disclosure summary={texts.qr} open={entry.outcome === 'proven'}>
          <p>{texts.qrLead}</p>
          {found.map((code, i) => (
            <figure key={code} class="stack stack--tight">
              <QrShow text={code} alt={texts.qrAlt(i + 1, found.length)} />
              {found.length > 1 && (
                <figcaption class="strong">{texts.qrOf(i + 1, found.length)}</figcaption>
              )}
            </figure>
          ))}
        </Disclosure>
      )}
      <div class="row">
        <Button icon="download" onClick={() => saveJson(fileName(entry), entry.presentation)}>
          {texts.file}
        </Button>
        {found.length > 0 && (
          <CopyButton
            text={link}
            label={texts.link}
            doneLabel={texts.linkDone}
            failedLabel={texts.linkFailed}
          />
        )}
        {found.length > 0 && canShare(share) && (
          <Button icon="people" onClick={() => void navigator.share(share).catch(() => {})}>
            {texts.share}
          </Button>
        )}
      </div>
    </section>
  );
}

function fileName({ id }: HistoryEntry): string {
  return `canbao-${id.slice(0, 8).replace(/[^\w]/g, '0')}.json`;
}
