import type { Check, Finding } from '../check.ts';
import { type KnownBug, readBugTable } from './bug-table.ts';
import { patchedTree } from './patched-tree.ts';

/** Rows of a quick run. */
const QUICK_ROWS = 2;

/** Bugs that real systems shipped, and the named test that would notice each. */
export const defencesCheck: Check = {
  name: 'defences',
  claim:
    'Bugs that real circuits and verifiers had (`defences/bug-table.json`): each has a named test that passes, and fails when the defence is taken out of the source. Rows about circuits name the planted bugs that take it out.',
  unit: 'rows',
  async *run(context) {
    const all = readBugTable().filter(({ bug }) => bug.includes(context.bug));
    const rows = context.isQuick ? all.filter((row) => row.patches).slice(0, QUICK_ROWS) : all;
    const survivors: Finding[] = [];
    const figures = { patched: 0, byPlantedBugs: 0 };
    for (const [at, row] of rows.entries()) {
      context.progress(`defences: ${row.bug}`, at / rows.length);
      if (row.patches) figures.patched++;
      else figures.byPlantedBugs++;
      const problem = await problemOf(row);
      process.stderr.write(`  ${row.bug}: ${problem ?? 'noticed'}\n`);
      if (problem) survivors.push({ where: row.bug, what: problem, at: row.test.file });
    }
    yield {
      check: 'defences',
      statement: 'all',
      tried: rows.length,
      figures,
      answered: [],
      survivors,
    };
  },
};

async function problemOf({ test, patches }: KnownBug): Promise<string | undefined> {
  {
    await using intact = await patchedTree([]);
    const outcome = await intact.outcome(test);
    if (outcome !== 'passed') return `“${test.name}”: ${outcome}, nothing being patched`;
  }
  if (!patches) return undefined;
  await using patched = await patchedTree(patches);
  const outcome = await patched.outcome(test);
  return outcome === 'failed' ? undefined : `“${test.name}”: ${outcome}, the defence being out`;
}
