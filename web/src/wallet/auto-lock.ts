import { useEffect } from 'preact/hooks';
import { createStore, type Store, useStore } from '../shell/store.ts';
import type { OpenWallet } from './open-wallet.ts';

/** Minutes without use until the wallet locks; 0 = it does not lock by itself. */
export const AUTO_LOCK_MINUTES = [0, 5, 30] as const;
export type AutoLock = (typeof AUTO_LOCK_MINUTES)[number];

const KEY = 'canbao-wallet-lock';
const USES = ['pointerdown', 'keydown', 'scroll'] as const;
/** Timers sleep with the page: the clock is looked at when it wakes. */
const LOOK_MS = 10_000;

/** As the person chose; says nothing of the wallet. */
export const autoLock: Store<AutoLock> = createStore<AutoLock>(read());

export function chooseAutoLock(minutes: AutoLock): void {
  autoLock.set(minutes);
  try {
    localStorage.setItem(KEY, `${minutes}`);
  } catch {
    // It counts until the page is closed.
  }
}

/** Locks a wallet that was not used for as long as the person chose. */
export function useAutoLock(wallet: OpenWallet | undefined): void {
  const minutes = useStore(autoLock);
  useEffect(() => {
    if (!wallet || minutes === 0) return;
    let used = Date.now();
    const use = () => {
      used = Date.now();
    };
    const look = () => {
      if (Date.now() - used >= minutes * 60_000) wallet.lock();
    };
    const timer = setInterval(look, LOOK_MS);
    for (const name of USES) addEventListener(name, use, { passive: true });
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      for (const name of USES) removeEventListener(name, use);
      document.removeEventListener('visibilitychange', look);
    };
  }, [wallet, minutes]);
}

function read(): AutoLock {
  try {
    const kept = Number(localStorage.getItem(KEY));
    return AUTO_LOCK_MINUTES.find((minutes) => minutes === kept) ?? 0;
  } catch {
    return 0;
  }
}
