import type { LoadFigures } from './load.ts';
import type { HolderFigures } from './measure-holder.ts';
import type { SoakFigures } from './measure-soak.ts';
import type { OverloadFigures, VerificationFigures } from './measure-verification.ts';

export interface ServiceFigures {
  readonly machine: string;
  readonly engine: string;
  readonly verification: VerificationFigures;
  readonly overload: OverloadFigures;
  readonly holder: HolderFigures;
  readonly soak?: SoakFigures;
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const times = ({ p50, p99 }: Pick<LoadFigures, 'p50' | 'p99'>) => `${ms(p50)} | ${ms(p99)}`;
const counts = (byStatus: Readonly<Record<string, number>>) =>
  Object.entries(byStatus)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');

/** The figures as a page of `docs/`. */
export function serviceReport(figures: ServiceFigures): string {
  const { machine, engine, verification, overload, holder, soak } = figures;
  const { verify, batch, batchSize, batchPerCoreToVerify } = verification;
  return `# The service under load, measured

Written by \`npm run bench -- service --write\`; do not edit. ${machine}, ${engine}. Service and load share
the machine: quote the ratios, not the times.

| | a second | a second of CPU | p50 | p99 |
| --- | --- | --- | --- | --- |
| verdicts, one a request | ${verify.goodPerSecond.toFixed(0)} | ${verify.perCore.toFixed(0)} | ${times(verify)} |
| verdicts, ${batchSize} a request | ${batch.goodPerSecond.toFixed(0)} | ${batch.perCore.toFixed(0)} | ${times(batch)} |
| bundles | ${holder.bundle.goodPerSecond.toFixed(0)} | | ${times(holder.bundle)} |

By the hundred a core gives ${batchPerCoreToVerify.toFixed(1)} × as many verdicts. One worker makes ${holder.proofsAMinute.toFixed(0)} proofs a minute
for holders who ask for it.

At ${overload.times} × what it keeps up with (${overload.offeredPerSecond} requests a second offered): ${counts(overload.load.byStatus)}; ${overload.load.errors} broken
connections. What was admitted had a p99 of ${ms(overload.load.p99)}, ${overload.p99ToFullLoad.toFixed(2)} × that of full load.
${soak ? soakText(soak) : ''}`;
}

function soakText({ minutes, load, residentMb, growth }: SoakFigures): string {
  const { after, end } = residentMb;
  return `
Soaked for ${minutes} minutes at ${load.goodPerSecond.toFixed(0)} verdicts a second (${counts(load.byStatus)}): ${after.toFixed(0)} MB after the
warm-up, ${end.toFixed(0)} MB at the end, ${(100 * growth).toFixed(1)} %.
`;
}
