import { toEpochRoot } from '../../../src/core/brands.ts';
import { toFr } from '../../../src/core/field.ts';
import { formatMonth } from '../../../src/core/month.ts';
import type { Publication } from '../../../src/jobs/audit/publications.ts';
import type { RegistryView } from '../../../src/jobs/audit/registry-view.ts';
import { decodeEpochs, type EpochListing, encodeEpochs } from '../../../src/verify/epochs-file.ts';
import type { Random } from '../../../test/support/random.ts';
import { type Expected, labelOf, type Plant, pickRow } from './plant.ts';
import { type PlantedWorld, SECOND } from './planted-world.ts';

const FILE = 'epochs.json';

const otherRoot = (root: bigint, random: Random) =>
  toEpochRoot(toFr(root ^ (1n + random.bits(200))));

/** An exported file that somebody else was given; it takes the road of every file. */
function file(
  kind: string,
  group: Plant['group'],
  edit: (
    epochs: EpochListing[],
    random: Random,
  ) => { epochs: readonly EpochListing[]; what: string; expected: readonly Expected[] },
): Plant {
  return {
    kind: `export: ${kind}`,
    group,
    async plant({ chain }, _, random) {
      const { epochs, ...planted } = edit([...chain.epochs], random);
      const json: unknown = JSON.parse(JSON.stringify(encodeEpochs(epochs)));
      return { ...planted, others: [{ name: FILE, epochs: decodeEpochs(json) }] };
    },
  };
}

/** A node that lies about the registry. */
function node(
  kind: string,
  group: Plant['group'],
  edit: (
    chain: RegistryView,
    random: Random,
    at: number,
  ) => { published: RegistryView; expected: readonly Expected[] },
): Plant {
  return {
    kind: `node: ${kind}`,
    group,
    async plant({ chain }, _, random) {
      const at = random.int(0, chain.epochs.length - 1);
      const epoch = chain.epochs[at];
      return { what: epoch ? labelOf(epoch) : '', ...edit(chain, random, at) };
    },
  };
}

function logOf({ log }: RegistryView): readonly Publication[] {
  if (!log || log === 'gap') throw new RangeError('a chain without a log');
  return log;
}

const replaced = <T>(list: readonly T[], at: number, change: (item: T) => T): T[] =>
  list.map((item, i) => (i === at ? change(item) : item));

/** Another registry, on the chain, as what is published or as what is compared with. */
const registry = (
  kind: string,
  group: Plant['group'],
  of: (world: PlantedWorld) => Promise<RegistryView>,
  finds: (world: PlantedWorld) => Expected,
  isPublished: boolean,
): Plant => ({
  kind: `registry: ${kind}`,
  group,
  async plant(world) {
    const view = await of(world);
    const planted = { what: view.address, expected: [finds(world)] };
    return isPublished ? { ...planted, published: view } : { ...planted, others: [view] };
  },
});

const splitOf = ({ chain }: PlantedWorld): Expected => {
  const last = chain.epochs.at(-1);
  return { code: 'audit.split_view', facts: { epoch: last ? labelOf(last) : '' } };
};
const gapOf = ({ chain }: PlantedWorld): Expected => {
  const month = chain.epochs[1]?.month;
  const facts = { source: SECOND, month: month ? formatMonth(month) : '' };
  return { code: 'audit.month_missing', facts };
};
const orderOf = ({ chain }: PlantedWorld): Expected => {
  const before = chain.epochs[chain.epochs.findIndex(({ revision }) => revision > 0) - 1];
  return { code: 'audit.order_differs', facts: { epoch: before ? labelOf(before) : '' } };
};
/** What the ledger's own order looks like beside a registry in another order. */
const ledgerOrderOf = ({ chain }: PlantedWorld): Expected => {
  const late = chain.epochs.find(({ revision }) => revision > 0);
  return { code: 'audit.order_differs', facts: { epoch: late ? labelOf(late) : '' } };
};

export const chainPlants: readonly Plant[] = [
  registry('another root, compared with', 'split', ({ split }) => split(), splitOf, false),
  registry('another root, as published', 'split', ({ split }) => split(), splitOf, true),
  registry('a month missing, compared with', 'omission', ({ gap }) => gap(), gapOf, false),
  registry('a month missing, as published', 'omission', ({ gap }) => gap(), gapOf, true),
  registry('reordered, compared with', 'split', ({ reordered }) => reordered(), orderOf, false),
  registry('reordered, as published', 'split', ({ reordered }) => reordered(), ledgerOrderOf, true),
  file('another root', 'split', (epochs, random) => {
    const at = random.int(0, epochs.length - 1);
    const edited = replaced(epochs, at, (one) => ({ ...one, root: otherRoot(one.root, random) }));
    const epoch = labelOf(pickRow(epochs.slice(at, at + 1), random));
    return {
      epochs: edited,
      what: epoch,
      expected: [{ code: 'audit.split_view', facts: { epoch, source: FILE } }],
    };
  }),
  file('two roots for one revision', 'split', (epochs, random) => {
    const at = random.int(0, epochs.length - 1);
    const one = pickRow(epochs.slice(at, at + 1), random);
    const twin = { ...one, root: otherRoot(one.root, random) };
    const facts = { epoch: labelOf(one), source: FILE };
    return {
      epochs: [...epochs.slice(0, at + 1), twin, ...epochs.slice(at + 1)],
      what: labelOf(one),
      expected: [{ code: 'audit.split_view', facts }],
    };
  }),
  file('an epoch left out', 'omission', (epochs, random) => {
    const at = random.int(0, epochs.length - 2);
    const epoch = labelOf(pickRow(epochs.slice(at, at + 1), random));
    const facts = { epoch, source: FILE, other: 'chain' };
    return {
      epochs: epochs.filter((_, i) => i !== at),
      what: epoch,
      expected: [{ code: 'audit.epoch_omitted', facts }],
    };
  }),
  file('an epoch invented', 'split', (epochs, random) => {
    const one = pickRow(epochs, random);
    const revision = random.int(5, 99);
    const invented = { ...one, revision, root: otherRoot(one.root, random) };
    const facts = { epoch: labelOf(invented), source: 'chain', other: FILE };
    return {
      epochs: [...epochs, invented],
      what: labelOf(invented),
      expected: [{ code: 'audit.epoch_omitted', facts }],
    };
  }),
  file('two change places', 'split', (epochs, random) => {
    const at = random.int(0, epochs.length - 2);
    const [one, two] = epochs.slice(at, at + 2);
    const epoch = one ? labelOf(one) : '';
    return {
      epochs: [
        ...epochs.slice(0, at),
        ...epochs.slice(at, at + 2).reverse(),
        ...epochs.slice(at + 2),
      ],
      what: `${epoch} and ${two ? labelOf(two) : ''}`,
      expected: [{ code: 'audit.order_differs', facts: { epoch, source: FILE } }],
    };
  }),
  file('a correction hidden', 'split', (epochs, random) => {
    const corrected = epochs.filter(({ correctedAt }) => correctedAt !== undefined);
    const hidden = pickRow(corrected, random);
    const facts = { epoch: labelOf(hidden), source: FILE, field: 'correctedAt' };
    return {
      epochs: epochs.map((one) => {
        const { correctedAt: _, ...rest } = one;
        return one === hidden ? rest : one;
      }),
      what: labelOf(hidden),
      expected: [{ code: 'audit.times_wrong', facts }],
    };
  }),
  file('kept fresh', 'split', (epochs, random) => {
    const old = pickRow(
      epochs.filter(({ supersededAt }) => supersededAt !== undefined),
      random,
    );
    const supersededAt = (old.supersededAt ?? 0) + random.int(1, 10 ** 7);
    const facts = { epoch: labelOf(old), source: FILE, field: 'supersededAt' };
    return {
      epochs: epochs.map((one) => (one === old ? { ...one, supersededAt } : one)),
      what: labelOf(old),
      expected: [{ code: 'audit.times_wrong', facts }],
    };
  }),
  node('the last epoch withheld', 'omission', (chain) => {
    const last = chain.epochs.at(-1);
    const facts = { epoch: last ? labelOf(last) : '', state: 'final' };
    const { log: _, ...rest } = chain;
    const epochs = chain.epochs.slice(0, -1);
    return {
      published: { ...rest, epochs, log: logOf(chain).slice(0, -1) },
      expected: [{ code: 'audit.not_published', facts }],
    };
  }),
  node('another root', 'split', (chain, random, at) => {
    const one = pickRow(chain.epochs.slice(at, at + 1), random);
    const root = otherRoot(one.root, random);
    const change = <T extends { root: typeof root }>(item: T): T => ({ ...item, root });
    return {
      published: {
        ...chain,
        epochs: replaced(chain.epochs, at, change),
        log: replaced(logOf(chain), at, change),
      },
      expected: [{ code: 'audit.split_view', facts: { epoch: labelOf(one), other: 'chain' } }],
    };
  }),
  node('another number of accounts', 'split', (chain, random, at) => {
    const one = pickRow(chain.epochs.slice(at, at + 1), random);
    const accounts = one.accounts + random.int(1, 99);
    const change = <T extends { accounts: number }>(item: T): T => ({ ...item, accounts });
    const facts = { epoch: labelOf(one), otherAccounts: accounts };
    return {
      published: {
        ...chain,
        epochs: replaced(chain.epochs, at, change),
        log: replaced(logOf(chain), at, change),
      },
      expected: [{ code: 'audit.accounts_differ', facts }],
    };
  }),
  node('a log without one publication', 'omission', (chain, random, at) => {
    const one = pickRow(chain.epochs.slice(at, at + 1), random);
    return {
      published: { ...chain, log: logOf(chain).filter((_, i) => i !== at) },
      expected: [{ code: 'audit.log_differs', facts: { epoch: labelOf(one) } }],
    };
  }),
  node('a log of another predecessor', 'split', (chain, random, at) => {
    const one = pickRow(chain.epochs.slice(at, at + 1), random);
    const log = replaced(logOf(chain), at, (item) => ({ ...item, previousRoot: random.fr() }));
    return {
      published: { ...chain, log },
      expected: [{ code: 'audit.previous_root_wrong', facts: { epoch: labelOf(one) } }],
    };
  }),
  node('a log of other signers', 'change', (chain, random, at) => {
    const one = pickRow(chain.epochs.slice(at, at + 1), random);
    const stranger = `0x${Buffer.from(random.bytes(20)).toString('hex')}` as const;
    const log = replaced(logOf(chain), at, (item) => ({
      ...item,
      signers: [stranger, ...item.signers.slice(1)],
    }));
    const facts = { epoch: labelOf(one), authority: stranger };
    return {
      published: { ...chain, log },
      expected: [{ code: 'audit.signer_unknown', facts }],
    };
  }),
  node('a log without a quorum', 'change', (chain, random, at) => {
    const one = pickRow(chain.epochs.slice(at, at + 1), random);
    const log = replaced(logOf(chain), at, (item) => ({
      ...item,
      signers: item.signers.slice(0, 1),
    }));
    const facts = { epoch: labelOf(one), signatures: 1 };
    return { published: { ...chain, log }, expected: [{ code: 'audit.no_quorum', facts }] };
  }),
];
