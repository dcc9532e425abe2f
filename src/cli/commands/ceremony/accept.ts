import { Command } from 'commander';
import { headOf, participants } from '../../../ceremony/transcript.ts';
import { acceptContribution } from '../../../ceremony/work/accept.ts';
import { environmentOf } from '../../environment.ts';
import { ceremonyProgress, orRefused } from './words.ts';

/** `canbao ceremony accept`: exits 0 where the contribution is taken, 1 where it is refused. */
export function acceptCommand(): Command {
  return new Command('accept')
    .description('check a contribution that came back, and take it in')
    .argument('<folder>', 'the ceremony')
    .argument('<contribution>', 'the folder that came back')
    .action(async (folder: string, contribution: string, _options, command) => {
      const { terminal } = environmentOf(command);
      const progress = ceremonyProgress(terminal);
      await orRefused(terminal, async () => {
        const transcript = await acceptContribution({
          ...{ folder, contribution, onProgress: progress.onProgress },
        }).finally(progress.done);
        const last = transcript.contributions.at(-1);
        const [number, hash] = [transcript.contributions.length, headOf(transcript)];
        const { text, say } = terminal;
        say(text(`✔ Contribution ${number}: ${last?.name}`, `✔ 第${number}份贡献：${last?.name}`));
        say(`  ${hash}`);
        const found = participants(transcript).length;
        terminal.result({ ok: true, number, hash, participants: found });
      });
    });
}
