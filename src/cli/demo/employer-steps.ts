import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatMonth } from '../../core/month.ts';
import type { Prover } from '../../groth16/prover.ts';
import { encodeEmployerBundle } from '../../holder/employer-bundle.ts';
import { createEnrolment, readEnrolment } from '../../holder/enrolment.ts';
import { deriveHolderKeys, type HolderKeys } from '../../holder/keys.ts';
import { newMnemonic, seedFromMnemonic } from '../../holder/mnemonic.ts';
import type { ClosedEpoch } from '../../jobs/close-epoch.ts';
import { packageRoot } from '../../keys/paths.ts';
import { employerOpening } from '../../ledger/build/employer-opening.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { parseCreditCode } from '../../ledger/employer.ts';
import type { EmployerOpening } from '../../ledger/employer-account.ts';
import type { KnownEmployerFile } from '../../ledger/sample/known-employers.ts';
import { enrolEmployer } from '../../ledger/store/enrol-employer.ts';
import type { Bureau } from '../../runtime/bureau.ts';
import type { ChainService } from '../../runtime/chain-service.ts';
import { SAMPLE_PRESENT } from '../../service/sample-ledger.ts';
import { showVerdict } from '../commands/verify.ts';
import type { Environment } from '../environment.ts';
import { writeJsonFile } from '../files.ts';

import { askFor, prove, verdictOn } from './proof-steps.ts';
import { explainWhyNot } from './refusal-steps.ts';
import { expectThat } from './story.ts';

/** An employer of the sample with keys of its own. */
export interface Employer extends KnownEmployerFile {
  readonly keys: HolderKeys;
}

/** Gives the employers that `employers.json` names keys, and ties those to their places. */
export async function enrolEmployers(
  { terminal }: Environment,
  { store }: Bureau,
): Promise<Employer[]> {
  const known = JSON.parse(
    await readFile(join(packageRoot, 'demo', 'employers.json'), 'utf8'),
  ) as KnownEmployerFile[];
  const enrolled: Employer[] = [];
  for (const employer of known) {
    const keys = deriveHolderKeys(seedFromMnemonic(newMnemonic('zh')));
    const key = readEnrolment(createEnrolment(keys));
    const creditCode = parseCreditCode(employer.creditCode);
    await enrolEmployer(store, { creditCode, ...key, identityMonth: SAMPLE_PRESENT });
    enrolled.push({ ...employer, keys });
    terminal.say(
      terminal.text(`Employer ${creditCode} enrolled a key.`, `单位${creditCode}登记了密钥。`),
    );
  }
  return enrolled;
}

/** One employer proves a year without arrears; another, which owes something, is told why it cannot. */
export async function proveStanding(
  environment: Environment,
  { bureau, chain, prover }: { bureau: Bureau; chain: ChainService; prover: Prover },
  employers: readonly Employer[],
  closed: ClosedEpoch,
): Promise<void> {
  const { terminal } = environment;
  const [good, owing] = (['in-good-standing', 'in-arrears'] as const).map((role) =>
    employers.find((employer) => employer.role === role),
  );
  if (!good || !owing) throw new RangeError('the sample lacks an employer');
  const ask = ({ creditCode }: Employer) =>
    askFor(environment, chain.domain, {
      preset: 'employer-no-arrears-12m',
      audience: 'https://tender.example',
      purpose: terminal.text('Tender 2026-118', '招标项目2026-118'),
      asOf: closed.epoch.month,
      employer: creditCode,
    });

  const request = await ask(good);
  const opening = await handOutStanding(environment, bureau, good, closed);
  const presentation = await prove(environment, prover, request, good, opening);
  const verdict = await verdictOn(environment, chain.epochs, presentation, { request });
  showVerdict(terminal, verdict);
  expectThat('employer', verdict.valid, verdict.reason);

  const unanswered = await ask(owing);
  const itsOpening = await handOutStanding(environment, bureau, owing, closed);
  const itself = { ...owing, name: owing.creditCode };
  explainWhyNot(environment, 'employer', unanswered, itself, itsOpening);
}

/** An employer's standing with its inclusion proof, as a file only it gets. */
async function handOutStanding(
  { terminal, home }: Environment,
  { store }: Bureau,
  { role, creditCode }: Employer,
  { epoch }: ClosedEpoch,
): Promise<EmployerOpening> {
  const code = parseCreditCode(creditCode);
  const opening = await employerOpening(store, code, epoch, await wasmPoseidon());
  const file = home.path(`${role}.bundle.json`);
  await writeJsonFile(file, encodeEmployerBundle(opening), true);
  const people = opening.employer.headCounts[0] ?? 0;
  const owed = opening.employer.unpaidMonths;
  const month = formatMonth(epoch.month);
  terminal.say(
    terminal.text(
      `Standing of ${creditCode} as of ${month}: people insured ${people}, contributions owed ${owed}.`,
      `${creditCode}截至${month}：参保${people}人，欠缴${owed}人次。`,
    ),
  );
  return opening;
}
