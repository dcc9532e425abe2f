import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of a test's own on the server that `DATABASE_URL` names. */
export interface OwnDatabase extends AsyncDisposable {
  readonly url: string;
}

export async function createDatabase(): Promise<OwnDatabase> {
  const name = `canbao_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
  const url = new URL(process.env.DATABASE_URL ?? '');
  url.pathname = `/${name}`;
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => onServer(`drop database ${name} with (force)`),
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
