import { Argument, Command } from 'commander';
import type { Address, Hex, LocalAccount } from 'viem';
import { verifierKeyHash } from '../../../chain/registered-key.ts';
import { registryAuthorities } from '../../../chain/registry.ts';
import {
  executeStatementChange,
  lastStatementChange,
  type StatementChange,
  signStatementChange,
  submitStatementChange,
} from '../../../chain/statement-registry.ts';
import { type StatementAction, statementActions } from '../../../chain/types.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { statementId } from '../../../request/request-hash.ts';
import type { ChainService } from '../../../runtime/chain-service.ts';
import { saySigned, withSignatures } from '../../change-signatures.ts';
import { environmentOf } from '../../environment.ts';
import { ownAuthorities } from '../../own-authorities.ts';
import { readStatementChange, statementDomain, writeStatementChange } from './change-file.ts';
import { showStatementChange } from './change-words.ts';

/** `canbao contracts change new|sign|submit`: statements governed by quorum. */
export function changeStatements(): Command {
  return new Command('change')
    .description('register, pause, resume, disable statements by quorum: a file that goes round')
    .addCommand(newChange())
    .addCommand(signChange())
    .addCommand(submitChange());
}

interface NewOptions {
  readonly verifier?: string;
  readonly output: string;
}

function newChange(): Command {
  return new Command('new')
    .description('draw up a change')
    .addArgument(new Argument('<action>').choices([...statementActions, 'register']))
    .argument('<statements...>', 'such as coverage@1')
    .option('--verifier <address>', 'of a statement that is registered: its Groth16 verifier')
    .requiredOption('-o, --output <file>', 'where to write it')
    .action(
      async (
        action: StatementAction | 'register',
        names: string[],
        options: NewOptions,
        command,
      ) => {
        const { terminal, withChain } = environmentOf(command);
        const { verifier, output } = options;
        const change = await withChain(async (chain) => {
          const drawn = await drawUp(chain, action, names.map(statementId), verifier);
          await writeStatementChange(output, await statementDomain(chain), {
            ...{ change: drawn, signatures: [] },
          });
          return drawn;
        });
        terminal.say(terminal.text(`A change, in ${output}:`, `变更已写入${output}：`));
        showStatementChange(terminal, change);
        terminal.result({ ok: true, output, change });
      },
    );
}

/** @throws cli.bad_option */
async function drawUp(
  chain: ChainService,
  action: StatementAction | 'register',
  statements: readonly Hex[],
  verifier: string | undefined,
): Promise<StatementChange> {
  const contract = await chain.verifier();
  const previousChange = await lastStatementChange(contract);
  const bad = (reason: string) =>
    new CanbaoError('cli.bad_option', { option: '--verifier', reason });
  if (action !== 'register') {
    if (verifier) throw bad('for what is registered only');
    return { previousChange, action, statements };
  }
  const [statement] = statements;
  if (!verifier || !/^0x[0-9a-fA-F]{40}$/.test(verifier))
    throw bad('an address: 0x and 40 hex digits');
  if (!statement || statements.length > 1) throw bad('for one statement at a time');
  const at = verifier.toLowerCase() as Address;
  const vkeyHash = await verifierKeyHash(contract.chain, at);
  return { previousChange, entry: { statement, verifier: at, vkeyHash } };
}

function signChange(): Command {
  return new Command('sign')
    .description('sign a change with the key of this installation')
    .argument('<file>', 'the change')
    .action(async (path: string, _options, command) => {
      const environment = environmentOf(command);
      const { terminal, withChain } = environment;
      const { change, signatures, quorum } = await withChain(async (chain) => {
        const domain = await statementDomain(chain);
        const { change, signatures } = await readStatementChange(path, domain);
        const last = await lastStatementChange(await chain.verifier());
        if (last !== change.previousChange) {
          throw new CanbaoError('authority.outdated_change', { last });
        }
        const { authorities, quorum } = await registryAuthorities(chain.registry);
        const own = await ownAuthorities(environment, authorities, domain.registry);
        const sign = (account: LocalAccount) => signStatementChange(domain, account, change);
        const signed = { change, signatures: await withSignatures(signatures, own, sign) };
        await writeStatementChange(path, domain, signed);
        return { ...signed, quorum };
      });
      showStatementChange(terminal, change);
      const count = signatures.length;
      saySigned(terminal, count, quorum);
      terminal.result({ ok: true, output: path, signatures: count, quorum });
    });
}

function submitChange(): Command {
  return new Command('submit')
    .description('send a change that a quorum has signed')
    .argument('<file>', 'the change')
    .action(async (path: string, _options, command) => {
      const { terminal, withChain } = environmentOf(command);
      const { change, transaction } = await withChain(async (chain) => {
        const { change, signatures } = await readStatementChange(
          path,
          await statementDomain(chain),
        );
        const [contract, { confirmations }] = [await chain.verifier(), chain.registry];
        const hash = await submitStatementChange(
          ...([contract, chain.submitter(), change, signatures, confirmations] as const),
        );
        await chain.persist();
        return { change, transaction: hash };
      });
      terminal.say(
        terminal.text(`Sent, transaction ${transaction}:`, `已提交，交易${transaction}：`),
      );
      showStatementChange(terminal, change);
      terminal.result({ ok: true, transaction });
    });
}

/** `canbao contracts execute <statement>`: what has waited long enough happens. */
export function executeChange(): Command {
  return new Command('execute')
    .description('make happen what was lodged and has waited long enough')
    .argument('<statement>', 'such as coverage@1')
    .action(async (name: string, _options, command) => {
      const { terminal, withChain } = environmentOf(command);
      const transaction = await withChain(async (chain) => {
        const [contract, { confirmations }] = [await chain.verifier(), chain.registry];
        const hash = await executeStatementChange(
          ...([contract, chain.submitter(), statementId(name), confirmations] as const),
        );
        await chain.persist();
        return hash;
      });
      terminal.say(terminal.text(`Done, transaction ${transaction}`, `已生效，交易${transaction}`));
      terminal.result({ ok: true, transaction });
    });
}
