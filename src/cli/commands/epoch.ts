import { Command } from 'commander';
import { parseListen } from '../../authority/http/listen.ts';
import type { Closing, ClosingOptions } from '../../authority/open-closing.ts';
import { allEpochs } from '../../chain/registry.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth, type MonthIndex, parseMonth } from '../../core/month.ts';
import { closeEpoch } from '../../jobs/close-epoch.ts';
import type { PeerRefusal } from '../../jobs/peer-signatures.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { listEpochs } from '../../ledger/store/epochs.ts';
import { encodeEpochs } from '../../verify/epochs-file.ts';
import { peerUrls, readTls, type TlsOptions } from '../authority-options.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { epochName, stateText } from '../epoch-words.ts';
import { writeJsonFile } from '../files.ts';

/** `canbao epoch close|list|export`: a month's root, signed and on the chain. */
export function epochCommand(): Command {
  const epoch = new Command('epoch');
  epoch
    .command('close')
    .description('commit a month of the ledger: root, signatures of the authorities, publication')
    .requiredOption('--month <YYYY-MM>', 'the month to close')
    .option('--revise', 'close it again with the corrections imported since')
    .option('--peer <url...>', 'authorities to ask for signatures; default: CANBAO_PEERS')
    .option('--serve <host:port>', 'give the ledger out to them meanwhile; default: CANBAO_SERVE')
    .option('--tls-cert <file>', 'certificate chain (PEM); default: CANBAO_TLS_CERT')
    .option('--tls-key <file>', 'its key (PEM); default: CANBAO_TLS_KEY')
    .action(async (options: CloseCommandOptions, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const refused: PeerRefusal[] = [];
      const onRefusal = (refusal: PeerRefusal) => {
        refused.push(refusal);
        const reason = refusal.error.text(terminal.language);
        terminal.say(
          terminal.text(
            `not signed by ${refusal.peer}: ${reason}`,
            `${refusal.peer}未签名：${reason}`,
          ),
        );
      };
      const closed = await closeMonth(environment, options, onRefusal);
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
        refused: refused.map(({ peer, error: { code, message, facts } }) => ({
          ...{ peer, code, message, facts },
        })),
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

interface CloseCommandOptions extends TlsOptions {
  readonly month: string;
  readonly revise?: boolean;
  readonly peer?: string[];
  readonly serve?: string;
}

function closeMonth(
  { terminal, clock, withBureau }: Environment,
  options: CloseCommandOptions,
  onRefusal: (refusal: PeerRefusal) => void,
) {
  const month: MonthIndex = parseMonth(options.month);
  const peers = peerUrls(options.peer);
  const address = options.serve ?? process.env.CANBAO_SERVE;
  const serve = address ? parseListen(address, '--serve') : undefined;
  return withBureau(async (bureau) => {
    const { store } = bureau;
    const chain = await bureau.chain();
    const [account] = await bureau.authorities();
    if (!account) throw new CanbaoError('authority.no_key');
    const closing = await open({
      ...{ store, registry: chain.registry, account, peers, serve, clock },
      tls: await readTls(options),
    });
    const line = terminal.progress(
      terminal.text(`Closing ${formatMonth(month)}`, `结账${formatMonth(month)}`),
    );
    const stages = {
      build: terminal.text('accounts', '账户'),
      sign: terminal.text('signatures', '签名'),
      publish: terminal.text('publishing', '上链'),
    };
    return closeEpoch({
      ...{ store, registry: chain.registry, month, onRefusal },
      signers: await bureau.signers(),
      peers: closing.peers,
      submitter: chain.account(1),
      revise: options.revise === true,
      hash: await wasmPoseidon(),
      persistChain: chain.persist,
      onProgress: (stage, share) => line.update(share, stages[stage]),
    }).finally(async () => {
      line.done();
      await closing.close();
    });
  });
}

/** A month closed by those who are here loads no server. */
async function open(options: ClosingOptions): Promise<Closing> {
  if (options.peers.length === 0 && !options.serve) {
    return { peers: [], url: undefined, close: async () => {} };
  }
  const { openClosing } = await import('../../authority/open-closing.ts');
  return openClosing(options);
}
