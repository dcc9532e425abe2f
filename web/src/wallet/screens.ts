import type { ComponentType } from 'preact';
import { later } from '../shell/later.tsx';
import type { WalletScreenProps } from './wallet-screen.ts';

/** Screens of the unlocked wallet, by the first part of the route: `#/record`. */
export const walletScreens: Readonly<Record<string, ComponentType<WalletScreenProps>>> = {
  '': later(async () => (await import('./home/home-page.tsx')).HomePage),
  enrolment: later(async () => (await import('./enrolment/enrolment-page.tsx')).EnrolmentPage),
  record: later(async () => (await import('./record/record-page.tsx')).RecordPage),
  open: later(async () => (await import('./answer/open-request-page.tsx')).OpenRequestPage),
  r: later(async () => (await import('./answer/answer-page.tsx')).AnswerPage),
  answer: later(async () => (await import('./answer/answer-page.tsx')).AnswerPage),
  certificate: later(
    async () => (await import('./certificate/certificate-page.tsx')).CertificatePage,
  ),
  history: later(async () => (await import('./history/history-page.tsx')).HistoryPage),
  settings: later(async () => (await import('./settings/settings-page.tsx')).SettingsPage),
};
