import { allEpochs } from '../../chain/registry.ts';
import type { EpochRoot } from '../../core/brands.ts';
import { frToBytes } from '../../core/field.ts';
import type { Subject } from '../../statements/define-statement.ts';
import type { EpochsPort } from '../../verify/ports.ts';
import type { EpochStatus } from '../../verify/verdict.ts';
import type { Service } from '../service.ts';

/** A root is superseded or published at most this long before a verdict knows. */
const FRESH_MS = 3000;
const MOST_ROOTS = 1000;

/** What is known of published roots. */
export interface PublishedRoots extends EpochsPort {
  /** How many accounts, or employers, are under a published root; undefined where nobody here knows. */
  membersOf(root: EpochRoot, subject: Subject): Promise<number | undefined>;
}

interface Answer {
  readonly status: Promise<EpochStatus | undefined>;
  readonly askedAt: number;
}

/** The chain's word on roots, asked for anew after some seconds, for every root on its own. */
export function publishedRoots({ chain, db }: Pick<Service, 'chain' | 'db'>): PublishedRoots {
  const answers = new Map<EpochRoot, Answer>();
  // What is under a root never changes.
  const members = new Map<string, Promise<number | undefined>>();

  const countMembers = async (root: EpochRoot, subject: Subject) => {
    if (subject === 'account') {
      const epochs = await allEpochs(chain.registry);
      return epochs.find((epoch) => epoch.root === root)?.accounts;
    }
    const row = await db
      .selectFrom('epoch')
      .select('employer_count')
      .where('root', '=', frToBytes(root))
      .where('state', '!=', 'building')
      .executeTakeFirst();
    return row?.employer_count;
  };

  return {
    lookup(root) {
      const known = answers.get(root);
      const now = performance.now();
      if (known && now - known.askedAt < FRESH_MS) return known.status;
      const status = chain.epochs.lookup(root);
      answers.delete(root); // the oldest come first
      answers.set(root, { status, askedAt: now });
      status.catch(() => answers.delete(root));
      dropOldest(answers);
      return status;
    },
    membersOf(root, subject) {
      const key = `${subject} ${root}`;
      const known = members.get(key);
      if (known) return known;
      const counted = countMembers(root, subject);
      members.set(key, counted);
      const forget = () => members.delete(key);
      counted.then((count) => count ?? forget(), forget);
      dropOldest(members);
      return counted;
    },
  };
}

function dropOldest(map: Map<unknown, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > MOST_ROOTS) map.delete(oldest);
}
