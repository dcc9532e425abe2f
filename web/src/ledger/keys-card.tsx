import type { JSX } from 'preact';
import type { KeyEntry } from '../../../src/groth16/manifest.ts';
import type { StatementModule } from '../../../src/statements/statement-module.ts';
import { keyManifest } from '../shared/keys.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useLanguage, useTexts } from '../shell/texts.ts';
import { useLoad } from '../shell/use-async.ts';
import { Card } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Facts } from '../ui/facts.tsx';
import { Badge, Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { keyTexts } from './key-texts.ts';
import { ledgerTexts } from './texts.ts';

/** What proofs are checked with, and how far it may be relied on. */
export function KeysCard(): JSX.Element {
  const texts = useTexts(keyTexts);
  const { loading } = useTexts(ledgerTexts);
  const manifest = useLoad(async () => {
    // With their names come the statements themselves, which are more than this page.
    const [{ statements }, { statementRegistry, statementModule }] = await Promise.all([
      keyManifest(),
      import('../../../src/statements/registry.ts'),
    ]);
    const known = new Set<string>(statementRegistry.all().map(({ name }) => name));
    return Object.entries(statements).map(([name, entry]) => ({
      ...{ name, entry },
      title: known.has(name) ? statementModule(name).text.name : undefined,
    }));
  }, []);
  const entries = manifest.state === 'done' ? manifest.value : [];
  return (
    <Card title={texts.title}>
      <p>{texts.lead}</p>
      {manifest.state === 'busy' && <Spinner>{loading}</Spinner>}
      {manifest.state === 'failed' && <ErrorNotice error={manifest.error} onRetry={manifest.run} />}
      {entries.some(({ entry }) => entry.status === 'development') && (
        <Notice tone="warn" title={texts.developmentNotice}>
          {texts.developmentText}
        </Notice>
      )}
      {entries.map((one) => (
        <Key key={one.name} {...one} />
      ))}
      <p>
        <a href="#/ceremony">{texts.ceremonyLink}</a>
      </p>
    </Card>
  );
}

const FILES = ['r1cs', 'wasm', 'graph', 'zkey', 'compactKey'] as const;

interface KeyProps {
  readonly name: string;
  readonly entry: KeyEntry;
  /** Undefined for a statement that this page does not know yet. */
  readonly title: StatementModule['text']['name'] | undefined;
}

function Key({ name, entry, title }: KeyProps): JSX.Element {
  const texts = useTexts(keyTexts);
  const language = useLanguage();
  const isDevelopment = entry.status === 'development';
  return (
    <Disclosure
      summary={
        <span class="row">
          <span>
            {title?.[language]} <code class="soft small">{name}</code>
          </span>
          <Badge tone={isDevelopment ? 'warn' : 'good'}>{texts[entry.status]}</Badge>
        </span>
      }
    >
      <Facts
        facts={[
          {
            name: texts.contributions,
            value: entry.contributions === 0 ? texts.none : String(entry.contributions),
          },
          { name: texts.hash, value: <code>{entry.vkeyHash}</code> },
          ...FILES.flatMap((file) => {
            const hash = entry[file];
            return hash ? [{ name: `SHA-256 ${file}`, value: <code>{hash}</code> }] : [];
          }),
        ]}
      />
      <p class="soft">{texts.hashText}</p>
    </Disclosure>
  );
}
