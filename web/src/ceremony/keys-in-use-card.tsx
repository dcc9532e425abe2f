import type { JSX } from 'preact';
import { ceremonyFacts, differingFields } from '../../../src/ceremony/compare-manifest.ts';
import type { KeyEntry, KeyManifest } from '../../../src/groth16/manifest.ts';
import { openChainRoots } from '../shared/chain-roots.ts';
import { ContractForm } from '../shared/contract-form.tsx';
import { keyManifest } from '../shared/keys.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useTexts } from '../shell/texts.ts';
import { useAsync, useLoad } from '../shell/use-async.ts';
import { Card } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Facts } from '../ui/facts.tsx';
import { Badge, Notice } from '../ui/notice.tsx';
import { ceremonyTexts } from './ceremony-texts.ts';
import type { CeremonyFound } from './check-files.ts';

/** Whether what the ceremony made is what this site, and a contract, check proofs with. */
export function KeysInUseCard({ found }: { readonly found: CeremonyFound }): JSX.Element {
  const texts = useTexts(ceremonyTexts);
  const { checked, keysHeld } = found;
  const site = useLoad(() => keyManifest(), []);
  const asking = useAsync(async (_, address: string) => {
    const roots = await openChainRoots();
    const hashes: Record<string, string | undefined> = {};
    for (const statement of Object.keys(checked.vkeyHashes)) {
      hashes[statement] = await roots.keyHashOf(address, statement);
    }
    return hashes;
  });
  return (
    <Card title={texts.keys}>
      <p>{texts.keysText}</p>
      {site.state === 'failed' && <Notice tone="warn">{texts.siteFailed}</Notice>}
      {Object.entries(checked.vkeyHashes).map(([statement, hash]) => (
        <section key={statement} class="stack stack--tight">
          <h3 class="row">
            <code>{statement}</code>
            {keysHeld.includes(statement) && <Badge tone="good">{texts.fileHeld}</Badge>}
          </h3>
          <Facts
            facts={[
              { name: texts.ofCeremony, value: <code>{hash}</code> },
              site.state === 'done' && {
                name: texts.site,
                value: <Same hash={hash} other={entryIn(site.value, statement)?.vkeyHash} />,
              },
              asking.state === 'done' && {
                name: texts.chain,
                value: <Same hash={hash} other={asking.value[statement]} />,
              },
            ]}
          />
          {site.state === 'done' && (
            <SaysOther entry={entryIn(site.value, statement)} found={found} statement={statement} />
          )}
        </section>
      ))}
      <Disclosure summary={texts.onChain}>
        <p>{texts.onChainText}</p>
        <ContractForm busy={asking.state === 'busy'} onAsk={asking.run} />
        {asking.state === 'failed' && <ErrorNotice error={asking.error} />}
      </Disclosure>
    </Card>
  );
}

function entryIn({ statements }: KeyManifest, statement: string): KeyEntry | undefined {
  return Object.hasOwn(statements, statement) ? statements[statement] : undefined;
}

interface SaysOtherProps {
  readonly entry: KeyEntry | undefined;
  readonly found: CeremonyFound;
  readonly statement: string;
}

/** The same key, told of otherwise than the transcript has it. */
function SaysOther({ entry, found, statement }: SaysOtherProps): JSX.Element | null {
  const texts = useTexts(ceremonyTexts);
  if (!entry) return null;
  const facts = ceremonyFacts(found.transcript, found.checked, statement);
  const fields = differingFields(entry, facts).filter(
    // A site need not name the transcript.
    (field) => field !== 'transcript' || entry.transcript !== undefined,
  );
  if (fields.length === 0 || fields.includes('vkeyHash')) return null;
  const names = fields.map((field) => texts.fields[field]).join(texts.comma);
  return <Notice tone="warn">{texts.saysOther(names)}</Notice>;
}

interface SameProps {
  readonly hash: string;
  readonly other: string | undefined;
}

function Same({ hash, other }: SameProps): JSX.Element {
  const texts = useTexts(ceremonyTexts);
  if (other === undefined) return <Badge tone="plain">{texts.absent}</Badge>;
  if (other === hash) return <Badge tone="good">{texts.same}</Badge>;
  return (
    <span class="stack stack--tight">
      <span>
        <Badge tone="bad">{texts.different}</Badge>
      </span>
      <code>{other}</code>
    </span>
  );
}
