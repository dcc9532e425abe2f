import { Command } from 'commander';
import { restoreBackup } from '../../service/backup/restore-backup.ts';
import { environmentOf } from '../environment.ts';

/** `canbao restore`: a backup into an empty installation, of either engine. */
export function restoreCommand(): Command {
  return new Command('restore')
    .argument('<file>', 'what `canbao backup` wrote')
    .action(async (file: string, _options, command) => {
      const { terminal, home, installation } = environmentOf(command);
      const { databaseUrl, schema } = installation;
      const store = databaseUrl ? { databaseUrl, schema } : { folder: home.path('ledger') };
      const line = terminal.progress(terminal.text('Restoring', '正在恢复'));
      const report = await restoreBackup(file, { store, home }).finally(() => line.done());
      terminal.say(terminal.text(`${report.rows} rows restored`, `已恢复${report.rows}行`));
      if (!report.hasSecrets) {
        terminal.say(
          terminal.text(
            `Put the secrets kept apart into ${home.path('secrets')} before anything else is done.`,
            `请先将另行保存的密钥放入${home.path('secrets')}。`,
          ),
        );
      }
      terminal.say(
        terminal.text(
          '`canbao audit` rebuilds its roots and holds them against the chain.',
          '可用`canbao audit`重算各月的根并与链上核对。',
        ),
      );
      terminal.result({ ok: true, ...report });
    });
}
