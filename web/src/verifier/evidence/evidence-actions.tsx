import type { JSX } from 'preact';
import { saveJson } from '../../shared/files.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { completed } from './complete.ts';
import { evidenceOf, type Found } from './evidence.ts';
import { EvidenceSheet } from './evidence-sheet.tsx';
import { evidenceTexts } from './evidence-texts.ts';
import { snarkjsFiles } from './snarkjs-files.ts';

/** What to keep of a verdict: a file, a sheet of paper, files for other tools. */
export function EvidenceActions({ found }: { readonly found: Found }): JSX.Element {
  const texts = useTexts(evidenceTexts);
  const { presentation, checkedBy, verdict } = found;
  const name = `canbao-evidence-${verdict.month ?? 'refused'}-${(verdict.nullifier ?? '0').slice(0, 8)}`;
  const files = useAsync(() => snarkjsFiles(presentation));
  const saving = useAsync(async () => saveJson(`${name}.json`, evidenceOf(await completed(found))));
  return (
    <>
      <section class="card no-print">
        <h2>{texts.title}</h2>
        <p class="soft">{checkedBy === 'page' ? texts.leadPage : texts.leadService}</p>
        <div class="row">
          <Button icon="download" busy={saving.state === 'busy'} onClick={() => saving.run()}>
            {texts.save}
          </Button>
          <Button icon="print" onClick={() => print()}>
            {texts.print}
          </Button>
        </div>
        {saving.state === 'failed' && <ErrorNotice error={saving.error} />}
        {presentation !== undefined && verdict.reason !== 'malformed' && (
          <Disclosure summary={texts.snarkjs}>
            <p>{texts.snarkjsLead}</p>
            <p>
              <code>snarkjs groth16 verify verification_key.json public.json proof.json</code>
            </p>
            {files.value ? (
              <div class="row">
                {files.value.map((file) => (
                  <Button
                    key={file.name}
                    icon="download"
                    onClick={() => saveJson(file.name, file.content)}
                  >
                    {texts.saveFile(file.name)}
                  </Button>
                ))}
              </div>
            ) : (
              <div>
                <Button busy={files.state === 'busy'} onClick={() => files.run()}>
                  {texts.snarkjsButton}
                </Button>
              </div>
            )}
            {files.state === 'failed' && <ErrorNotice error={files.error} />}
          </Disclosure>
        )}
      </section>
      <EvidenceSheet found={found} />
    </>
  );
}
