import { resolve } from 'node:path';
import { Command } from 'commander';
import { writeBackup } from '../../service/backup/write-backup.ts';
import { openServiceTables } from '../../service/store/migrations.ts';
import { environmentOf } from '../environment.ts';

interface BackupFlags {
  readonly output: string;
  readonly withSecrets?: boolean;
}

/** `canbao backup`: ledger and service in one file, as they are at one moment. */
export function backupCommand(): Command {
  return new Command('backup')
    .requiredOption('-o, --output <file>', 'where to write it')
    .option('--with-secrets', 'with the keys of the home: guard the file like them')
    .action(async ({ output, withSecrets = false }: BackupFlags, command) => {
      const { terminal, home, clock, withBureau } = environmentOf(command);
      const path = resolve(output);
      const report = await withBureau(async ({ store }) => {
        await openServiceTables(store);
        const line = terminal.progress(terminal.text('Writing the backup', '正在备份'));
        const options = { store, home, clock, withSecrets };
        return writeBackup(path, options).finally(() => line.done());
      });
      terminal.say(terminal.text(`${report.rows} rows → ${path}`, `${report.rows}行 → ${path}`));
      if (!withSecrets) {
        terminal.say(
          terminal.text(
            `The secrets in ${home.path('secrets')} are not in it: keep a copy apart, without them the ledger takes no more imports.`,
            `备份不含${home.path('secrets')}中的密钥：请另行保存，缺少密钥账本将无法继续导入。`,
          ),
        );
      }
      terminal.result({ ok: true, output: path, withSecrets, ...report });
    });
}
