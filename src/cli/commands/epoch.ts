import { Command } from 'commander';
import { allEpochs } from '../../chain/registry.ts';
import { formatMonth, type MonthIndex, parseMonth } from '../../core/month.ts';
import { closeEpoch } from '../../jobs/close-epoch.ts';
import { type SettleOptions, settleEpochs } from '../../jobs/settle-epochs.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { listEpochs } from '../../ledger/store/epochs.ts';
import { encodeEpochs } from '../../verify/epochs-file.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { epochName, stateText } from '../epoch-words.ts';
import { writeJsonFile } from '../files.ts';

/** `canbao epoch close|check|list|export`: a month's root, signed and on the chain. */
export function epochCommand(): Command {
  const epoch = new Command('epoch');
  epoch
    .command('close')
    .description('commit a month of the ledger: root, signatures of the authorities, publication')
    .requiredOption('--month <YYYY-MM>', 'the month to close')
    .option('--revise', 'close it again with the corrections imported since')
    .option('--wait', 'where another closing runs, wait until it is done')
    .action(async (options: CloseFlags, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const closed = await closeMonth(environment, parseMonth(options.month), options);
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
      terminal.result({ ok: true, epoch: { ...done, month: formatMonth(done.month) }, signers });
    });
  epoch
    .command('check')
    .description('hold the ledger against the chain: what it took back is submitted again')
    .option('--wait', 'where another closing runs, wait until it is done')
    .action(async ({ wait = false }: { wait?: boolean }, command) => {
      const environment = environmentOf(command);
      const { language, say, text, result } = environment.terminal;
      const { takenBack, settled } = await withClosing(
        environment,
        text('Checking the chain', '核对链上数据'),
        (options) => settleEpochs({ ...options, wait }),
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
      result({ ok: true, takenBack: plain(takenBack), settled: plain(settled) });
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

interface CloseFlags {
  readonly month: string;
  readonly revise?: boolean;
  readonly wait?: boolean;
}

function closeMonth(
  environment: Environment,
  month: MonthIndex,
  { revise = false, wait = false }: CloseFlags,
) {
  const { text } = environment.terminal;
  const title = text(`Closing ${formatMonth(month)}`, `结账${formatMonth(month)}`);
  return withClosing(environment, title, async (options) =>
    closeEpoch({ ...options, month, revise, wait, hash: await wasmPoseidon() }),
  );
}

/** Opens what closings need, and shows how far they are. */
function withClosing<T>(
  { terminal, withBureau }: Environment,
  title: string,
  work: (options: SettleOptions) => Promise<T>,
): Promise<T> {
  return withBureau(async (bureau) => {
    const chain = await bureau.chain();
    const line = terminal.progress(title);
    const stages = {
      build: terminal.text('accounts', '账户'),
      sign: terminal.text('signatures', '签名'),
      publish: terminal.text('publishing', '上链'),
    };
    return work({
      store: bureau.store,
      registry: chain.registry,
      signers: await bureau.signers(),
      submitter: chain.submitter(),
      persistChain: chain.persist,
      onProgress: (stage, share) => line.update(share, stages[stage]),
    }).finally(() => line.done());
  });
}
