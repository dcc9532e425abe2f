import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { systemRandom } from '../../core/random.ts';
import { openServiceTables } from '../../service/store/migrations.ts';
import type { ServiceDb } from '../../service/store/tables.ts';
import { addVerifier, listVerifiers, revokeVerifier } from '../../service/verifiers/verifiers.ts';
import { type Environment, environmentOf } from '../environment.ts';

interface AddOptions {
  readonly audience: string;
  readonly name: string;
}

const MAX_NAME = 200;

/** `canbao verifier add|list|revoke`: who may ask over HTTP in a name of its own. */
export function verifierCommand(): Command {
  return new Command('verifier')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function addCommand(): Command {
  return new Command('add')
    .description('register a verifier; shows its API key, once')
    .requiredOption('--audience <origin>', 'its https origin, or a CAIP-10 account')
    .requiredOption('--name <text>', 'what it is called here')
    .action(async ({ audience, name }: AddOptions, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      if (name.length < 1 || name.length > MAX_NAME) {
        const reason = `1 – ${MAX_NAME} characters`;
        throw new CanbaoError('cli.bad_option', { option: '--name', reason });
      }
      const { verifier, key } = await withTables(environment, (db) =>
        addVerifier(db, { audience, name }, systemRandom),
      );
      terminal.say(`${verifier.id}  ${audience}  ${name}`);
      terminal.say(
        terminal.text(`API key, shown this once: ${key}`, `API密钥（仅显示这一次）：${key}`),
      );
      terminal.result({ ok: true, ...verifier, key });
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('verifiers, revoked ones too')
    .action(async (_options, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const verifiers = await withTables(environment, listVerifiers);
      for (const { id, audience, name, revokedAt } of verifiers) {
        const day = revokedAt?.toISOString().slice(0, 10);
        const revoked = day ? terminal.text(`  (revoked ${day})`, `  （已于${day}撤销）`) : '';
        terminal.say(`${id}  ${audience}  ${name}${revoked}`);
      }
      terminal.result({ ok: true, verifiers });
    });
}

function revokeCommand(): Command {
  return new Command('revoke')
    .description('refuse the API key of a verifier from now on')
    .argument('<id>', 'its number, see `verifier list`')
    .action(async (text: string, _options, command) => {
      const environment = environmentOf(command);
      const { terminal, clock } = environment;
      if (!/^[1-9]\d{0,8}$/.test(text)) throw new CanbaoError('verifier.unknown', { id: text });
      const id = Number(text);
      await withTables(environment, (db) => revokeVerifier(db, id, new Date(clock() * 1000)));
      terminal.say(terminal.text(`Verifier ${id} is revoked.`, `验证方${id}已撤销。`));
      terminal.result({ ok: true, id });
    });
}

function withTables<T>(environment: Environment, work: (db: ServiceDb) => Promise<T>): Promise<T> {
  return environment.withBureau(async ({ store }) => work(await openServiceTables(store)));
}
