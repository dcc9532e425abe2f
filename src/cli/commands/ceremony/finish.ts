import { Command } from 'commander';
import { finishCeremony } from '../../../ceremony/work/finish-ceremony.ts';
import { compiledCircuit } from '../../../keys/circuit-build.ts';
import { environmentOf } from '../../environment.ts';
import { ceremonyProgress, orRefused, showCeremony } from './words.ts';

/** `canbao ceremony finish`: exits 0 with the keys written, 1 where the ceremony does not hold. */
export function finishCommand(): Command {
  return new Command('finish')
    .description('verify all of it, and write keys, manifest and transcript')
    .argument('<folder>', 'the ceremony, its beacon accepted')
    .requiredOption('-o, --output <folder>', 'a new folder of keys')
    .action(async (folder: string, { output }: { readonly output: string }, command) => {
      const { terminal } = environmentOf(command);
      const progress = ceremonyProgress(terminal);
      await orRefused(terminal, async () => {
        const { transcript, checked, statements } = await finishCeremony({
          ...{ folder, output, onProgress: progress.onProgress },
          circuits: (statement) => compiledCircuit(statement),
        }).finally(progress.done);
        showCeremony(terminal, transcript, checked);
        for (const [name, { status, vkeyHash }] of Object.entries(statements)) {
          terminal.say(`  ${name}  ${status}  ${vkeyHash}`);
        }
        terminal.say(terminal.text(`Keys in ${output}`, `密钥已写入${output}`));
        terminal.result({
          ok: true,
          output,
          status: checked.status,
          head: checked.head,
          statements,
        });
      });
    });
}
