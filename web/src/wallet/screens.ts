import type { ComponentType } from 'preact';
import { later } from './later.tsx';
import type { WalletScreenProps } from './wallet-screen.ts';

/** Screens of the unlocked wallet, by the first part of the route: `#/record`. */
export const walletScreens: Readonly<Record<string, ComponentType<WalletScreenProps>>> = {
  '': later(async () => (await import('./home/home-page.tsx')).HomePage),
  enrolment: later(async () => (await import('./enrolment/enrolment-page.tsx')).EnrolmentPage),
  record: later(async () => (await import('./record/record-page.tsx')).RecordPage),
  settings: later(async () => (await import('./settings/settings-page.tsx')).SettingsPage),
};
