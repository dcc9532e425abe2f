import { Command } from 'commander';
import { readEnrolment } from '../../holder/enrolment.ts';
import { enrolHolder } from '../../ledger/store/enrol-holder.ts';
import { environmentOf } from '../environment.ts';
import { readJsonFile } from '../files.ts';

/** `canbao enrol`: the bureau ties a holder's key to a person, after seeing the person. */
export function enrolCommand(): Command {
  return new Command('enrol')
    .requiredOption('--person <idNumber>', 'ID number of the person, checked by the bureau')
    .requiredOption('--enrolment <file>', 'enrolment file of the wallet')
    .action(async (options: { person: string; enrolment: string }, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const { commitment } = readEnrolment(await readJsonFile(options.enrolment));
      const account = await environment.withBureau(({ store, pepper, present }) =>
        enrolHolder(store, {
          idNumber: options.person,
          pepper,
          commitment,
          identityMonth: present,
        }),
      );
      terminal.say(
        terminal.text(
          'Enrolled. The key counts from the next closed month on.',
          '已登记，自下一个结账月起生效。',
        ),
      );
      terminal.result({ ok: true, account });
    });
}
