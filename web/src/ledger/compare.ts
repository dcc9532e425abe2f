import type { ChainEpoch, ChainLedger } from './chain-ledger.ts';
import type { ToldEpoch, ToldLedger } from './service-ledger.ts';

export type ComparedField =
  | 'root'
  | 'publishedAt'
  | 'supersededAt'
  | 'correctedAt'
  | 'accounts'
  | 'transaction'
  | 'signers'
  | 'quorum'
  | 'authorities'
  | 'order';

/** Something that this site and the chain do not agree on. */
export interface Difference {
  /** Month and revision; undefined: of the ledger as a whole. */
  readonly key: string | undefined;
  readonly field: ComparedField;
  /** Undefined: it has nothing. */
  readonly site: string | undefined;
  readonly chain: string | undefined;
}

/** Row by row: what this site says, against what the chain has. */
export function compareLedgers(site: ToldLedger, chain: ChainLedger): Difference[] {
  const told = new Map(site.epochs.map((epoch) => [epoch.key, epoch]));
  const published = new Map(chain.epochs.map((epoch) => [epoch.key, epoch]));
  const keys = new Set([...published.keys(), ...told.keys()]);
  const differences = [...keys].flatMap((key) =>
    compareEpochs(key, told.get(key), published.get(key)),
  );
  const whole = (field: ComparedField, ours: string, theirs: string) => {
    if (ours !== theirs) differences.push({ key: undefined, field, site: ours, chain: theirs });
  };
  const order = (epochs: readonly { readonly key: string }[]) => epochs.map(({ key }) => key);
  // Where a month is missing, the order is told by that.
  if (keys.size === told.size && keys.size === published.size) {
    whole('order', order(site.epochs).join(', '), order(chain.epochs).join(', '));
  }
  whole('authorities', listed(site.authorities), listed(chain.authorities));
  whole('quorum', String(site.quorum), String(chain.quorum));
  return differences;
}

function compareEpochs(
  key: string,
  site: ToldEpoch | undefined,
  chain: ChainEpoch | undefined,
): Difference[] {
  const differences: Difference[] = [];
  const compare = (field: ComparedField, ours: string | undefined, theirs: string | undefined) => {
    if (ours !== theirs) differences.push({ key, field, site: ours, chain: theirs });
  };
  compare('root', text(site?.root), text(chain?.root));
  if (!site || !chain) return differences;
  for (const field of ['publishedAt', 'supersededAt', 'correctedAt'] as const) {
    compare(field, text(site[field]), text(chain[field]));
  }
  const { ledger } = site;
  if (!ledger) return differences;
  if (ledger.root !== text(site.root)) compare('root', ledger.root, text(chain.root));
  compare('accounts', text(ledger.accounts), text(chain.accounts));
  const { log } = chain;
  if (!log) return differences;
  if (ledger.txHash !== null) compare('transaction', ledger.txHash, log.transaction);
  // The bureau may hold more signatures than were sent; it must hold those that were.
  const held = new Set(ledger.signers.map(lower));
  if (!log.signers.every((signer) => held.has(lower(signer)))) {
    compare('signers', listed(ledger.signers), listed(log.signers));
  }
  return differences;
}

function text(value: bigint | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function listed(addresses: readonly string[]): string {
  return addresses.map(lower).sort().join(', ');
}

function lower(address: string): string {
  return address.toLowerCase();
}
