import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Statement } from '../src/statements/define-statement.ts';
import { generateContracts } from './contracts.ts';
import { generateCircom } from './gen/circom.ts';
import { generatePoseidonKernels } from './gen/kernels/poseidon-kernel.ts';
import { generateProverKernels } from './gen/kernels/prover-kernel.ts';
import { generateWitnessKernel } from './gen/kernels/witness-kernel.ts';
import { generatePolicies } from './gen/policies.ts';
import { generateRegistry } from './gen/registry.ts';
import { generateSolidity } from './gen/solidity.ts';

/**
 * `npm run gen`: derives from the statement folders whatever would otherwise be repeated by hand.
 * With `--check` writes nothing and fails if a file would change.
 */
const root = resolve(import.meta.dirname, '..');

async function loadStatements(): Promise<{ slugs: string[]; statements: Statement[] }> {
  const folder = resolve(root, 'circuits/statements');
  const slugs = readdirSync(folder).sort();
  const statements: Statement[] = [];
  for (const slug of slugs) {
    const url = pathToFileURL(resolve(folder, slug, 'statement.ts')).href;
    const module = (await import(url)) as { statement: Statement };
    if (module.statement.slug !== slug) {
      throw new Error(`circuits/statements/${slug} defines ${module.statement.slug}`);
    }
    statements.push(module.statement);
  }
  return { slugs, statements };
}

const { slugs, statements } = await loadStatements();
const files = new Map([
  ...generatePolicies(root),
  ...generateCircom(root, statements),
  ...generateRegistry(slugs),
  ...generateSolidity(statements),
  ...(await generateProverKernels(root)),
  ...(await generateWitnessKernel(root)),
  ...(await generatePoseidonKernels(root)),
]);

const isCheck = process.argv.includes('--check');
const stale: string[] = [];
for (const [path, content] of files) {
  const file = resolve(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === content) continue;
  stale.push(path);
  if (isCheck) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
stale.push(...(await generateContracts({ check: isCheck })));
if (isCheck && stale.length > 0) {
  console.error(`Out of date, run npm run gen: ${stale.join(', ')}`);
  process.exit(1);
}
console.log(isCheck ? 'Generated files are up to date.' : `${stale.length} files written.`);
