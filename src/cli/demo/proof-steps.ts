import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { contractPresentation } from '../../chain/contract-presentation.ts';
import { checkOnChain } from '../../chain/statement-verifier.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { Prover } from '../../groth16/prover.ts';
import { verificationKeyFromZkey } from '../../groth16/zkey.ts';
import type { HolderKeys } from '../../holder/keys.ts';
import { parseCreditCode } from '../../ledger/employer.ts';
import { createPresentation } from '../../prove/create-presentation.ts';
import { exportSnarkjs, type Presentation } from '../../request/presentation.ts';
import {
  createRequest,
  encodeRequest,
  type PresentationRequest,
  type RequestDomain,
} from '../../request/presentation-request.ts';
import type { ChainService } from '../../runtime/chain-service.ts';
import type { Opening } from '../../statements/define-statement.ts';
import { presetParams } from '../../statements/preset.ts';
import { presetBySlug, statementModule, statementRegistry } from '../../statements/registry.ts';
import type { EpochsPort } from '../../verify/ports.ts';
import type { Verdict } from '../../verify/verdict.ts';
import { type Expectation, verifyPresentation } from '../../verify/verify-presentation.ts';
import type { Environment } from '../environment.ts';
import { writeJsonFile } from '../files.ts';
import { requestLines } from '../request-words.ts';
import { expectThat } from './story.ts';

const require = createRequire(import.meta.url);

/** A request of the demo. */
export interface Ask {
  readonly preset: string;
  readonly audience: string;
  readonly purpose: string;
  readonly asOf: MonthIndex;
  readonly employer?: string;
}

/** Makes a request and shows it in plain words. */
export async function askFor(
  environment: Environment,
  domain: RequestDomain,
  ask: Ask,
): Promise<PresentationRequest> {
  const { terminal, home, clock } = environment;
  const { module, preset } = presetBySlug(ask.preset);
  const input = {
    asOf: ask.asOf,
    ...(ask.employer && { employer: parseCreditCode(ask.employer) }),
  };
  const request = createRequest({
    statement: module.statement,
    params: presetParams(preset, input),
    audience: ask.audience,
    purpose: ask.purpose,
    domain,
    expiresAt: clock() + 7 * 86_400,
  });
  await writeJsonFile(home.path(`${ask.preset}.request.json`), encodeRequest(request));
  for (const line of requestLines(request, terminal.language)) terminal.say(line);
  return request;
}

/** Proves on this machine, with a progress line. */
export async function prove(
  { terminal, clock, keys }: Environment,
  prover: Prover,
  request: PresentationRequest,
  holder: { readonly keys: HolderKeys },
  opening: Opening,
): Promise<Presentation> {
  const { statement } = statementModule(request.statement);
  const { artifacts } = await keys.get(statement.name);
  const line = terminal.progress(terminal.text('Proving', '生成证明'));
  const presentation = await createPresentation({
    ...{ request, opening, holderKeys: holder.keys, statement, artifacts, prover, clock },
    onProgress: ({ share }) => line.update(share),
  }).finally(() => line.done());
  terminal.say(
    terminal.text(
      `A Groth16 proof of ${request.statement}, 256 bytes, five public signals.`,
      `${request.statement}的Groth16证明，256字节，五个公开信号。`,
    ),
  );
  return presentation;
}

/** The verdict of the library, without any chain but through `epochs`. */
export function verdictOn(
  { keys, clock, production }: Environment,
  epochs: EpochsPort,
  presentation: unknown,
  expectation: Expectation,
  now = clock,
): Promise<Verdict> {
  const ports = { statements: statementRegistry, epochs, keys, clock: now };
  return verifyPresentation(presentation, ports, { production, ...expectation });
}

/** The same presentation, checked by the contract. */
export async function checkInContract(
  { terminal }: Environment,
  chain: ChainService,
  presentation: Presentation,
): Promise<void> {
  const { statement } = statementModule(presentation.request.statement);
  const verdict = await checkOnChain(
    await chain.verifier(),
    contractPresentation(presentation, statement),
  );
  terminal.say(
    terminal.text(`StatementVerifier.check: ${verdict}`, `StatementVerifier.check：${verdict}`),
  );
  expectThat('contract', verdict === 'valid', `the contract says ${verdict}`);
}

/** The exported proof under the command line of stock snarkjs. */
export async function checkWithSnarkjs(
  { terminal, home, keys }: Environment,
  presentation: Presentation,
): Promise<void> {
  const { statement } = statementModule(presentation.request.statement);
  const { artifacts } = await keys.get(statement.name);
  const { proof, publicSignals } = exportSnarkjs(presentation, statement);
  const folder = home.path('export');
  const files = {
    'verification_key.json': verificationKeyFromZkey(artifacts.zkey),
    'public.json': publicSignals,
    'proof.json': proof,
  };
  for (const [name, content] of Object.entries(files))
    await writeJsonFile(join(folder, name), content);
  const cli = join(require.resolve('snarkjs'), '..', 'cli.cjs');
  const paths = Object.keys(files).map((name) => join(folder, name));
  const { stdout } = await promisify(execFile)(process.execPath, [
    cli,
    'groth16',
    'verify',
    ...paths,
  ]);
  terminal.say(`snarkjs groth16 verify: ${stripVTControlCharacters(stdout).trim()}`);
  expectThat('snarkjs', stdout.includes('OK!'), 'snarkjs does not agree');
}
