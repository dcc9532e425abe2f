import { cpus } from 'node:os';
import type { EpochFigures } from '../epoch.ts';
import type { LedgerFigures } from './measure-ledger.ts';

/** Fujian. */
const PROVINCE = 42_000_000;
const MANY_CORES = 64;

const n = (value: number, digits = 0) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const mb = (bytes: number) => `${n(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB`;
const hours = (seconds: number) =>
  seconds < 5400 ? `${n(seconds / 60)} min` : `${n(seconds / 3600, 1)} h`;

/** `docs/epoch.md`. */
export function epochReport(figures: EpochFigures): string {
  const { sizes, cores } = figures;
  const rows: [string, (one: LedgerFigures) => string][] = [
    [
      'rows imported (persons + contributions)',
      ({ imports }) => n(imports.persons.rows + imports.contributions.rows),
    ],
    ['persons, rows/s', ({ imports }) => n(imports.persons.rowsPerSecond)],
    ['contributions, rows/s', ({ imports }) => n(imports.contributions.rowsPerSecond)],
    ['contributions, records/s', ({ recordsPerSecond }) => n(recordsPerSecond)],
    ['**first close**', ({ first }) => `${n(first.seconds, 1)} s`],
    ['accounts/s', ({ first }) => n(first.accounts / first.seconds)],
    ['tiles', ({ first }) => n(first.newTiles)],
    ['bytes of tiles', ({ first }) => mb(first.newTileBytes)],
    [
      'root from the records alone (each authority)',
      ({ rebuildSeconds }) => `${n(rebuildSeconds, 1)} s`,
    ],
    ['**next month, 5 % changed**', ({ next }) => `${n(next.seconds, 1)} s`],
    ['accounts hashed anew', ({ next }) => n(next.changedAccounts)],
    ['new tiles', ({ next }) => `${n(next.newTiles)}, ${mb(next.newTileBytes)}`],
    ['inclusion proof, median', ({ inclusionProofMs }) => `${n(inclusionProofMs.median, 1)} ms`],
    ['inclusion proof, 99 of 100', ({ inclusionProofMs }) => `${n(inclusionProofMs.p99, 1)} ms`],
    ['peak memory of the process', ({ peakMb }) => `${n(peakMb)} MB`],
    ['database', ({ databaseBytes }) => mb(databaseBytes)],
  ];
  const table = (head: readonly string[], body: readonly (readonly string[])[]) =>
    [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const first = sizes[0];
  return `# Closing a month at scale, measured

Written by \`npm run bench -- epoch --write\`; do not edit. ${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, Node ${process.version}, ${first?.engine === 'postgres' ? 'PostgreSQL on the same machine' : 'the embedded database'}. Generated people, ${first?.months} months of three insurances each on record, employers of twenty. A close here is everything up to the root; signing adds each authority's own rebuild (they work side by side), publishing some blocks.

${table(
  ['', ...sizes.map(({ people }) => n(people))],
  rows.map(([name, of]) => [name, ...sizes.map(of)]),
)}

Memory grows with the tiles (one root of 32 bytes for 256 accounts, and the list of what changed), not with the records.

## What a long record costs

${projection(figures, cores)}
`;
}

/** All arithmetic is in the text, so that it can be checked. */
function projection({ sizes, long }: EpochFigures, cores: number): string {
  const largest = sizes.at(-1);
  if (!largest) return '';
  const perAccount = (largest.first.seconds * cores) / largest.first.accounts;
  const perLong = (long.first.seconds * cores) / long.first.accounts;
  const perMonth = (perLong - perAccount) / (long.months - largest.months);
  const fixed = perAccount - largest.months * perMonth;
  const province = (months: number, onCores: number) =>
    (PROVINCE * (fixed + months * perMonth)) / onCores;
  const us = (seconds: number) => `${n(seconds * 1e6)} µs`;
  const tileBytes = (largest.first.newTileBytes / largest.first.accounts) * PROVINCE;
  const lines = [24, 120, 360].map(
    (months) =>
      `- ${months} months on record: ${n(PROVINCE / 1e6)} M × (${us(fixed)} + ${months} × ${us(perMonth)}) = ${hours(province(months, 1))} of one core; ${hours(province(months, cores))} on ${cores} cores, ${hours(province(months, MANY_CORES))} on ${MANY_CORES}.`,
  );
  return `${n(long.people)} people with ${long.months} months on record: ${n(long.first.seconds, 1)} s, ${us(perLong)} of a core an account. Against ${us(perAccount)} with ${largest.months} months that is ${us(perMonth)} a month on record (its three records read, one link of the chain hashed) and ${us(fixed)} an account besides.

## ${n(PROVINCE / 1e6)} million people

A projection, not a measurement: it takes the work to be in proportion to accounts and months, and to cores, which parts of the tree allow since they share nothing but the database.

${lines.join('\n')}

Tiles: ${n(largest.first.newTileBytes / largest.first.accounts, 1)} bytes an account, ${n(tileBytes / 1e9, 1)} GB for a month in which everyone's record changed. Within the month there is between two closings that is feasible on one machine of ${MANY_CORES} cores; what would make it quick is to carry the chain on from the last month instead of reading the whole record (the chain was made for that), which is not built.`;
}
