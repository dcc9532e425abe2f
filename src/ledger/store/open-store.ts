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

async function migrate({ db, schema }: Store): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: schema,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
