import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth, parseMonth } from '../../core/month.ts';
import { encodeBundle } from '../../holder/bundle.ts';
import { openingByIdNumber } from '../../ledger/build/epoch-opening.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { getEpoch, latestEpoch } from '../../ledger/store/epochs.ts';
import { environmentOf } from '../environment.ts';
import { writeJsonFile } from '../files.ts';

/** `canbao bundle`: a person's own record with its inclusion proof, for the person alone. */
export function bundleCommand(): Command {
  return new Command('bundle')
    .requiredOption('--person <idNumber>', 'ID number of the person')
    .option('--month <YYYY-MM>', 'closed month; default: the last one')
    .requiredOption('-o, --output <file>', 'where to write it')
    .action(async (options: { person: string; month?: string; output: string }, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const opening = await environment.withBureau(async ({ store, pepper }) => {
        const epoch = options.month
          ? await getEpoch(store, parseMonth(options.month))
          : await latestEpoch(store);
        if (!epoch) throw new CanbaoError('ledger.no_epoch');
        const person = { idNumber: options.person, pepper };
        return openingByIdNumber(store, person, epoch, await wasmPoseidon());
      });
      await writeJsonFile(options.output, encodeBundle(opening), true);
      const month = formatMonth(opening.epoch.month);
      terminal.say(
        terminal.text(
          `Record as of ${month} in ${options.output}`,
          `截至${month}的记录已写入${options.output}`,
        ),
      );
      terminal.result({ ok: true, output: options.output, month });
    });
}
