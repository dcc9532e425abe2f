import { systemClock } from '../../../src/core/clock.ts';
import { verificationKeyFromZkey } from '../../../src/groth16/zkey.ts';
import { encodeBundle } from '../../../src/holder/bundle.ts';
import { deriveHolderKeys } from '../../../src/holder/keys.ts';
import { seedFromMnemonic } from '../../../src/holder/mnemonic.ts';
import type { StatementKeys } from '../../../src/keys/key-store.ts';
import type { PresentationRequest } from '../../../src/request/presentation-request.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { encodeEpochs, epochsFromFile } from '../../../src/verify/epochs-file.ts';
import type { VerifierPorts } from '../../../src/verify/ports.ts';
import { openingOf, sampleAccount } from '../opening.ts';
import { coverageStatement, sampleParams, sampleRequest } from '../request.ts';
import { publishedPaths } from './published-files.ts';
import type { SiteFile } from './static-site.ts';

/** BIP-39's published test phrase; none of its words occurs in a request's headers. */
const mnemonic = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const keys = deriveHolderKeys(seedFromMnemonic(mnemonic));
const opening = openingOf(sampleAccount(), keys.commitment);

/** The sample's holder: 24 months paid in Xiamen. The page has its own clock, so this is of today. */
export const pageHolder = { mnemonic, keys, opening, bundle: encodeBundle(opening) } as const;

const { root, month } = opening.epoch;
const now = systemClock();
export const publishedEpochs = encodeEpochs([
  { root, month, revision: 0, publishedAt: now - 86_400 },
]);

/** Asks for `minMonths` months in Xiamen; lasts an hour. */
export function requestFor(minMonths: bigint): PresentationRequest {
  return sampleRequest({ params: { ...sampleParams, minMonths }, expiresAt: now + 3600 });
}

/** What a bureau's site would publish, the same for everybody, by path. */
export function publishedFiles({ artifacts, entry }: StatementKeys): [string, SiteFile][] {
  const { name } = coverageStatement();
  const manifest = { format: 'canbao/keys@1', statements: { [name]: entry } };
  const verificationKey = verificationKeyFromZkey(artifacts.zkey);
  return [
    [publishedPaths.epochs, jsonFile(publishedEpochs)],
    [publishedPaths.manifest, jsonFile(manifest)],
    [publishedPaths.verificationKey(name), jsonFile(verificationKey)],
    [publishedPaths.graph(name), binary(artifacts.graph ?? new Uint8Array())],
    [publishedPaths.zkey(name), binary(artifacts.zkey)],
  ];
}

/** A verifier outside the browser that knows the same epochs. */
export function verifierPorts(statementKeys: StatementKeys): VerifierPorts {
  return {
    statements: statementRegistry,
    epochs: epochsFromFile(publishedEpochs),
    keys: { get: () => statementKeys },
    clock: systemClock,
  };
}

function binary(body: Uint8Array): SiteFile {
  return { type: 'application/octet-stream', body };
}

function jsonFile(value: unknown): SiteFile {
  return { type: 'application/json', body: Buffer.from(JSON.stringify(value)) };
}
