import type { Command } from 'commander';
import type { LocalAccount } from 'viem';
import { type Clock, systemClock } from '../core/clock.ts';
import type { KeyProgress, KeyStore } from '../keys/key-store.ts';
import type { Bureau, BureauOptions } from '../runtime/bureau.ts';
import type { ChainService } from '../runtime/chain-service.ts';
import { type Home, openHome } from '../runtime/home.ts';
import { readNetworkSettings } from '../runtime/network-settings.ts';
import { statementRegistry } from '../statements/registry.ts';
import { parseLanguage } from './language.ts';
import { openTerminal, type Progress, type Terminal } from './terminal.ts';

/** What every command works with. */
export interface Environment {
  readonly terminal: Terminal;
  readonly home: Home;
  readonly clock: Clock;
  readonly production: boolean;
  readonly keys: KeyStore;
  /** The key of the authority this installation is, if one is configured. @throws as `authorityKey` */
  authorityKey(): Promise<LocalAccount | undefined>;
  /** How ledger and chain of this installation are opened. */
  readonly installation: BureauOptions;
  /** Opens the ledger for the command and closes it after. */
  withBureau<T>(work: (bureau: Bureau) => Promise<T>): Promise<T>;
  /** Opens the installation's chain, without the ledger. */
  withChain<T>(work: (chain: ChainService) => Promise<T>): Promise<T>;
}

/** Options of the program itself. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly home: string;
  readonly lang?: string;
}

/** Adds the options every command has. */
export function globalOptions(program: Command): Command {
  return program
    .option('--json', 'one JSON value on standard output, for programs')
    .option('--home <folder>', 'where files are kept', process.env.CANBAO_HOME ?? '.canbao')
    .option('--lang <language>', 'en or zh; default: that of the system');
}

/** The environment of a command as it was called. @throws cli.bad_option */
export function environmentOf(command: Command): Environment {
  return openEnvironment(command.optsWithGlobals<GlobalOptions>());
}

function openEnvironment(options: GlobalOptions): Environment {
  const terminal = openTerminal({
    language: parseLanguage(options.lang),
    json: options.json === true,
  });
  const home = openHome(options.home);
  const production = process.env.NODE_ENV === 'production';
  const keys = lazyKeys(terminal, production);
  let authority: Promise<LocalAccount | undefined> | undefined;
  const authorityKey = () => {
    authority ??= readAuthorityKey(terminal);
    return authority;
  };
  const shared = {
    home,
    authorityKey,
    databaseUrl: process.env.DATABASE_URL || undefined,
    rpcUrl: process.env.CANBAO_RPC_URL || undefined,
    network: () => readNetworkSettings(process.env),
    statements: statementRegistry,
    keys,
    clock: systemClock,
  };
  return {
    terminal,
    home,
    clock: systemClock,
    production,
    keys,
    authorityKey,
    installation: shared,
    async withBureau(work) {
      const opening = terminal.progress(terminal.text('Opening the ledger', '打开账本'));
      const { openBureau } = await import('../runtime/bureau.ts');
      const bureau = await openBureau(shared).finally(() => opening.done());
      return work(bureau).finally(() => bureau.close());
    },
    async withChain(work) {
      const { openInstalledChain } = await import('../runtime/installed-chain.ts');
      const chain = await openInstalledChain(shared);
      return work(chain).finally(() => chain.close());
    },
  };
}

async function readAuthorityKey(terminal: Terminal): Promise<LocalAccount | undefined> {
  const [{ authorityKey }, { askKeystorePassphrase }] = await Promise.all([
    import('../runtime/authority-key.ts'),
    import('./passphrase.ts'),
  ]);
  return authorityKey(process.env, () => askKeystorePassphrase(terminal));
}

/** The key store, loaded by the first command that needs a key. */
function lazyKeys(terminal: Terminal, production: boolean): KeyStore {
  let store: KeyStore | undefined;
  return {
    async get(statement) {
      const { openKeyStore } = await import('../keys/key-store.ts');
      store ??= openKeyStore({ production }, keyProgress(terminal));
      return store.get(statement);
    },
  };
}

/** One line for each circuit that has to be compiled or set up. */
function keyProgress(terminal: Terminal): (progress: KeyProgress) => void {
  const lines = new Map<string, Progress>();
  return ({ statement, stage, share }) => {
    const id = `${statement} ${stage}`;
    const line = lines.get(id) ?? terminal.progress(stageText(terminal, statement, stage));
    lines.set(id, line);
    if (stage === 'setup') lines.get(`${statement} compile`)?.done();
    if (share >= 1) line.done();
    else if (stage === 'setup') line.update(share);
  };
}

function stageText(terminal: Terminal, statement: string, stage: 'compile' | 'setup'): string {
  return stage === 'compile'
    ? terminal.text(`Compiling the circuit of ${statement}`, `编译${statement}的电路`)
    : terminal.text(`Making a development key for ${statement}`, `为${statement}生成开发密钥`);
}
