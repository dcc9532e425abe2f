import type { JSX } from 'preact';
import { attestationHash } from '../../../src/ceremony/transcript.ts';
import { formatTime } from '../shared/format.ts';
import { useLanguage, useTexts } from '../shell/texts.ts';
import { Card } from '../ui/card.tsx';
import { Facts } from '../ui/facts.tsx';
import { Badge } from '../ui/notice.tsx';
import { ceremonyTexts } from './ceremony-texts.ts';
import type { CeremonyFound } from './check-files.ts';

/** Who contributed, with the hash each of them was told. */
export function ContributionsCard({ found }: { readonly found: CeremonyFound }): JSX.Element {
  const texts = useTexts(ceremonyTexts);
  const language = useLanguage();
  const { contributions } = found.transcript;
  return (
    <Card title={texts.contributions}>
      <p>{contributions.length > 0 ? texts.contributionsText : texts.none}</p>
      {contributions.map((attestation) => {
        const { number, name, beacon, at, signer } = attestation;
        return (
          <section key={number} class="stack stack--tight">
            <h3 class="row">
              <span>
                {number}. {beacon ? texts.beacon : name}
              </span>
              {!beacon && (
                <Badge tone={signer ? 'good' : 'plain'}>
                  {signer ? texts.signed : texts.unsigned}
                </Badge>
              )}
            </h3>
            <Facts
              facts={[
                { name: texts.when, value: formatTime(at, language) },
                { name: texts.hash, value: <code>{attestationHash(attestation)}</code> },
                signer !== undefined && { name: texts.signer, value: <code>{signer}</code> },
              ]}
            />
          </section>
        );
      })}
    </Card>
  );
}
