import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth, parseMonth } from '../../core/month.ts';
import { encodeBundle } from '../../holder/bundle.ts';
import { encodeEmployerBundle } from '../../holder/employer-bundle.ts';
import { employerOpening } from '../../ledger/build/employer-opening.ts';
import { openingByIdNumber } from '../../ledger/build/epoch-opening.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { getEpoch, latestEpoch, type StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Bureau } from '../../runtime/bureau.ts';
import { environmentOf } from '../environment.ts';
import { writeJsonFile } from '../files.ts';
import {
  type NamedSubject,
  namedSubject,
  type SubjectOptions,
  subjectOptions,
} from '../subject-options.ts';
import { bundleCheckCommand } from './bundle-check.ts';

interface BundleOptions extends SubjectOptions {
  readonly month?: string;
  readonly output: string;
}

/** `canbao bundle [write]|check`: a person's or an employer's own record with its inclusion proof. */
export function bundleCommand(): Command {
  return new Command('bundle')
    .addCommand(writeCommand(), { isDefault: true })
    .addCommand(bundleCheckCommand());
}

/** Hands the record out, for its owner alone. */
function writeCommand(): Command {
  return subjectOptions(new Command('write'))
    .description('write the own record under a closed month (what `bundle` alone does)')
    .option('--month <YYYY-MM>', 'closed month; default: the last one')
    .requiredOption('-o, --output <file>', 'where to write it')
    .action(async (options: BundleOptions, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const subject = namedSubject(options);
      const { bundle, month } = await environment.withBureau(async (bureau) => {
        const epoch = options.month
          ? await getEpoch(bureau.store, parseMonth(options.month))
          : await latestEpoch(bureau.store);
        if (!epoch) throw new CanbaoError('ledger.no_epoch');
        return {
          bundle: await bundleOf(bureau, subject, epoch),
          month: formatMonth(epoch.month),
        };
      });
      await writeJsonFile(options.output, bundle, true);
      terminal.say(
        terminal.text(
          `Record as of ${month} in ${options.output}`,
          `截至${month}的记录已写入${options.output}`,
        ),
      );
      terminal.result({ ok: true, output: options.output, month });
    });
}

async function bundleOf({ store, pepper }: Bureau, subject: NamedSubject, epoch: StoredEpoch) {
  const hash = await wasmPoseidon();
  if (subject.creditCode !== undefined) {
    return encodeEmployerBundle(await employerOpening(store, subject.creditCode, epoch, hash));
  }
  const person = { idNumber: subject.idNumber, pepper };
  return encodeBundle(await openingByIdNumber(store, person, epoch, hash));
}
