import { compactDevelopmentKey } from '../src/keys/development-keys.ts';
import { openKeyStore } from '../src/keys/key-store.ts';
import { statementRegistry } from '../src/statements/registry.ts';

/**
 * `npm run keys`: compiles every circuit and makes its development key, where that is not done yet.
 * With `--compact` writes the compact key beside each, `circuit.ckey`.
 */
const keys = openKeyStore({ production: false }, ({ statement, stage, share }) => {
  if (share === 0) console.log(`${statement}: ${stage}`);
});
const names = statementRegistry.all().map(({ name }) => name);
await Promise.all(names.map((name) => keys.get(name)));
const bytes = (count: number) => `${count.toLocaleString('en')} bytes`;
for (const name of names) {
  const { entry, artifacts } = await keys.get(name);
  console.log(`${name}: ${entry.status} key ${entry.vkeyHash}, ${bytes(artifacts.zkey.length)}`);
}
if (process.argv.includes('--compact')) {
  for (const name of names) {
    const { artifacts, entry } = await keys.get(name);
    const key = { zkey: artifacts.zkey, entry };
    const { compactKey: compact } = await compactDevelopmentKey(name, artifacts, key);
    const share = ((100 * compact.length) / artifacts.zkey.length).toFixed(1);
    console.log(`${name}: compact key ${bytes(compact.length)}, ${share} % of the zkey`);
  }
}
