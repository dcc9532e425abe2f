import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { serviceApp } from '../../src/api/app.ts';
import { readConfig, type ServiceConfig } from '../../src/api/config.ts';
import { openKeyStore } from '../../src/keys/key-store.ts';
import { openHome } from '../../src/runtime/home.ts';
import {
  fillWithSample,
  type SampleHolder,
  sampleHolders,
} from '../../src/service/sample-ledger.ts';
import { openService, type Service } from '../../src/service/service.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import type { Engine } from '../ledger/stores.ts';

export const ORIGIN = 'https://canbao.test';

/** Every engine there is here: the embedded one, or PostgreSQL where `DATABASE_URL` names one. */
export const serviceEngine: Engine = process.env.DATABASE_URL ? 'postgres' : 'pglite';

/** A service on the sample ledger, its chain and database its own. */
export interface TestService extends AsyncDisposable {
  readonly service: Service;
  readonly app: FastifyInstance;
  readonly holders: readonly SampleHolder[];
  /** All that was logged, a line each. */
  readonly logged: readonly string[];
  /** A person of the sample by role, see `demo/people.json`. */
  holder(role: string): SampleHolder;
}

export interface TestServiceOptions {
  readonly config?: Partial<ServiceConfig>;
  readonly clock?: () => number;
  /** Default: proofs are checked on the test's own thread. */
  readonly verifyThreads?: number;
  /** Default: the sample ledger, October 2026 closed. */
  readonly empty?: boolean;
}

export async function openTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const folder = await mkdtemp(join(tmpdir(), 'canbao-service-'));
  if (!options.empty) await copySampleHome(folder);
  const databaseUrl = serviceEngine === 'postgres' ? process.env.DATABASE_URL : undefined;
  const schema = databaseUrl && `test_${randomBytes(6).toString('hex')}`;
  const service = await openService({
    ...installation(folder),
    ...{ databaseUrl, schema },
    ...(options.clock && { clock: options.clock }),
    ...(options.verifyThreads && { verifyThreads: options.verifyThreads }),
  });
  if (!options.empty) await fillWithSample(service.bureau);
  const holders = await sampleHolders();
  const logged: string[] = [];
  const app = await serviceApp({
    service,
    config: { ...readConfig({ CANBAO_REQUESTS_A_MINUTE: '1000000' }), ...options.config },
    log: { write: (line) => logged.push(line) },
  });
  return {
    ...{ service, app, holders, logged },
    holder(role) {
      const found = holders.find((holder) => holder.role === role);
      if (!found) throw new RangeError(`the sample has no ${role}`);
      return found;
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      if (schema) {
        const { db } = service;
        await service.queue.close(1000);
        await sql`drop schema ${sql.id(schema)} cascade`.execute(db);
        await sql`drop schema if exists ${sql.id(`${schema}_jobs`)} cascade`.execute(db);
      }
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const installation = (folder: string) => ({
  ...{ home: openHome(folder), production: false, origin: ORIGIN },
  statements: statementRegistry,
  keys: openKeyStore({ production: false }),
});

/** Fills an embedded home as an earlier test file of the run did, or does so for later ones. */
async function copySampleHome(folder: string): Promise<void> {
  const shared = process.env.CANBAO_TEST_FOLDER;
  if (!shared || serviceEngine !== 'pglite') return;
  const kept = join(shared, 'sample-home');
  if (!existsSync(kept)) {
    const fresh = await mkdtemp(join(shared, 'fresh-'));
    const service = await openService(installation(fresh));
    await fillWithSample(service.bureau);
    await service.close();
    // Another file may have been as quick: one of the two is as good.
    await rename(fresh, kept).catch(() => rm(fresh, { recursive: true, force: true }));
  }
  await cp(kept, folder, { recursive: true });
}
