import { isCancel, password } from '@clack/prompts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Terminal } from './terminal.ts';

/**
 * The wallet's passphrase: `CANBAO_PASSPHRASE`, or asked for at a terminal. Never an argument, which
 * other users of the machine could read.
 * @throws cli.no_passphrase
 */
export async function readPassphrase({ text }: Terminal): Promise<string> {
  const given = process.env.CANBAO_PASSPHRASE;
  if (given) return given;
  if (!process.stdin.isTTY) throw new CanbaoError('cli.no_passphrase');
  const typed = await password({ message: text('Passphrase of the wallet', '钱包口令') });
  if (isCancel(typed)) throw new CanbaoError('cli.no_passphrase');
  return typed;
}
