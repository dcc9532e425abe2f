import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Service } from '../../service/service.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Proofs wait here: see `service/proofs`. */
const STATES = ['queued', 'proving'] as const;

/** Counts and times for Prometheus at `/metrics`: by route, never by person. */
export const metrics = fp(async (app: FastifyInstance, { service }: { service: Service }) => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const times = new Histogram({
    name: 'canbao_http_request_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers: [registry],
  });
  new Gauge({
    name: 'canbao_proof_jobs',
    help: 'Proofs asked for and not made yet',
    labelNames: ['state'] as const,
    registers: [registry],
    async collect() {
      const rows = await service.db
        .selectFrom('proof_job')
        .select(['state', (count) => count.fn.countAll<number>().as('jobs')])
        .where('state', 'in', STATES)
        .groupBy('state')
        .execute();
      for (const state of STATES) {
        this.set({ state }, rows.find((row) => row.state === state)?.jobs ?? 0);
      }
    },
  });
  new Gauge({
    name: 'canbao_latest_epoch_month',
    help: 'The last final epoch, in months since 1900-01',
    registers: [registry],
    async collect() {
      const row = await service.db
        .selectFrom('epoch')
        .select((latest) => latest.fn.max('month').as('month'))
        .where('state', '=', 'final')
        .executeTakeFirst();
      this.set(row?.month ?? 0);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const labels = { method: request.method, route, status: `${reply.statusCode}` };
    times.observe(labels, reply.elapsedTime / 1000);
  });
  const config = { rateLimit: false as const, admission: false as const };
  app.get('/metrics', { schema: { hide: true }, config }, async (_, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
});
