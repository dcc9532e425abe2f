import { Command } from 'commander';
import { headOf } from '../../../ceremony/transcript.ts';
import { applyBeacon } from '../../../ceremony/work/apply-beacon.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { environmentOf } from '../../environment.ts';
import { ceremonyProgress, orRefused } from './words.ts';

/** `canbao ceremony beacon`: the last contribution, of public randomness. */
export function beaconCommand(): Command {
  return new Command('beacon')
    .description('close the ceremony with the randomness that was named in advance')
    .argument('<folder>', 'the ceremony')
    .requiredOption('--value <hex>', 'what the named source said: 32 bytes')
    .action(async (folder: string, { value }: { readonly value: string }, command) => {
      const { terminal, clock } = environmentOf(command);
      const hex = value.replace(/^0x/, '').toLowerCase();
      if (!/^[0-9a-f]{64}$/.test(hex)) {
        throw new CanbaoError('cli.bad_option', { option: '--value', reason: '32 bytes in hex' });
      }
      const progress = ceremonyProgress(terminal);
      await orRefused(terminal, async () => {
        const transcript = await applyBeacon({
          ...{ folder, value: hex, clock, onProgress: progress.onProgress },
        }).finally(progress.done);
        const hash = headOf(transcript);
        const { text, say } = terminal;
        say(text('✔ The beacon closes the ceremony.', '✔ 随机信标已应用，仪式结束。'));
        say(`  ${hash}`);
        terminal.result({ ok: true, number: transcript.contributions.length, hash });
      });
    });
}
