import { formatMonth, toMonthIndex } from '../../core/month.ts';
import type { EpochSource, SourceEpoch } from './epoch-source.ts';
import { epochLabel, type Finding, finding } from './finding.ts';

/** One source by itself: every month, every revision, in order, each once, and times to match. */
export function checkSequence(source: EpochSource): Finding[] {
  const { name, epochs } = source;
  const findings: Finding[] = [];
  const revisions = new Map<number, number>();
  let latest: number | undefined;
  for (const epoch of epochs) {
    const { month, revision } = epoch;
    const next = (revisions.get(month) ?? -1) + 1;
    const isBehind = revision === 0 && latest !== undefined && month <= latest;
    if (revision !== next || isBehind) {
      findings.push(finding('audit.sequence_wrong', { source: name, epoch: epochLabel(epoch) }));
    }
    revisions.set(month, Math.max(revision, revisions.get(month) ?? -1));
    latest = Math.max(month, latest ?? month);
  }
  const months = [...revisions.keys()];
  for (let month = Math.min(...months); month < Math.max(...months); month++) {
    if (revisions.has(month)) continue;
    const facts = { source: name, month: formatMonth(toMonthIndex(month)) };
    findings.push(finding('audit.month_missing', facts));
  }
  return [...findings, ...checkTimes(source)];
}

type Times = Pick<SourceEpoch, 'publishedAt' | 'supersededAt' | 'correctedAt'>;

/** The registry's rule, applied to the order of publications: what each root's times must be. */
function checkTimes({ name, epochs }: EpochSource): Finding[] {
  if (epochs.some(({ publishedAt }) => publishedAt === undefined)) return [];
  const expected = expectedTimes(epochs);
  const findings: Finding[] = [];
  let before = 0;
  for (const [i, epoch] of epochs.entries()) {
    const { publishedAt = 0 } = epoch;
    const wrong = (field: string, actual: number | undefined, should: number | undefined) => {
      if (actual === should) return;
      const facts = { source: name, epoch: epochLabel(epoch), field };
      const told = { actual: actual ?? 'none', expected: should ?? 'none' };
      findings.push(finding('audit.times_wrong', { ...facts, ...told }));
    };
    if (publishedAt < before) wrong('publishedAt', publishedAt, before);
    before = Math.max(before, publishedAt);
    wrong('supersededAt', epoch.supersededAt, expected[i]?.supersededAt);
    wrong('correctedAt', epoch.correctedAt, expected[i]?.correctedAt);
  }
  return findings;
}

/** `EpochRegistry.sol` in a few lines: a month supersedes the current root, a revision its month's. */
function expectedTimes(epochs: readonly SourceEpoch[]): Times[] {
  const times: { publishedAt?: number; supersededAt?: number; correctedAt?: number }[] = [];
  const ofMonth = new Map<number, number>();
  let current: number | undefined;
  for (const [i, { month, revision, publishedAt = 0 }] of epochs.entries()) {
    const own: (typeof times)[number] = { publishedAt };
    const replaced = times[(revision === 0 ? current : ofMonth.get(month)) ?? -1];
    if (revision > 0 && replaced) {
      replaced.correctedAt = publishedAt;
      if (replaced.supersededAt !== undefined) own.supersededAt = replaced.supersededAt;
    }
    if (replaced) replaced.supersededAt ??= publishedAt;
    times.push(own);
    ofMonth.set(month, i);
    if (own.supersededAt === undefined) current = i;
  }
  return times;
}
