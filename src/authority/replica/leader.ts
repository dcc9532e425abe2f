import type { Address } from 'viem';
import type { TileAddress } from '../../ledger/store/tiles.ts';
import type { FeedTable } from '../feed/feed-table.ts';

/** The ledger of the authority that asks for a signature, as far as it shows it. */
export interface Leader {
  readonly address: Address;
  /**
   * Rows after a key, as they came, unchecked; may end before the epoch does.
   * @throws peer.unreachable, peer.malformed
   */
  rows(
    epochId: number,
    table: FeedTable,
    after: number,
    signal?: AbortSignal,
  ): AsyncIterable<unknown>;
  /** A tile as it stood in an epoch, encoded. @throws peer.unreachable, peer.malformed */
  tile(epochId: number, address: TileAddress, signal?: AbortSignal): Promise<Uint8Array>;
}
