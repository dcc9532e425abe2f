import type { IconName } from '../ui/icons.tsx';
import type { Role } from './answers.ts';

/** A part of the page, and who may see it. */
export interface Section {
  readonly id: 'imports' | 'months' | 'enrolment' | 'audits' | 'log';
  readonly icon: IconName;
  /** Any of these may look. */
  readonly roles: readonly Role[];
}

/** In the order of the work. */
export const SECTIONS: readonly Section[] = [
  { id: 'imports', icon: 'upload', roles: ['importer', 'auditor'] },
  { id: 'months', icon: 'calendar', roles: ['closer', 'auditor'] },
  { id: 'enrolment', icon: 'key', roles: ['clerk'] },
  { id: 'audits', icon: 'search', roles: ['auditor'] },
  { id: 'log', icon: 'list', roles: ['auditor'] },
];
