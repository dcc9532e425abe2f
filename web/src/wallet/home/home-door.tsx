import type { JSX } from 'preact';
import { useTexts } from '../../shell/texts.ts';
import { Door } from '../../ui/card.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { homeTexts } from './texts.ts';

const doors = {
  answer: { href: '#/open', icon: 'qr' },
  record: { href: '#/record', icon: 'calendar' },
  fetchRecord: { href: '#/record', icon: 'download' },
  enrol: { href: '#/enrolment', icon: 'building' },
  history: { href: '#/history', icon: 'list' },
  settings: { href: '#/settings', icon: 'gear' },
} as const satisfies Record<string, { href: string; icon: IconName }>;

export type DoorName = keyof typeof doors;

/** Where the first screen leads. */
export function HomeDoor({ name }: { readonly name: DoorName }): JSX.Element {
  const texts = useTexts(homeTexts);
  return <Door {...doors[name]} title={texts[name]} text={texts[`${name}Text`]} />;
}
