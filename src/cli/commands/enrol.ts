import { Command } from 'commander';
import { readEnrolment } from '../../holder/enrolment.ts';
import { enrolEmployer } from '../../ledger/store/enrol-employer.ts';
import { enrolHolder } from '../../ledger/store/enrol-holder.ts';
import { environmentOf } from '../environment.ts';
import { readJsonFile } from '../files.ts';
import { namedSubject, type SubjectOptions, subjectOptions } from '../subject-options.ts';

interface EnrolOptions extends SubjectOptions {
  readonly enrolment: string;
}

/** `canbao enrol`: the bureau ties a holder's key to a person or an employer, after checking who asks. */
export function enrolCommand(): Command {
  return subjectOptions(new Command('enrol'))
    .requiredOption('--enrolment <file>', 'enrolment file of the wallet')
    .action(async (options: EnrolOptions, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const subject = namedSubject(options);
      const enrolled = readEnrolment(await readJsonFile(options.enrolment));
      const place = await environment.withBureau(async ({ store, pepper, present }) => {
        const key = { ...enrolled, identityMonth: present };
        return subject.creditCode === undefined
          ? { account: await enrolHolder(store, { ...subject, ...key, pepper }) }
          : { employer: await enrolEmployer(store, { ...subject, ...key }) };
      });
      terminal.say(
        terminal.text(
          'Enrolled. The key counts from the next closed month on.',
          '已登记，自下一个结账月起生效。',
        ),
      );
      terminal.result({ ok: true, ...place });
    });
}
