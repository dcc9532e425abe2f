import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import type { KeyManifest } from '../../../src/groth16/manifest.ts';
import type { ProvingArtifacts } from '../../../src/groth16/prover.ts';
import { fetchArtifacts } from '../../../src/sdk/artifacts.ts';
import { openCache } from './kept-answers.ts';
import { artifactUrl, keyManifest } from './keys.ts';

/** Some megabytes a statement, by their hashes: fetched once a device. */
const CACHE = 'canbao-keys';

/** Bytes of the files under way. */
export interface FetchProgress {
  readonly loaded: number;
  readonly total: number;
}

export interface PageArtifactsOptions {
  readonly acceptDevelopmentKeys: boolean;
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
}

/**
 * What proving a statement takes: from the device where it was fetched before, else from this site.
 * Every file is held against the manifest.
 * @throws as `fetchArtifacts`
 */
export async function pageArtifacts(
  options: PageArtifactsOptions,
): Promise<(statement: string) => Promise<ProvingArtifacts>> {
  const { acceptDevelopmentKeys, onProgress = () => {} } = options;
  const [manifest, cache] = await Promise.all([keyManifest(), openCache(CACHE)]);
  await forgetOld(cache, manifest);
  const load = fetchArtifacts({
    manifest,
    acceptDevelopmentKeys,
    urlOf: (statement, file) => artifactUrl(manifest, statement, file),
    fetch: keepingFetch(cache, onProgress),
  });
  return async (statement) => {
    try {
      return await load(statement);
    } catch (error) {
      // What is not what it should be is not kept.
      if (error instanceof CanbaoError && error.code.startsWith('key.')) await forget(cache);
      throw error;
    }
  };
}

function keepingFetch(
  cache: Cache | undefined,
  onProgress: (progress: FetchProgress) => void,
): typeof fetch {
  const under = new Map<string, FetchProgress>();
  const tell = (url: string, progress: FetchProgress) => {
    under.set(url, progress);
    const sum = (name: keyof FetchProgress) =>
      [...under.values()].reduce((all, one) => all + one[name], 0);
    onProgress({ loaded: sum('loaded'), total: sum('total') });
  };
  return async (input, init) => {
    const url = String(input);
    const kept = await cache?.match(url);
    if (kept) return kept;
    // Kept here, it need not be kept by the browser as well.
    const response = await fetch(url, { ...init, cache: cache ? 'no-store' : 'default' });
    if (!response.ok) return response;
    const bytes = await readAll(response, (progress) => tell(url, progress));
    const whole = () => new Response(bytes, { headers: { 'content-type': TYPE } });
    // A full device keeps nothing, and proves all the same.
    await cache?.put(url, whole()).catch(() => {});
    return whole();
  };
}

const TYPE = 'application/octet-stream';

async function readAll(response: Response, tell: (progress: FetchProgress) => void): Promise<Blob> {
  const total = Number(response.headers.get('content-length') ?? 0);
  const chunks: BlobPart[] = [];
  let loaded = 0;
  tell({ loaded, total });
  const reader = response.body?.getReader();
  for (;;) {
    const { done = true, value } = (await reader?.read()) ?? {};
    if (done || !value) return new Blob(chunks);
    chunks.push(value as Uint8Array<ArrayBuffer>);
    loaded += value.length;
    tell({ loaded, total: Math.max(total, loaded) });
  }
}

/** Files of keys that there are no more. */
async function forgetOld(cache: Cache | undefined, manifest: KeyManifest): Promise<void> {
  const hashes = JSON.stringify(manifest);
  for (const request of (await cache?.keys()) ?? []) {
    const hash = new URL(request.url).searchParams.get('sha256') ?? '?';
    if (!hashes.includes(hash)) await cache?.delete(request);
  }
}

async function forget(cache: Cache | undefined): Promise<void> {
  for (const request of (await cache?.keys()) ?? []) await cache?.delete(request);
}
