import type { WalletFigures } from '../wallet.ts';
import type { OpenToProof } from './measure-visit.ts';

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const times = ({ open, ready, prove, total }: OpenToProof) =>
  [open, ready, prove, total].map(seconds).join(' | ');

/** The figures as a page of `docs/`. */
export function walletReport({ machine, firstLoadBytes, visits }: WalletFigures): string {
  const rows = visits.flatMap(({ slower, cold, warm }) => {
    const which = slower === 1 ? 'this machine' : `its main thread ${slower} × slower`;
    return [`| ${which}, cold | ${times(cold)} |`, `| ${which}, warm | ${times(warm)} |`];
  });
  const [first] = visits;
  return `# What a person waits for

Written by \`npm run bench -- wallet --write\`; do not edit. ${machine}; Chromium, a phone's screen, the service on
the same machine. Nobody reads or types in these times. *Cold*: a device that never saw the wallet opens
a request's link, recovers the wallet from its words (scrypt among it), fetches the record and what proving
takes, and proves. *Warm*: the same device opens another link, unlocks, and proves. Chromium slows the page's
main thread only: proofs are made on others.

| | first screen | wallet open, request read | consent to verdict | in all |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

First screen: ${(firstLoadBytes / 1000).toFixed(0)} kB sent. Until the first proof: ${((first?.bytesToFirstProof ?? Number.NaN) / 1e6).toFixed(1)} MB, what proving takes among it.
Memory of page and workers after a proof: ${(first?.memoryMb ?? Number.NaN).toFixed(0)} MB.
`;
}
