import { cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';

/** Put in by the build: every file of the wallet. */
declare const __KEPT_FILES__: readonly PrecacheEntry[];

/**
 * Keeps the wallet's files so that it opens without a network. Nothing of a person comes by here:
 * what the wallet asks the service goes straight to it.
 */
precacheAndRoute([...__KEPT_FILES__], { directoryIndex: 'index.html', cleanURLs: false });
cleanupOutdatedCaches();
