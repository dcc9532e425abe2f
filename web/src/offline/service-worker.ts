import { cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';

/** Put in by the build: every file of the wallet. */
declare const __KEPT_FILES__: readonly PrecacheEntry[];
/** A service worker's own scope, as far as it counts here. */
declare const self: { skipWaiting(): Promise<void> };

/**
 * Keeps the wallet's files so that it opens without a network. Nothing of a person comes by here:
 * what the wallet asks the service goes straight to it.
 */
precacheAndRoute([...__KEPT_FILES__], { directoryIndex: 'index.html', cleanURLs: false });
cleanupOutdatedCaches();

// A new version waits until the wallet is closed, or its owner wants it now.
addEventListener('message', ({ data }) => {
  if (data === 'use-now') void self.skipWaiting();
});
