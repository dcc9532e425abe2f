import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { builtEpochs, type StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { readTile } from '../../ledger/store/tiles.ts';
import { feedTable } from '../feed/feed-table.ts';
import { feedRows } from '../feed/read-feed.ts';
import { feedParams, feedQuery, tileParams } from './messages.ts';

/**
 * What others rebuild an epoch from: rows of its tables, a piece of NDJSON at a time and as fast as
 * they are taken; and its tiles, to find where two results part.
 * @param rowsAnAnswer a reader that wants more asks again
 */
export function ledgerRoutes(
  app: FastifyInstance,
  { ledger, rowsAnAnswer }: { readonly ledger: Store | undefined; readonly rowsAnAnswer: number },
): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    '/v1/authority/feed/:table',
    { schema: { params: feedParams, querystring: feedQuery } },
    async (request, reply) => {
      const { epoch: id, after } = request.query;
      const { store, epoch } = await epochOf(id);
      const table = feedTable(request.params.table);
      const rows = feedRows(store.db, table, epoch, { after, limit: rowsAnAnswer });
      reply.header('content-type', 'application/x-ndjson').header('content-encoding', 'gzip');
      const zipped = createGzip({ level: 3 });
      const lines = Readable.from(linesOf(rows));
      lines.on('error', (error) => zipped.destroy(error));
      zipped.on('close', () => lines.destroy());
      return reply.send(lines.pipe(zipped));
    },
  );

  routes.get(
    '/v1/authority/tiles/:epoch/:tree/:level/:index',
    { schema: { params: tileParams } },
    async (request, reply) => {
      const { epoch: id, tree, level, index } = request.params;
      const { store, epoch } = await epochOf(id);
      const nodes = await readTile(store.db, { tree, level, index }, epoch.id);
      reply.header('content-type', 'application/octet-stream');
      return reply.send(Buffer.from(nodes));
    },
  );

  async function epochOf(id: number): Promise<{ store: Store; epoch: StoredEpoch }> {
    if (!ledger) throw new CanbaoError('authority.serves_no_ledger');
    const [epoch] = await builtEpochs(ledger.db, { id });
    if (!epoch) throw new CanbaoError('ledger.unknown_epoch', { what: `number ${id}` });
    return { store: ledger, epoch };
  }
}

async function* linesOf(parts: AsyncIterable<readonly unknown[]>): AsyncIterable<string> {
  for await (const rows of parts) yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
