import { Command } from 'commander';
import { formatMonth } from '../../core/month.ts';
import { type BundleCheck, checkBundle, type PublishedRoots } from '../../holder/check-bundle.ts';
import { bundleCheckText, holdingTexts } from '../../holder/check-texts.ts';
import { epochsFromFile } from '../../verify/epochs-file.ts';
import { environmentOf } from '../environment.ts';
import { epochName } from '../epoch-words.ts';
import { readJsonFile } from '../files.ts';
import type { Terminal } from '../terminal.ts';

/**
 * `canbao bundle check`: whether the own record is in what was published, from the bundle alone.
 * Exits 0 if it is, 1 if it is not or its month was corrected since, 2 on a fault.
 */
export function bundleCheckCommand(): Command {
  return new Command('check')
    .description('recompute the own record up to the published root; needs no ledger')
    .argument('<bundle>', 'bundle file')
    .option('--epochs <file>', 'published roots (`canbao epoch export`), instead of the chain')
    .action(async (path: string, options: { epochs?: string }, command) => {
      const { terminal, clock, withChain } = environmentOf(command);
      const json = await readJsonFile(path);
      const check = (roots: PublishedRoots) => checkBundle(json, { roots, clock });
      const answer = options.epochs
        ? await check(epochsFromFile(await readJsonFile(options.epochs)))
        : await withChain(({ epochs }) => check(epochs));
      show(terminal, answer);
      process.exitCode = answer.ok ? 0 : 1;
    });
}

function show({ language, say, text, result }: Terminal, check: BundleCheck): void {
  const { ok, standing, holding, epoch, published } = check;
  const sentence = bundleCheckText(check, language);
  say(`${ok ? '✔' : '✘'} ${sentence}  [${standing}]`);
  for (const line of holding ? holdingTexts(holding, language) : []) say(`  ${line}`);
  if (epoch) {
    const name = published ? epochName(published, language) : formatMonth(epoch.month);
    say(text(`  Ledger of ${name}, root ${epoch.root}.`, `  账本：${name}，根${epoch.root}。`));
  }
  result({ ...check, text: sentence });
}
