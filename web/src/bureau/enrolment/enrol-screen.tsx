import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { NeedsRole } from '../needs-role.tsx';
import type { Session } from '../session/session-store.ts';
import { EnrolMany } from './enrol-many.tsx';
import { EnrolOne } from './enrol-one.tsx';
import { enrolTexts } from './texts.ts';

/** Keys tied to people and employers. */
export function EnrolScreen({ session }: { readonly session: Session }): JSX.Element {
  const texts = useTexts(enrolTexts);
  const [how, setHow] = useState<'one' | 'many'>('one');
  return (
    <Screen title={texts.title} lead={texts.lead}>
      <NeedsRole session={session} roles={['clerk']}>
        <Disclosure summary={texts.again}>
          <p>{texts.againText}</p>
        </Disclosure>
        <Tabs
          label={texts.tabs}
          tabs={[
            { id: 'one', label: texts.one },
            { id: 'many', label: texts.many },
          ]}
          selected={how}
          onSelect={setHow}
        >
          {how === 'one' ? <EnrolOne /> : <EnrolMany />}
        </Tabs>
      </NeedsRole>
    </Screen>
  );
}
