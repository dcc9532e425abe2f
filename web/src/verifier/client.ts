import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { type CanbaoClient, canbaoClient } from '../../../src/sdk/client.ts';
import { createStore, type Store } from '../shell/store.ts';

/**
 * A verifier's API key, pasted to try something out: it is in this variable alone, and gone when the
 * page is left or loaded anew.
 */
export const apiKey: Store<string> = createStore('');

/** The service this page comes from; with the key, in the name of its owner. */
export function verifierClient(language: Language): CanbaoClient {
  const key = apiKey.get();
  return canbaoClient({
    url: location.origin,
    language,
    ...(key !== '' && { apiKey: key }),
  });
}
