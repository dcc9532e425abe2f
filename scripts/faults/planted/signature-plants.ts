import { sql } from 'kysely';
import type { Db } from '../../../src/ledger/store/tables.ts';
import type { Random } from '../../../test/support/random.ts';
import { type Expected, labelOf, type Plant, pickRow } from './plant.ts';

export const signaturePlants: readonly Plant[] = [
  {
    kind: 'signature: removed',
    group: 'omission',
    async plant(_, db, random) {
      const row = await signatureRow(db, random);
      await sql`delete from epoch_signature where epoch_id = ${sql.lit(row.epoch_id)}
        and authority = ${row.authority}`.execute(db);
      return signaturePlanted('audit.signature_missing', row, row.authority.toLowerCase());
    },
  },
  {
    kind: 'signature: another one’s',
    group: 'change',
    async plant(_, db, random) {
      const row = await signatureRow(db, random);
      const { rows } = await sql<{ signature: string }>`select signature from epoch_signature
        where signature <> ${row.signature} order by signature`.execute(db);
      return replaceSignature(db, row, pickRow(rows, random).signature);
    },
  },
  {
    kind: 'signature: a digit',
    group: 'change',
    async plant(_, db, random) {
      const row = await signatureRow(db, random);
      const at = random.int(2, 129);
      const digit = (
        (Number.parseInt(row.signature[at] ?? '0', 16) + random.int(1, 15)) %
        16
      ).toString(16);
      return replaceSignature(
        db,
        row,
        row.signature.slice(0, at) + digit + row.signature.slice(at + 1),
      );
    },
  },
  {
    kind: 'signature: none at all',
    group: 'change',
    async plant(_, db, random) {
      const row = await signatureRow(db, random);
      return replaceSignature(db, row, random.pick(['', '0x', 'signed', '0x00']));
    },
  },
  {
    kind: 'signature: of a stranger',
    group: 'change',
    async plant(_, db, random) {
      const row = await signatureRow(db, random);
      const authority = `0x${Buffer.from(random.bytes(20)).toString('hex')}`;
      await sql`update epoch_signature set authority = ${authority}
        where epoch_id = ${sql.lit(row.epoch_id)} and authority = ${row.authority}`.execute(db);
      return signaturePlanted('audit.signer_unknown', row, authority);
    },
  },
  {
    kind: 'signature: no quorum',
    group: 'omission',
    async plant({ epochs }, db, random) {
      const epoch = pickRow(epochs, random);
      await db.deleteFrom('epoch_signature').where('epoch_id', '=', epoch.id).execute();
      const facts = { epoch: labelOf(epoch), signatures: 0 };
      return { what: labelOf(epoch), expected: [{ code: 'audit.no_quorum', facts }] };
    },
  },
];

interface SignatureRow {
  readonly epoch_id: number;
  readonly authority: string;
  readonly signature: string;
  readonly month: number;
  readonly revision: number;
}

async function signatureRow(db: Db, random: Random): Promise<SignatureRow> {
  const { rows } = await sql<SignatureRow>`
    select epoch_id, authority, signature, month, revision
    from epoch_signature join epoch on epoch.id = epoch_id order by epoch_id, authority`.execute(
    db,
  );
  return pickRow(rows, random);
}

async function replaceSignature(db: Db, row: SignatureRow, signature: string) {
  await sql`update epoch_signature set signature = ${signature}
    where epoch_id = ${sql.lit(row.epoch_id)} and authority = ${row.authority}`.execute(db);
  return signaturePlanted('audit.signature_invalid', row, row.authority);
}

function signaturePlanted(code: Expected['code'], row: SignatureRow, authority: string) {
  const epoch = labelOf(row);
  return {
    what: `signature of ${row.authority} for ${epoch}`,
    expected: [{ code, facts: { epoch, authority } }],
  };
}
