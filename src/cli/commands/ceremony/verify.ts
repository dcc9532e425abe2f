import { Command } from 'commander';
import { verifyCeremony } from '../../../ceremony/work/verify-ceremony.ts';
import { parseManifest } from '../../../groth16/manifest.ts';
import { compiledCircuit } from '../../../keys/circuit-build.ts';
import { environmentOf } from '../../environment.ts';
import { readJsonFile } from '../../files.ts';
import { ceremonyProgress, orRefused, showCeremony } from './words.ts';

/** `canbao ceremony verify`: exits 0 where all of it holds, 1 where something does not. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('verify a ceremony from the source of its circuits on; takes minutes')
    .argument('<folder>', 'the ceremony')
    .option('--manifest <file>', 'keys in use, to be held against what the ceremony made')
    .action(async (folder: string, options: { readonly manifest?: string }, command) => {
      const { terminal } = environmentOf(command);
      const manifest = options.manifest
        ? parseManifest(await readJsonFile(options.manifest))
        : undefined;
      const progress = ceremonyProgress(terminal);
      await orRefused(terminal, async () => {
        const { transcript, checked } = await verifyCeremony({
          ...{ folder, manifest, onProgress: progress.onProgress },
          circuits: async (statement) => (await compiledCircuit(statement)).r1cs,
        }).finally(progress.done);
        showCeremony(terminal, transcript, checked);
        terminal.say(terminal.text('✔ All of it holds.', '✔ 全部核对无误。'));
        terminal.result({ ok: true, ...checked });
      });
    });
}
