import type { JSX } from 'preact';
import { formatTime } from '../shared/format.ts';
import { useLanguage, useTexts } from '../shell/texts.ts';
import { Card } from '../ui/card.tsx';
import { Facts } from '../ui/facts.tsx';
import { ceremonyTexts } from './ceremony-texts.ts';
import type { CeremonyFound } from './check-files.ts';

/** What the ceremony was, and on what it stands. */
export function FactsCard({ found }: { readonly found: CeremonyFound }): JSX.Element {
  const texts = useTexts(ceremonyTexts);
  const language = useLanguage();
  const { transcript, checked } = found;
  const { title, at, phase1, required, beacon } = transcript.setup;
  const value = transcript.contributions.at(-1)?.beacon?.value;
  return (
    <Card title={texts.facts}>
      <Facts
        facts={[
          { name: texts.name, value: title },
          { name: texts.begun, value: formatTime(at, language) },
          {
            name: texts.phase1,
            value: phase1.kind === 'published' ? texts.published(phase1.power) : texts.development,
          },
          { name: texts.phase1Hash, value: <code>{phase1.blake2b}</code> },
          { name: texts.people, value: texts.peopleOf(checked.participants, required) },
          { name: texts.beaconSource, value: beacon.source },
          { name: texts.beaconValue, value: value ? <code>{value}</code> : texts.notYet },
          { name: texts.head, value: <code>{checked.head}</code> },
        ]}
      />
    </Card>
  );
}
