import type { JSX } from 'preact';
import { useTexts } from '../../shell/texts.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { shortNumber } from '../verdict/checked-verdict.ts';
import { KeyComparison } from './key-comparison.tsx';
import type { OneCheck } from './one-check.ts';
import { trustTexts } from './trust-texts.ts';

/** What a verdict of this page rests on, and who has to be believed for it. */
export function TrustPanel({ check }: { readonly check: OneCheck }): JSX.Element {
  const texts = useTexts(trustTexts);
  const { roots, verdict, publication, keys } = check;
  const mono = (text: string) => <code>{text}</code>;
  const facts: Fact[] = [];
  if (roots.kind === 'chain') {
    const { chainId, registry } = roots.roots;
    facts.push({ name: texts.trustChainId, value: chainId });
    facts.push({ name: texts.trustRegistry, value: mono(registry) });
  }
  if (verdict.epochRoot !== undefined) {
    facts.push({ name: texts.trustRoot, value: mono(shortNumber(`${verdict.epochRoot}`)) });
  }
  if (publication) {
    facts.push({ name: texts.trustBlock, value: publication.block });
    facts.push({ name: texts.trustTransaction, value: mono(publication.transaction) });
    facts.push({ name: texts.trustSigners, value: mono(publication.signers.join(' ')) });
  }
  if (roots.kind === 'chain' && verdict.valid && !publication) {
    facts.push({ name: texts.trustTransaction, value: texts.trustNotFound });
  }
  const trustOfRoots =
    roots.kind === 'file'
      ? texts.trustFileText
      : roots.roots.url === location.origin
        ? texts.trustOwnChainText
        : texts.trustChainText(roots.roots.url);
  return (
    <Disclosure summary={texts.trustTitle}>
      <h2 class="group-title">{texts.trustChain}</h2>
      <p>{trustOfRoots}</p>
      <Facts facts={facts} />
      {roots.kind === 'chain' && <p class="soft">{texts.trustRegistryHint}</p>}
      <h2 class="group-title">{texts.trustPage}</h2>
      <p>{texts.trustPageText(location.origin)}</p>
      {keys.length > 0 && (
        <Facts
          facts={keys.map(({ statement, entry }) => ({
            name: texts.trustKey(statement),
            value: mono(entry.vkeyHash),
          }))}
        />
      )}
      {keys.length > 0 && <p class="soft">{texts.trustKeyFile}</p>}
      {roots.kind === 'chain' && keys.length > 0 && (
        <KeyComparison roots={roots.roots} keys={keys} />
      )}
    </Disclosure>
  );
}
