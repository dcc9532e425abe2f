import type { RegistryHistory } from '../../chain/registry-history.ts';
import type { EpochRoot } from '../../core/brands.ts';
import type { Fr } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';

/** A root's publication, and who could sign it then. Addresses in lower case. */
export interface Publication {
  readonly root: EpochRoot;
  readonly month: MonthIndex;
  readonly revision: number;
  readonly previousRoot: Fr;
  readonly accounts: number;
  readonly signers: readonly string[];
  readonly authorities: readonly string[];
  /** Undefined before the first change: that of the deployment is in no event. */
  readonly quorum: number | undefined;
}

interface Body {
  /** Block from which on they were it. */
  readonly since: number;
  readonly authorities: ReadonlySet<string>;
  readonly quorum: number | undefined;
}

/**
 * The publications of a history, each with the authorities of its time: the present ones, and every
 * change taken back one after another.
 */
export function toPublications(
  { epochs, changes }: RegistryHistory,
  present: { readonly authorities: readonly string[]; readonly quorum: number },
): Publication[] {
  const bodies: Body[] = [];
  let authorities = new Set(present.authorities.map(lower));
  for (const [i, { block, added, removed }] of [...changes.entries()].reverse()) {
    bodies.unshift({ since: block, authorities, quorum: changes[i]?.quorum });
    const before = new Set([...authorities, ...removed.map(lower)]);
    for (const one of added) before.delete(lower(one));
    authorities = before;
  }
  const quorum = changes.length === 0 ? present.quorum : undefined;
  bodies.unshift({ since: 0, authorities, quorum });
  return epochs.map(({ epochRoot: root, block, signers, ...epoch }) => {
    const { month, revision, previousRoot, accounts } = epoch;
    const signed = signers.map(lower);
    // In the block of a change either order is possible: the one its signers fit.
    const possible = bodies.filter(({ since }, i) => {
      const until = bodies[i + 1]?.since ?? Number.POSITIVE_INFINITY;
      return since <= block && block <= until;
    });
    const fitting = possible.find((body) => signed.every((one) => body.authorities.has(one)));
    const body = fitting ?? possible.at(-1);
    return {
      ...{ root, month, revision, previousRoot, accounts, signers: signed },
      authorities: [...(body?.authorities ?? [])],
      quorum: body?.quorum,
    };
  });
}

function lower(address: string): string {
  return address.toLowerCase();
}
