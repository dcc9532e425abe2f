// What somebody writes who has installed the package: proves and verifies, with nothing but it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  decodeAnyBundle,
  deriveHolderKeys,
  fetchArtifacts,
  keysFrom,
  parseAnyRequest,
  parseManifest,
  prove,
  seedFromMnemonic,
  statementRegistry,
  verifyOffline,
} from 'canbao/sdk';

const require = createRequire(import.meta.url);
const json = async (path) => JSON.parse(await readFile(path, 'utf8'));
const { request: file, bundle, words, epochs } = await json('world.json');

const manifest = parseManifest(await json(require.resolve('canbao/keys/manifest.json')));
const artifacts = fetchArtifacts({
  manifest,
  acceptDevelopmentKeys: true,
  urlOf: (statement, name) => require.resolve(`canbao/keys/${statement}/${name}`),
  fetch: async (path) => new Response(await readFile(path)),
});
const request = parseAnyRequest(file, statementRegistry);
const presentation = await prove({
  request,
  artifacts,
  opening: decodeAnyBundle(bundle),
  holderKeys: deriveHolderKeys(seedFromMnemonic(words)),
});
const key = await json(require.resolve(`canbao/keys/${file.statement}/verification_key.json`));
const verdict = await verifyOffline(presentation, {
  request,
  epochs,
  keys: keysFrom(manifest, { [file.statement]: key }),
  acceptDevelopmentKeys: true,
});
console.log(JSON.stringify({ presentation, valid: verdict.valid }));
process.exit();
