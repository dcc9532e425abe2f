import { openKeyStore } from '../src/keys/key-store.ts';
import { statementRegistry } from '../src/statements/registry.ts';

/** `npm run keys`: compiles every circuit and makes its development key, where that is not done yet. */
const keys = openKeyStore({ production: false }, ({ statement, stage, share }) => {
  if (share === 0) console.log(`${statement}: ${stage}`);
});
const names = statementRegistry.all().map(({ name }) => name);
await Promise.all(names.map((name) => keys.get(name)));
for (const name of names) {
  const { entry, artifacts } = await keys.get(name);
  console.log(`${name}: ${entry.status} key ${entry.vkeyHash}, ${artifacts.zkey.length} bytes`);
}
