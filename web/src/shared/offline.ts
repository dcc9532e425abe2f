/** Keeps the wallet's files on the device, so that it opens without a network from then on. */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/wallet/service-worker.js', { scope: '/wallet/' });
  } catch {
    // A browser that keeps nothing, as in a private window: the wallet works with a network.
  }
}
