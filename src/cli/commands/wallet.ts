import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { createEnrolment } from '../../holder/enrolment.ts';
import { deriveHolderKeys, type HolderKeys } from '../../holder/keys.ts';
import { newMnemonic, seedFromMnemonic } from '../../holder/mnemonic.ts';
import { openWallet, sealWallet } from '../../holder/wallet-file.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { readJsonFile, writeJsonFile } from '../files.ts';
import { readNewPassphrase, readPassphrase } from '../passphrase.ts';

/** `canbao wallet new|show`: a holder's keys. */
export function walletCommand(): Command {
  const wallet = new Command('wallet');
  wallet
    .command('new')
    .description('make keys; writes the wallet, and an enrolment file for the bureau')
    .option('--wallet <file>', 'default: wallet.json in the home folder')
    .option('--words <language>', 'language of the recovery words: en or zh', 'en')
    .action(async (options: { wallet?: string; words: string }, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const path = walletPath(environment, options.wallet);
      if (existsSync(path)) throw new CanbaoError('cli.file_exists', { path });
      if (options.words !== 'en' && options.words !== 'zh') {
        throw new CanbaoError('cli.bad_option', { option: '--words', reason: 'en or zh' });
      }
      const mnemonic = newMnemonic(options.words);
      const keys = deriveHolderKeys(seedFromMnemonic(mnemonic));
      await writeJsonFile(
        path,
        await sealWallet(mnemonic, await readNewPassphrase(terminal)),
        true,
      );
      const enrolmentPath = enrolmentPathOf(path);
      await writeJsonFile(enrolmentPath, createEnrolment(keys));
      terminal.say(
        terminal.text(
          'Write these words down on paper. They are the only way back if this device is lost:',
          '请把以下词语抄在纸上。设备丢失时，只有它们能找回您的密钥：',
        ),
      );
      terminal.say(`\n  ${mnemonic}\n`);
      terminal.say(terminal.text(`Wallet: ${path}`, `钱包：${path}`));
      terminal.say(
        terminal.text(`For the bureau: ${enrolmentPath}`, `交给经办机构：${enrolmentPath}`),
      );
      terminal.result({ ok: true, wallet: path, enrolment: enrolmentPath, mnemonic });
    });
  wallet
    .command('show')
    .description('the public part of the keys')
    .option('--wallet <file>', 'default: wallet.json in the home folder')
    .action(async (options: { wallet?: string }, command) => {
      const environment = environmentOf(command);
      const keys = await openHolderKeys(environment, options.wallet);
      const { x, y } = keys.publicKey;
      environment.terminal.say(
        `Ax          ${x}\nAy          ${y}\ncommitment  ${keys.commitment}`,
      );
      environment.terminal.result({ ok: true, ax: x, ay: y, commitment: keys.commitment });
    });
  return wallet;
}

/** The holder's keys out of a wallet file. @throws cli.no_file, wallet.not_opened */
export async function openHolderKeys(environment: Environment, path?: string): Promise<HolderKeys> {
  const file = await readJsonFile(walletPath(environment, path));
  const mnemonic = await openWallet(file, await readPassphrase(environment.terminal));
  return deriveHolderKeys(seedFromMnemonic(mnemonic));
}

function walletPath({ home }: Environment, path: string | undefined): string {
  return path ?? home.path('wallet.json');
}

function enrolmentPathOf(wallet: string): string {
  return wallet.replace(/(\.json)?$/, '.enrolment.json');
}
