import { formatMonth } from '../../core/month.ts';
import { encodeBundle } from '../../holder/bundle.ts';
import { createEnrolment, readEnrolment } from '../../holder/enrolment.ts';
import { deriveHolderKeys, type HolderKeys } from '../../holder/keys.ts';
import { newMnemonic, seedFromMnemonic } from '../../holder/mnemonic.ts';
import { type ClosedEpoch, closeEpoch } from '../../jobs/close-epoch.ts';
import { openingByIdNumber } from '../../ledger/build/epoch-opening.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import type { AccountOpening } from '../../ledger/epoch.ts';
import { importFile } from '../../ledger/import/import-file.ts';
import { countMonths, LEDGER_START } from '../../ledger/month-set.ts';
import type { KnownPersonFile } from '../../ledger/sample/write-sample.ts';
import { enrolHolder } from '../../ledger/store/enrol-holder.ts';
import { listRefusals } from '../../ledger/store/refusals.ts';
import type { Bureau } from '../../runtime/bureau.ts';
import {
  SAMPLE_MONTH,
  SAMPLE_PRESENT,
  sampleExports,
  samplePeople,
} from '../../service/sample-ledger.ts';
import type { Environment } from '../environment.ts';
import { writeJsonFile } from '../files.ts';
import { importLine, refusalLine } from '../import-text.ts';
import { expectThat } from './story.ts';

/** A citizen of the sample with keys of their own. */
export interface Citizen extends KnownPersonFile {
  readonly keys: HolderKeys;
}

/** Imports both bureaus' exports, shows what was refused, and that a second import changes nothing. */
export async function importSample({ terminal }: Environment, bureau: Bureau): Promise<void> {
  const { store, pepper } = bureau;
  let refused = 0;
  for (const { name, file, mapping } of await sampleExports()) {
    const line = terminal.progress(terminal.text(`Importing ${name}`, `导入${name}`));
    const options = { file, mapping, pepper, present: SAMPLE_PRESENT };
    const { batch } = await importFile(store, {
      ...options,
      onProgress: ({ bytes, totalBytes }) => line.update(bytes / totalBytes),
    }).finally(() => line.done());
    terminal.say(importLine(terminal, { ...batch, fileName: name }, false));
    for (const row of await listRefusals(store, { batchId: batch.id })) {
      terminal.say(`    ${refusalLine(terminal, row)}`);
    }
    refused += batch.refused;
    const again = await importFile(store, options);
    expectThat('import', again.alreadyImported, `${name} was imported twice`);
  }
  expectThat('import', refused > 0, 'the broken rows of the sample were not refused');
  terminal.say(terminal.text('Imported again: nothing changed.', '再次导入：无变化。'));
}

/** Gives the named people of the sample keys, and ties those to their accounts. */
export async function enrolCitizens(
  { terminal }: Environment,
  bureau: Bureau,
  roles: readonly string[],
): Promise<Map<string, Citizen>> {
  const people = await samplePeople();
  const citizens = new Map<string, Citizen>();
  for (const role of roles) {
    const person = people.find((candidate) => candidate.role === role);
    if (!person) continue;
    const keys = deriveHolderKeys(seedFromMnemonic(newMnemonic('zh')));
    const key = readEnrolment(createEnrolment(keys));
    const { store, pepper } = bureau;
    await enrolHolder(store, {
      ...{ idNumber: person.idNumber, pepper, ...key, identityMonth: SAMPLE_PRESENT },
    });
    citizens.set(role, { ...person, keys });
    terminal.say(
      terminal.text(
        `${person.name} enrolled a key made from 12 words on their own device.`,
        `${person.name}在自己的设备上用12个助记词生成密钥并登记。`,
      ),
    );
  }
  expectThat('enrol', citizens.size === roles.length, 'a person of the sample is missing');
  return citizens;
}

/** Closes the sample's last month with three authorities. */
export async function closeSampleMonth(
  { terminal }: Environment,
  bureau: Bureau,
): Promise<ClosedEpoch> {
  const chain = await bureau.chain();
  const line = terminal.progress(terminal.text('Hashing accounts', '计算账户'));
  const closed = await closeEpoch({
    store: bureau.store,
    registry: chain.registry,
    signers: await bureau.signers(),
    submitter: chain.submitter(),
    month: SAMPLE_MONTH,
    hash: await wasmPoseidon(),
    persistChain: chain.persist,
    onProgress: (_stage, share) => line.update(share),
  }).finally(() => line.done());
  const { epoch, signers } = closed;
  terminal.say(
    terminal.text(
      `${formatMonth(epoch.month)}: ${epoch.accountCount} accounts, root ${epoch.root}`,
      `${formatMonth(epoch.month)}：${epoch.accountCount}个账户，根${epoch.root}`,
    ),
  );
  for (const signer of signers) {
    terminal.say(
      terminal.text(
        `  authority ${signer} rebuilt the root from the records and signed it`,
        `  经办机构${signer}依据记录重算根并签名`,
      ),
    );
  }
  terminal.say(terminal.text(`  published in ${epoch.txHash}`, `  上链交易${epoch.txHash}`));
  expectThat('close', epoch.state === 'final', `the epoch is ${epoch.state}`);
  expectThat('close', signers.length === 3, `${signers.length} authorities signed`);
  return closed;
}

/** A citizen's own record with its inclusion proof, as a file only they get. */
export async function handOutBundle(
  { terminal, home }: Environment,
  bureau: Bureau,
  citizen: Citizen,
  { epoch }: ClosedEpoch,
): Promise<AccountOpening> {
  const { store, pepper } = bureau;
  const person = { idNumber: citizen.idNumber, pepper };
  const opening = await openingByIdNumber(store, person, epoch, await wasmPoseidon());
  const file = home.path(`${citizen.role}.bundle.json`);
  await writeJsonFile(file, encodeBundle(opening), true);
  const pension = opening.account.coverage[0]?.paid ?? 0n;
  const paid = countMonths(pension, LEDGER_START, epoch.month);
  terminal.say(
    terminal.text(
      `${citizen.name}: ${paid} months of pension insurance, ${opening.account.employerRuns.length} employer runs, ${opening.inclusion.siblings.length} levels of siblings.`,
      `${citizen.name}：养老保险缴费${paid}个月，${opening.account.employerRuns.length}段单位经历，${opening.inclusion.siblings.length}层同级节点。`,
    ),
  );
  return opening;
}
