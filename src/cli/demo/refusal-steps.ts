import { contractPresentation } from '../../chain/contract-presentation.ts';
import { consume, contractAudience } from '../../chain/statement-verifier.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { toFr } from '../../core/field.ts';
import type { Prover } from '../../groth16/prover.ts';
import type { AccountOpening } from '../../ledger/epoch.ts';
import { checkRequest } from '../../prove/check-request.ts';
import { encodePresentation, type Presentation } from '../../request/presentation.ts';
import type { PresentationRequest } from '../../request/presentation-request.ts';
import type { ChainService } from '../../runtime/chain-service.ts';
import type { Opening } from '../../statements/define-statement.ts';
import { statementModule } from '../../statements/registry.ts';
import { verdictText } from '../../verify/texts.ts';
import type { Expectation } from '../../verify/verify-presentation.ts';
import type { Environment } from '../environment.ts';
import type { Citizen } from './ledger-steps.ts';
import { askFor, prove, verdictOn } from './proof-steps.ts';
import { expectThat } from './story.ts';

/** What a presentation is turned into, or held against, to be refused. */
interface Attempt {
  readonly title: string;
  readonly presentation: unknown;
  readonly expectation: Expectation;
  readonly reason: string;
  readonly now?: () => number;
}

/** A tampered signal, another audience, an expired request, an unknown root: each with its reason. */
export async function showRefusals(
  environment: Environment,
  chain: ChainService,
  presentation: Presentation,
): Promise<void> {
  const { terminal } = environment;
  const { request } = presentation;
  const json = encodePresentation(presentation);
  const another = (value: bigint) => String(toFr(value + 1n));
  const attempts: Attempt[] = [
    {
      title: terminal.text('a tampered signal', '篡改公开信号'),
      presentation: { ...json, nullifier: another(presentation.nullifier) },
      expectation: { request },
      reason: 'invalid_proof',
    },
    {
      title: terminal.text('shown to another audience', '出示给他人'),
      presentation: json,
      expectation: { audience: 'https://somebody-else.example' },
      reason: 'wrong_audience',
    },
    {
      title: terminal.text('after the request expired', '请求过期之后'),
      presentation: json,
      expectation: { request },
      reason: 'expired',
      now: () => request.expiresAt,
    },
    {
      title: terminal.text('a root nobody published', '未公布的根'),
      presentation: { ...json, epochRoot: another(presentation.epochRoot) },
      expectation: { request },
      reason: 'unknown_root',
    },
  ];
  for (const { title, presentation: shown, expectation, reason, now } of attempts) {
    const verdict = await verdictOn(environment, chain.epochs, shown, expectation, now);
    const said = `${verdictText(verdict, terminal.language)} [${verdict.reason}]`;
    terminal.say(terminal.text(`  ✘ ${title}: ${said}`, `  ✘ ${title}：${said}`));
    expectThat('refusals', verdict.reason === reason, `${title}: ${verdict.reason}`);
  }
}

/** A tender contract takes a staff proof once; the second time the nullifier is spent. */
export async function consumeTwice(
  environment: Environment,
  chain: ChainService,
  prover: Prover,
  staff: Citizen,
  opening: AccountOpening,
): Promise<void> {
  const { terminal } = environment;
  const office = chain.account(2);
  const request = await askFor(environment, chain.domain, {
    preset: 'tender-staff-3m',
    audience: contractAudience(chain.domain.chainId, office.address),
    purpose: terminal.text('Tender 2026-118', '招标项目2026-118'),
    asOf: opening.epoch.month,
    ...(staff.employer !== null && { employer: staff.employer }),
  });
  const presentation = await prove(environment, prover, request, staff, opening);
  const form = contractPresentation(presentation, statementModule(request.statement).statement);
  const verifier = await chain.verifier();
  const hash = await consume(verifier, office, form);
  terminal.say(terminal.text(`  ✔ consumed in ${hash}`, `  ✔ 已使用，交易${hash}`));
  const again = await consume(verifier, office, form).then(
    () => 'accepted',
    (error: unknown) =>
      error instanceof CanbaoError ? String(error.facts.verdict) : String(error),
  );
  terminal.say(terminal.text(`  ✘ a second time: ${again}`, `  ✘ 再次使用：${again}`));
  expectThat('consume', again === 'nullifier_spent', `the second use: ${again}`);
  expectThat('consume', await chain.isSpent(presentation.nullifier), 'the nullifier is not spent');
}

/** A holder who does not qualify is told why, before anything is proven. */
export function explainWhyNot(
  { terminal }: Environment,
  step: string,
  request: PresentationRequest,
  holder: { readonly name: string; readonly role: string },
  opening: Opening,
): void {
  const { statement, text } = statementModule(request.statement);
  const result = checkRequest(request, opening, statement);
  expectThat(step, !result.satisfied, `${holder.role} qualifies`);
  if (result.satisfied) return;
  const why = text.whyNot(result.reason, result.facts, terminal.language);
  const said = `${why} [${result.reason}]`;
  terminal.say(terminal.text(`  ${holder.name}: ${said}`, `  ${holder.name}：${said}`));
}
