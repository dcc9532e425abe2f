import { Migrator } from 'kysely';
import { asUnavailable, connectStore, type Store, type StoreOptions } from './connect-store.ts';
import { migrations } from './migrations.ts';

export type { Store, StoreOptions } from './connect-store.ts';

/**
 * Opens the ledger's database, PostgreSQL or embedded, and brings its tables up to date.
 * A folder's first start takes some seconds.
 * @throws ledger.store_busy, ledger.store_unavailable, ledger.bad_schema_name
 */
export async function openStore(options: StoreOptions = {}): Promise<Store> {
  const store = await connectStore(options);
  try {
    await migrate(store);
  } catch (error) {
    await store.close();
    throw asUnavailable(error);
  }
  return store;
}

const INVALID_SCHEMA_NAME = '3F000';

async function migrate(store: Store, attempts = 5): Promise<void> {
  const migrator = new Migrator({
    db: store.db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: store.schema,
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  // Kysely looks through every schema of the database, and fails where another is being dropped.
  const { code } = error as { code?: unknown };
  if (code !== INVALID_SCHEMA_NAME || attempts === 1) throw error;
  await migrate(store, attempts - 1);
}
