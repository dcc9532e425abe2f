import { Command } from 'commander';
import type { Closing, ClosingOptions } from '../../authority/open-closing.ts';
import { allEpochs } from '../../chain/registry.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth, parseMonth } from '../../core/month.ts';
import { parseListen } from '../../http/listen.ts';
import { closeEpoch } from '../../jobs/close-epoch.ts';
import type { PeerRefusal } from '../../jobs/peer-signatures.ts';
import { type SettleOptions, settleEpochs } from '../../jobs/settle-epochs.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { listEpochs } from '../../ledger/store/epochs.ts';
import { encodeEpochs } from '../../verify/epochs-file.ts';
import { peerUrls, readTls, type TlsOptions } from '../authority-options.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { epochName, stateText } from '../epoch-words.ts';
import { writeJsonFile } from '../files.ts';

/** `canbao epoch close|check|list|export`: a month's root, signed and on the chain. */
export function epochCommand(): Command {
  const epoch = new Command('epoch');
  withPeerOptions(epoch.command('close'))
    .description('commit a month of the ledger: root, signatures of the authorities, publication')
    .requiredOption('--month <YYYY-MM>', 'the month to close')
    .option('--revise', 'close it again with the corrections imported since')
    .option('--wait', 'where another closing runs, wait until it is done')
    .action(async (options: CloseFlags, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const refused: PeerRefusal[] = [];
      const closed = await closeMonth(environment, options, refused);
      const { epoch: done, signers } = closed;
      const name = epochName(done, terminal.language);
      const state = stateText(done.state, terminal.language);
      terminal.say(
        terminal.text(
          `${name}: ${state}, ${done.accountCount} accounts, root ${done.root}`,
          `${name}：${state}，${done.accountCount}个账户，根${done.root}`,
        ),
      );
      for (const signer of signers)
        terminal.say(terminal.text(`  signed by ${signer}`, `  签名：${signer}`));
      if (done.txHash)
        terminal.say(terminal.text(`  transaction ${done.txHash}`, `  交易：${done.txHash}`));
      terminal.result({
        ok: true,
        epoch: { ...done, month: formatMonth(done.month) },
        signers,
        refused: plainRefusals(refused),
      });
    });
  withPeerOptions(epoch.command('check'))
    .description('hold the ledger against the chain: what it took back is submitted again')
    .option('--wait', 'where another closing runs, wait until it is done')
    .action(async (options: PeerFlags & { wait?: boolean }, command) => {
      const { wait = false } = options;
      const refused: PeerRefusal[] = [];
      const environment = environmentOf(command);
      const { language, say, text, result } = environment.terminal;
      const { takenBack, settled } = await withClosing(
        environment,
        text('Checking the chain', '核对链上数据'),
        { ...options, refused },
        (settling) => settleEpochs({ ...settling, wait }),
      );
      if (settled.length === 0) {
        say(text('Ledger and chain agree.', '账本与链上一致。'));
      }
      for (const one of settled) {
        const name = epochName(one, language);
        const isAgain = takenBack.some(({ id }) => id === one.id);
        say(
          isAgain
            ? text(
                `${name}: the chain had lost it; submitted again`,
                `${name}：链上缺失，已重新提交`,
              )
            : text(`${name}: closing finished`, `${name}：已完成结账`),
        );
      }
      const plain = (epochs: typeof settled) =>
        epochs.map((one) => ({ ...one, month: formatMonth(one.month) }));
      result({
        ...{ ok: true, takenBack: plain(takenBack), settled: plain(settled) },
        refused: plainRefusals(refused),
      });
    });
  epoch
    .command('list')
    .description('closed months of the ledger')
    .action(async (_options, command) => {
      const environment = environmentOf(command);
      const epochs = await environment.withBureau(({ store }) => listEpochs(store));
      const { language, say, text } = environment.terminal;
      if (epochs.length === 0) say(text('No month is closed yet.', '尚无已结账的月份。'));
      for (const epoch of epochs) {
        const state = stateText(epoch.state, language);
        say(`${epochName(epoch, language)}  ${state}  ${epoch.accountCount}  ${epoch.root}`);
      }
      environment.terminal.result({
        ok: true,
        epochs: epochs.map((one) => ({ ...one, month: formatMonth(one.month) })),
      });
    });
  epoch
    .command('export')
    .description('write the published roots to a file, for verifying off line')
    .requiredOption('-o, --output <file>', 'where to write it')
    .action(async ({ output }: { output: string }, command) => {
      const environment = environmentOf(command);
      const epochs = await environment.withChain(({ registry }) => allEpochs(registry));
      await writeJsonFile(output, encodeEpochs(epochs));
      environment.terminal.say(
        environment.terminal.text(
          `Published roots in ${output}: ${epochs.length}`,
          `已公布的根写入${output}：${epochs.length}个`,
        ),
      );
      environment.terminal.result({ ok: true, output, epochs: epochs.length });
    });
  return epoch;
}

/** Whom to ask for signatures, and how they come by the ledger. */
interface PeerFlags extends TlsOptions {
  readonly peer?: string[];
  readonly serve?: string;
}

interface CloseFlags extends PeerFlags {
  readonly month: string;
  readonly revise?: boolean;
  readonly wait?: boolean;
}

function withPeerOptions(command: Command): Command {
  return command
    .option('--peer <url...>', 'authorities to ask for signatures; default: CANBAO_PEERS')
    .option('--serve <host:port>', 'give the ledger out to them meanwhile; default: CANBAO_SERVE')
    .option('--tls-cert <file>', 'certificate chain (PEM); default: CANBAO_TLS_CERT')
    .option('--tls-key <file>', 'its key (PEM); default: CANBAO_TLS_KEY');
}

function closeMonth(environment: Environment, options: CloseFlags, refused: PeerRefusal[]) {
  const month = parseMonth(options.month);
  const { revise = false, wait = false } = options;
  const { text } = environment.terminal;
  const title = text(`Closing ${formatMonth(month)}`, `结账${formatMonth(month)}`);
  return withClosing(environment, title, { ...options, refused }, async (closing) =>
    closeEpoch({ ...closing, month, revise, wait, hash: await wasmPoseidon() }),
  );
}

/** Opens what closings need, and shows how far they are and who does not sign. */
function withClosing<T>(
  { terminal, clock, withBureau }: Environment,
  title: string,
  flags: PeerFlags & { readonly refused: PeerRefusal[] },
  work: (options: SettleOptions) => Promise<T>,
): Promise<T> {
  const peers = peerUrls(flags.peer);
  const address = flags.serve ?? process.env.CANBAO_SERVE;
  const serve = address ? parseListen(address, '--serve') : undefined;
  return withBureau(async (bureau) => {
    const chain = await bureau.chain();
    const { store } = bureau;
    const { registry } = chain;
    const [account] = await bureau.authorities();
    if (!account) throw new CanbaoError('authority.no_key');
    const tls = await readTls(flags);
    const closing = await openPeers({ store, registry, account, peers, serve, tls, clock });
    const line = terminal.progress(title);
    const stages = {
      build: terminal.text('accounts', '账户'),
      sign: terminal.text('signatures', '签名'),
      publish: terminal.text('publishing', '上链'),
    };
    return work({
      ...{ store, registry, peers: closing.peers },
      signers: await bureau.signers(),
      submitter: chain.submitter(),
      persistChain: chain.persist,
      onProgress: (stage, share) => line.update(share, stages[stage]),
      onRefusal(refusal) {
        flags.refused.push(refusal);
        const { peer, error } = refusal;
        const reason = error.text(terminal.language);
        terminal.say(terminal.text(`Not signed by ${peer}: ${reason}`, `${peer}未签名：${reason}`));
      },
    }).finally(async () => {
      line.done();
      await closing.close();
    });
  });
}

/** A month closed by those who are here loads no server. */
async function openPeers(options: ClosingOptions): Promise<Closing> {
  if (options.peers.length === 0 && !options.serve) {
    return { peers: [], url: undefined, close: async () => {} };
  }
  const { openClosing } = await import('../../authority/open-closing.ts');
  return openClosing(options);
}

const plainRefusals = (refusals: readonly PeerRefusal[]) =>
  refusals.map(({ peer, error: { code, message, facts } }) => ({ peer, code, message, facts }));
