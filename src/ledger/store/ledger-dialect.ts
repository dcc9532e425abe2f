import {
  type DatabaseIntrospector,
  type Kysely,
  PostgresDialect,
  PostgresIntrospector,
  type PostgresPool,
  sql,
  type TableMetadata,
} from 'kysely';

/** PostgreSQL's dialect, whose view of the tables ends at a ledger's own schema. */
export class LedgerDialect extends PostgresDialect {
  readonly #schema: string;

  constructor(pool: PostgresPool, schema: string) {
    super({ pool });
    this.#schema = schema;
  }

  override createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SchemaIntrospector(db, this.#schema);
  }
}

/**
 * Of one schema, names alone: all that migrations ask for. Kysely's own goes through every schema of
 * the database, and fails where another is being dropped.
 */
class SchemaIntrospector extends PostgresIntrospector {
  readonly #db: Kysely<unknown>;
  readonly #schema: string;

  constructor(db: Kysely<unknown>, schema: string) {
    super(db);
    this.#db = db;
    this.#schema = schema;
  }

  override async getTables(): Promise<TableMetadata[]> {
    const { rows } = await sql<{ tablename: string }>`
      select tablename from pg_catalog.pg_tables where schemaname = ${this.#schema}`.execute(
      this.#db,
    );
    return rows.map(({ tablename: name }) => ({
      ...{ name, schema: this.#schema },
      ...{ isView: false, columns: [] },
    }));
  }
}
