// The same from TypeScript, by who only verifies.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  type AnyVerdict,
  anyVerdictText,
  keysFrom,
  parseManifest,
  verifyOffline,
} from 'canbao/verify';

const require = createRequire(import.meta.url);
const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
const { presentation, request, epochs } = (await json('shown.json')) as {
  presentation: unknown;
  request: { statement: string };
  epochs: unknown;
};

const { statement } = request;
const verdict: AnyVerdict = await verifyOffline(presentation, {
  request: request as never,
  epochs,
  acceptDevelopmentKeys: true,
  keys: keysFrom(parseManifest(await json(require.resolve('canbao/keys/manifest.json'))), {
    [statement]: await json(require.resolve(`canbao/keys/${statement}/verification_key.json`)),
  }),
});
const reason: AnyVerdict['reason'] = verdict.reason;
// @ts-expect-error: a verdict has no such thing, and the declarations say so.
void verdict.verified;
console.log(JSON.stringify({ valid: verdict.valid, reason, text: anyVerdictText(verdict, 'zh') }));
process.exit();
