import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { openBureau } from '../../runtime/bureau.ts';
import { openHome } from '../../runtime/home.ts';
import { statementRegistry } from '../../statements/registry.ts';
import { enrolEmployers, proveStanding } from '../demo/employer-steps.ts';
import {
  closeSampleMonth,
  enrolCitizens,
  handOutBundle,
  importSample,
} from '../demo/ledger-steps.ts';
import {
  askFor,
  checkInContract,
  checkWithSnarkjs,
  prove,
  verdictOn,
} from '../demo/proof-steps.ts';
import { consumeTwice, explainWhyNot, showRefusals } from '../demo/refusal-steps.ts';
import { expectThat, openStory, type Story } from '../demo/story.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { chosenProver } from '../prover.ts';
import { showVerdict } from './verify.ts';

/** `canbao demo`: the whole path on the sample ledger, in a folder of its own. */
export function demoCommand(): Command {
  return new Command('demo')
    .option('--keep', 'keep the files the demo makes')
    .action(async (options: { keep?: boolean }, command) => {
      const folder = await mkdtemp(join(tmpdir(), 'canbao-demo-'));
      const environment = { ...environmentOf(command), home: openHome(folder) };
      const story = openStory(environment.terminal);
      try {
        await tell(environment, story);
        environment.terminal.say(
          environment.terminal.text('\nEverything went as it should.', '\n全部步骤均符合预期。'),
        );
      } finally {
        const ok = story.steps.every((step) => step.ok);
        environment.terminal.result({ ok, steps: story.steps });
        if (options.keep) environment.terminal.say(folder);
        else await rm(folder, { recursive: true, force: true });
      }
    });
}

async function tell(environment: Environment, { step }: Story): Promise<void> {
  const { terminal, keys, home, clock } = environment;
  const { text } = terminal;

  await step('keys', text('Circuits and development keys', '电路与开发密钥'), async () => {
    const names = statementRegistry.all().map(({ name }) => name);
    await Promise.all(names.map((name) => keys.get(name)));
    for (const name of names) {
      const { entry } = await keys.get(name);
      terminal.say(
        text(
          `${name}: ${entry.status} key, ${entry.contributions} contributions — proves nothing in earnest`,
          `${name}：${entry.status === 'development' ? '开发' : '正式'}密钥，${entry.contributions}份贡献，不具备实际证明效力`,
        ),
      );
    }
  });

  // Always the embedded database and chain: the demo must not touch an installation.
  const bureau = await openBureau({ home, statements: statementRegistry, keys, clock });
  const prover = await chosenProver();
  try {
    await step('import', text("Two bureaus' exports", '导入两地经办机构的数据'), () =>
      importSample(environment, bureau),
    );
    const roles = ['pension-ready', 'pension-short', 'steady-employee'];
    const { citizens, employers } = await step(
      'enrol',
      text('Citizens and employers enrol their keys', '参保人和单位登记密钥'),
      async () => ({
        citizens: await enrolCitizens(environment, bureau, roles),
        employers: await enrolEmployers(environment, bureau),
      }),
    );
    const chain = await step(
      'chain',
      text('A local chain with the contracts', '本地链与合约'),
      async () => {
        const opened = await bureau.chain();
        const { address } = await opened.verifier();
        terminal.say(`EpochRegistry ${opened.registry.address}`);
        terminal.say(`StatementVerifier ${address}`);
        return opened;
      },
    );
    const closed = await step('close', text('October 2026 is closed', '2026年10月结账'), () =>
      closeSampleMonth(environment, bureau),
    );
    const { ready, short, staff } = named(citizens);
    const openings = await step(
      'bundle',
      text('Records for their owners', '参保人取得自己的记录'),
      async () => ({
        ready: await handOutBundle(environment, bureau, ready, closed),
        short: await handOutBundle(environment, bureau, short, closed),
        staff: await handOutBundle(environment, bureau, staff, closed),
      }),
    );
    const request = await step(
      'request',
      text('A request in plain words', '一份看得懂的请求'),
      () =>
        askFor(environment, chain.domain, {
          preset: 'pension-claim',
          audience: 'https://pension.example',
          purpose: text('Pension claim 2026', '2026年养老金申领'),
          asOf: closed.epoch.month,
        }),
    );
    const presentation = await step('prove', text('The proof', '生成证明'), () =>
      prove(environment, prover, request, ready, openings.ready),
    );
    await step('verify', text('The verdict', '验证结论'), async () => {
      const verdict = await verdictOn(environment, chain.epochs, presentation, { request });
      showVerdict(terminal, verdict);
      expectThat('verify', verdict.valid, verdict.reason);
    });
    await step('contract', text('The same proof in the contract', '同一证明在合约中验证'), () =>
      checkInContract(environment, chain, presentation),
    );
    await step(
      'snarkjs',
      text('The same proof under stock snarkjs', '同一证明用原版snarkjs验证'),
      () => checkWithSnarkjs(environment, presentation),
    );
    await step('refusals', text('What is refused', '哪些会被拒绝'), () =>
      showRefusals(environment, chain, presentation),
    );
    await step('consume', text('A contract that takes a proof once', '合约只接受一次'), () =>
      consumeTwice(environment, chain, prover, staff, openings.staff),
    );
    await step('employer', text('An employer in good standing', '单位证明无欠费'), () =>
      proveStanding(environment, { bureau, chain, prover }, employers, closed),
    );
    await step('why-not', text('Somebody who does not qualify', '不符合条件者'), async () =>
      explainWhyNot(environment, 'why-not', request, short, openings.short),
    );
  } finally {
    await prover.close();
    await bureau.close();
  }
}

function named<T>(citizens: ReadonlyMap<string, T>): { ready: T; short: T; staff: T } {
  const [ready, short, staff] = ['pension-ready', 'pension-short', 'steady-employee'].map((role) =>
    citizens.get(role),
  );
  if (!ready || !short || !staff) throw new RangeError('the sample lacks a role');
  return { ready, short, staff };
}
