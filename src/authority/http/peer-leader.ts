import type { Address } from 'viem';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { decodeTile, TILE_WIDTH } from '../../ledger/build/tile.ts';
import type { Leader } from '../replica/leader.ts';
import { asUnreachable, malformed, type PeerConnection } from './peer-connection.ts';
import { readLines } from './read-lines.ts';

const ANSWER_MS = 30_000;
const IDLE_MS = 30_000;

/** The ledger another authority serves. */
export function peerLeader(peer: PeerConnection, address: Address): Leader {
  return {
    address,
    async *rows(epochId, { name }, after, signal) {
      const path = `/v1/authority/feed/${name}?epoch=${epochId}&after=${after}`;
      const response = await peer.send({ method: 'GET', path, timeout: ANSWER_MS }, signal);
      yield* readLines(peer.name, response, IDLE_MS, signal);
    },
    async tile(epochId, { tree, level, index }, signal) {
      const path = `/v1/authority/tiles/${epochId}/${tree}/${level}/${index}`;
      const response = await peer.send({ method: 'GET', path, timeout: ANSWER_MS }, signal);
      return readTileBytes(peer.name, response, signal);
    },
  };
}

async function readTileBytes(
  peer: string,
  response: Response,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of response.body ?? []) {
      pieces.push(piece);
      length += piece.length;
      if (length > TILE_WIDTH * 32) throw malformed(peer, 'a tile too large');
    }
  } catch (error) {
    throw asUnreachable(peer, error, signal);
  }
  const bytes = Buffer.concat(pieces);
  try {
    decodeTile(bytes);
  } catch (cause) {
    throw new CanbaoError('peer.malformed', { peer, reason: 'not a tile' }, cause);
  }
  return bytes;
}

/** The one of several servers that is an authority's. @throws peer.unknown */
export async function peerOf(
  peers: readonly PeerConnection[],
  address: Address,
  signal?: AbortSignal,
): Promise<PeerConnection> {
  const known = await Promise.all(
    peers.map(async (peer) => ({ peer, is: await peer.address(signal).catch(() => undefined) })),
  );
  const found = known.find(({ is }) => is?.toLowerCase() === address.toLowerCase());
  if (!found) throw new CanbaoError('peer.unknown', { address });
  return found.peer;
}
