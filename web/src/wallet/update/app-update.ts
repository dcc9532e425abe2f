import { createStore, type Store } from '../../shell/store.ts';

/** A newer version of the wallet that waits to be used; undefined while there is none. */
export const waitingVersion: Store<ServiceWorker | undefined> = createStore<
  ServiceWorker | undefined
>(undefined);

const HOUR_MS = 3_600_000;

/** Follows the service worker: tells of a new version once its files are here. */
export async function watchForUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.ready;
  // The first version waits for nobody.
  const look = () =>
    waitingVersion.set(
      navigator.serviceWorker.controller ? (registration.waiting ?? undefined) : undefined,
    );
  look();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
  // An installed wallet may stay open for days.
  setInterval(() => void registration.update().catch(() => {}), HOUR_MS);
}

/** Goes over to the new version; the wallet is locked by that. */
export function takeVersion(version: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
    once: true,
  });
  version.postMessage('use-now');
}
