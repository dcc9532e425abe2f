import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { ErrorCode } from '../core/errors/catalogue.ts';
import type { Terminal } from './terminal.ts';

/**
 * The wallet's passphrase: `CANBAO_PASSPHRASE`, or asked for at a terminal. Never an argument, which
 * other users of the machine could read.
 * @throws cli.no_passphrase
 */
export async function readPassphrase({ text }: Terminal): Promise<string> {
  return given() ?? ask(text('Passphrase of the wallet', '钱包口令'));
}

/** A new wallet's passphrase, typed twice. @throws cli.no_passphrase, cli.passphrases_differ */
export async function readNewPassphrase({ text }: Terminal): Promise<string> {
  const known = given();
  if (known !== undefined) return known;
  const typed = await ask(text('Passphrase for the new wallet', '新钱包的口令'));
  const again = await ask(text('The same once more', '再输入一次'));
  if (typed !== again) throw new CanbaoError('cli.passphrases_differ');
  return typed;
}

/** A keystore's, typed; the environment was asked before. @throws keystore.no_passphrase */
export async function askKeystorePassphrase({ text }: Terminal): Promise<string> {
  return ask(text('Passphrase of the keystore', '密钥库口令'), 'keystore.no_passphrase');
}

function given(): string | undefined {
  return process.env.CANBAO_PASSPHRASE || undefined;
}

async function ask(message: string, missing: ErrorCode = 'cli.no_passphrase'): Promise<string> {
  if (!process.stdin.isTTY) throw new CanbaoError(missing);
  const { isCancel, password } = await import('@clack/prompts');
  const typed = await password({ message });
  if (isCancel(typed)) throw new CanbaoError(missing);
  return typed;
}
