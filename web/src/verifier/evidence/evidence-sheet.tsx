import type { JSX } from 'preact';
import { formatTime } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Facts, type FactsProps } from '../../ui/facts.tsx';
import { checkAgain, type Found } from './evidence.ts';
import { evidenceTexts } from './evidence-texts.ts';

/** What paper has beside the verdict: time, place, numbers in full. Seen in print alone. */
export function EvidenceSheet({ found }: { readonly found: Found }): JSX.Element {
  const texts = useTexts(evidenceTexts);
  const language = useLanguage();
  const { verdict, checkedAt, checkedBy, publication, chain, keys = [], presentation } = found;
  const { ownCopy = checkedBy === 'service' } = found;
  const { origin } = location;
  const mono = (text: string) => <code>{text}</code>;
  const facts: FactsProps['facts'] = [
    { name: texts.checkedAt, value: formatTime(checkedAt, language) },
    {
      name: texts.checkedBy,
      value: checkedBy === 'page' ? texts.checkedByPage(origin) : texts.checkedByService(origin),
    },
    verdict.root !== undefined && { name: texts.root, value: mono(verdict.root) },
    chain && { name: texts.registry, value: mono(`${chain.registry} · ${chain.chainId}`) },
    publication && { name: texts.block, value: publication.block },
    publication && { name: texts.transaction, value: mono(publication.transaction) },
    verdict.nullifier !== undefined && { name: texts.nullifier, value: mono(verdict.nullifier) },
    ...keys.map(({ statement, entry }) => ({
      name: `${texts.vkey} ${statement}`,
      value: mono(entry.vkeyHash),
    })),
  ];
  return (
    <section class="print-only stack" aria-hidden="true">
      <p class="strong">{texts.sheetTitle}</p>
      <Facts facts={facts} />
      {presentation !== undefined && (
        <>
          <p class="soft">{texts.again}</p>
          {checkAgain(ownCopy, verdict).map((line) => (
            <p key={line}>{mono(line)}</p>
          ))}
        </>
      )}
    </section>
  );
}
