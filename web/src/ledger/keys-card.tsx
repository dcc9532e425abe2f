import type { JSX } from 'preact';
import type { KeyEntry } from '../../../src/groth16/manifest.ts';
import { statementModule, statementRegistry } from '../../../src/statements/registry.ts';
import { keyManifest } from '../shared/keys.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useLanguage, useTexts } from '../shell/texts.ts';
import { useLoad } from '../shell/use-async.ts';
import { Card } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Facts } from '../ui/facts.tsx';
import { Badge, Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { keyTexts, ledgerTexts } from './texts.ts';

/** What proofs are checked with, and how far it may be relied on. */
export function KeysCard(): JSX.Element {
  const texts = useTexts(keyTexts);
  const { loading } = useTexts(ledgerTexts);
  const manifest = useLoad(() => keyManifest(), []);
  const entries = manifest.state === 'done' ? Object.entries(manifest.value.statements) : [];
  return (
    <Card title={texts.title}>
      <p>{texts.lead}</p>
      {manifest.state === 'busy' && <Spinner>{loading}</Spinner>}
      {manifest.state === 'failed' && <ErrorNotice error={manifest.error} onRetry={manifest.run} />}
      {entries.some(([, { status }]) => status === 'development') && (
        <Notice tone="warn" title={texts.developmentNotice}>
          {texts.developmentText}
        </Notice>
      )}
      {entries.map(([name, entry]) => (
        <Key key={name} name={name} entry={entry} />
      ))}
    </Card>
  );
}

const FILES = ['r1cs', 'wasm', 'graph', 'zkey', 'compactKey'] as const;

function Key({ name, entry }: { readonly name: string; readonly entry: KeyEntry }): JSX.Element {
  const texts = useTexts(keyTexts);
  const language = useLanguage();
  const isKnown = statementRegistry.all().some((one) => one.name === name);
  const title = isKnown ? statementModule(name).text.name[language] : name;
  const isDevelopment = entry.status === 'development';
  return (
    <Disclosure
      summary={
        <span class="row">
          <span>
            {title} <code class="soft small">{name}</code>
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
