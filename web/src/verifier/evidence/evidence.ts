import type { RequestFile } from '../../../../src/sdk/answers.ts';
import type { PublishedWhere } from '../../shared/chain-roots.ts';
import type { PresentationInput } from '../check/read-presentation-text.ts';
import type { CheckedVerdict } from '../verdict/checked-verdict.ts';
import type { KeyOfStatement } from '../verdict/statement-keys.ts';

/** What was found out, by whom. */
export interface Found {
  /** Who came to the verdict: this page, or the service. */
  readonly checkedBy: 'page' | 'service';
  /** Unix seconds. */
  readonly checkedAt: number;
  readonly verdict: CheckedVerdict;
  /** Not kept by a service that checked it. */
  readonly presentation?: PresentationInput;
  readonly request?: RequestFile | undefined;
  /** Whether the request is the asker's own copy, or as the presentation tells it. */
  readonly ownCopy?: boolean | undefined;
  readonly keys?: readonly KeyOfStatement[] | undefined;
  readonly publication?: PublishedWhere | undefined;
  readonly chain?: { readonly chainId: number; readonly registry: string } | undefined;
}

const FORMAT = 'canbao/evidence@1';

/** What shows later what was found, and how to find it again: one JSON. */
export function evidenceOf(found: Found): Record<string, unknown> {
  const { checkedBy, checkedAt, verdict, presentation, request, publication, chain } = found;
  const { ownCopy = checkedBy === 'service', keys = [] } = found;
  const { valid, reason, text, notes, audience, audienceChecked, purpose, expiresAt } = verdict;
  const { month, revision, root, publishedAt, keyStatus, anonymitySet, nullifier, scope } = verdict;
  return withoutUndefined({
    format: FORMAT,
    checkedAt: new Date(checkedAt * 1000).toISOString(),
    checkedBy: checkedBy === 'page' ? `the page of ${location.origin}` : location.origin,
    verdict: withoutUndefined({
      ...{ valid, reason, text, notes, audience, audienceChecked, purpose, expiresAt },
      ...{ scope, nullifier, anonymitySet },
      proves: valid ? verdict.asks.map(({ asks }) => asks) : [],
    }),
    epoch:
      month === undefined
        ? undefined
        : withoutUndefined({
            ...{ month, revision, root, publishedAt, ...chain },
            block: publication?.block,
            transaction: publication?.transaction,
            signers: publication?.signers,
            accounts: publication?.accounts,
          }),
    keys: keys.map(({ statement, entry: { status, contributions, vkeyHash } }) => ({
      ...{ statement, status, contributions, vkeyHash },
    })),
    keyStatus,
    request,
    requestIs: request && (ownCopy ? 'own copy' : 'as the presentation tells it'),
    presentation,
    checkAgain: presentation === undefined ? undefined : checkAgain(ownCopy, verdict),
  });
}

/** How anybody checks it with the command line, files cut out of the evidence. */
export function checkAgain(ownCopy: boolean, { audience, audienceChecked }: CheckedVerdict) {
  const held = ownCopy
    ? ' --request request.json'
    : audienceChecked && audience !== undefined
      ? ` --audience ${audience}`
      : '';
  return [
    ...(ownCopy ? ['jq .request evidence.json > request.json'] : []),
    'jq .presentation evidence.json > presentation.json',
    `canbao verify presentation.json${held}`,
  ];
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
