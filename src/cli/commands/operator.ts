import { Command } from 'commander';
import { readConfig } from '../../api/config.ts';
import { originOf } from '../../api/origin.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { developmentToken } from '../../service/operators/development-issuer.ts';
import { type OperatorRole, operatorRoles } from '../../service/operators/operator.ts';
import { environmentOf } from '../environment.ts';

interface TokenOptions {
  readonly subject: string;
  readonly role: readonly string[];
}

/** `canbao operator token`: a token of the built-in issuer, where no other is configured. */
export function operatorCommand(): Command {
  const operator = new Command('operator');
  operator
    .command('token')
    .description('a token of the built-in development issuer, good for 8 hours')
    .requiredOption('--subject <name>', 'who it is for, as the operator log will name them')
    .requiredOption('--role <roles...>', operatorRoles.join(', '))
    .action(async ({ subject, role }: TokenOptions, command) => {
      const { terminal, home, clock, production } = environmentOf(command);
      const { oidc, origin, listen } = readConfig(process.env);
      // It would be refused: nobody should wonder why.
      if (production || oidc.issuer) throw new CanbaoError('operator.no_development_issuer');
      const roles = role.map(parseRole);
      const { audience } = oidc;
      const token = await developmentToken(home, { subject, roles, audience, clock });
      // Behind #, it reaches no server and no log of one.
      const link = `${origin ?? originOf(listen)}/bureau/#token=${token}`;
      terminal.say(token);
      terminal.say(link);
      terminal.result({ ok: true, token, link });
    });
  return operator;
}

function parseRole(text: string): OperatorRole {
  const role = operatorRoles.find((one) => one === text);
  if (role) return role;
  throw new CanbaoError('cli.bad_option', { option: '--role', reason: operatorRoles.join(', ') });
}
