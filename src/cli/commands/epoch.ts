import { Command } from 'commander';
import { allEpochs } from '../../chain/registry.ts';
import { formatMonth, type MonthIndex, parseMonth } from '../../core/month.ts';
import { closeEpoch } from '../../jobs/close-epoch.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { listEpochs } from '../../ledger/store/epochs.ts';
import { encodeEpochs } from '../../verify/epochs-file.ts';
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
    .action(async (options: { month: string; revise?: boolean }, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const { month, revise = false } = options;
      const closed = await closeMonth(environment, parseMonth(month), revise);
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

function closeMonth({ terminal, withBureau }: Environment, month: MonthIndex, revise: boolean) {
  return withBureau(async (bureau) => {
    const chain = await bureau.chain();
    const line = terminal.progress(
      terminal.text(`Closing ${formatMonth(month)}`, `结账${formatMonth(month)}`),
    );
    const stages = {
      build: terminal.text('accounts', '账户'),
      sign: terminal.text('signatures', '签名'),
      publish: terminal.text('publishing', '上链'),
    };
    return closeEpoch({
      store: bureau.store,
      registry: chain.registry,
      signers: await bureau.signers(),
      submitter: chain.submitter(),
      month,
      revise,
      hash: await wasmPoseidon(),
      persistChain: chain.persist,
      onProgress: (stage, share) => line.update(share, stages[stage]),
    }).finally(() => line.done());
  });
}
