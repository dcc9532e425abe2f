/**
 * Employers beside persons. A ledger that has records already gives its employers their places by
 * first sight; epochs closed before have an employer count of 0, the empty tree they committed to.
 */
export const employerTables: readonly string[] = [
  `create table employer (
    employer_index bigint primary key check (employer_index between 0 and 4294967295),
    credit_code text not null unique,
    placeholder bytea not null check (length(placeholder) = 32)
  )`,
  // 244 random bits, hashed and cut to 253: new employers get theirs from the program.
  `insert into employer
    select row_number() over (order by first_id) - 1, employer, set_byte(secret, 0, get_byte(secret, 0) & 31)
    from (
      select employer, min(id) as first_id,
        sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) as secret
      from record where employer is not null group by employer
    ) as seen`,
  // One table and one count of ids for all keys: a key belongs to one person or one employer.
  'alter table enrolment alter column account_index drop not null',
  'alter table enrolment add column employer_index bigint references employer',
  'alter table enrolment add check ((account_index is null) <> (employer_index is null))',
  'create index enrolment_employer on enrolment (employer_index) where employer_index is not null',
  'alter table epoch add column employer_count bigint not null default 0',
  'alter table epoch add column changed_employers bigint',
  'create index record_employer on record (employer, month) where employer is not null',
  'create index record_superseded on record (superseded_by) where superseded_by is not null',
];
