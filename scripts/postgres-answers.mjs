import pg from 'pg';

// Exits 0 if PostgreSQL answers at the URL given, 1 if not.
const client = new pg.Client({ connectionString: process.argv[2], connectionTimeoutMillis: 3000 });
try {
  await client.connect();
  await client.end();
} catch {
  process.exit(1);
}
