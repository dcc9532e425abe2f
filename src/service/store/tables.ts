import type { ColumnType, Generated, GeneratedAlways, Kysely } from 'kysely';
import type { Tables } from '../../ledger/store/tables.ts';

/** A verifier that may ask in its own name. */
interface VerifierTable {
  id: GeneratedAlways<number>;
  /** Its one audience: an https origin or a CAIP-10 account. */
  audience: string;
  name: string;
  /** SHA-256 of its API key. */
  key_hash: Uint8Array;
  created_at: GeneratedAlways<Date>;
  revoked_at: Date | null;
}

/** What a verifier asks, and how it was answered. */
interface PresentationRequestTable {
  /** 22 characters of base64url, 128 random bits. */
  id: string;
  /** Undefined for requests in the service's own name. */
  verifier_id: number | null;
  /** The request file: `canbao/request@1` or `canbao/request-set@1`. */
  request: ColumnType<unknown, string, never>;
  /** What of freshness and repetition the verifier accepts, as JSON. */
  policy: ColumnType<unknown, string, never>;
  state: 'open' | 'answered' | 'cancelled';
  /** SHA-256 of the token its verifier reads it with. */
  token_hash: Uint8Array;
  redirect_uri: string | null;
  /** SHA-256 of the code given to the browser that answered, once answered. */
  response_code_hash: Uint8Array | null;
  webhook_url: string | null;
  /** Sealed. */
  webhook_secret: Uint8Array | null;
  /** Once answered, as JSON; never the presentation itself. */
  verdict: ColumnType<unknown, string | null, string | null>;
  created_at: ColumnType<Date, Date, never>;
  expires_at: Date;
  answered_at: Date | null;
  /** When it was first declined. */
  declined_at: ColumnType<Date | null, Date | undefined, Date | null>;
}

/** Spent nullifiers, one a scope. */
interface SpentNullifierTable {
  scope: Uint8Array;
  nullifier: Uint8Array;
  request_id: string | null;
  spent_at: Generated<Date>;
}

/** What a holder signs to log in, good once. */
interface HolderChallengeTable {
  /** 32 bytes. */
  nonce: Uint8Array;
  expires_at: Date;
}

/** A holder who has logged in. */
interface HolderSessionTable {
  /** SHA-256 of the session's token. */
  token_hash: Uint8Array;
  /** The holder commitment it stands for. */
  commitment: Uint8Array;
  expires_at: Date;
}

/** A proof to be made on a holder's behalf. */
interface ProofJobTable {
  id: string;
  /** Whose; only they read it. */
  commitment: Uint8Array;
  state: 'queued' | 'proving' | 'done' | 'failed' | 'cancelled';
  /** Sealed inputs; gone as soon as the job ends. */
  inputs: Uint8Array | null;
  /** 0 to 1. */
  progress: number;
  /** The presentation, as JSON. */
  presentation: ColumnType<unknown, string | null, string | null>;
  /** Code and facts of the error it failed with, as JSON. */
  error: ColumnType<unknown, string | null, string | null>;
  /** How often a worker began it. */
  attempts: Generated<number>;
  /** Names the attempt that is under way. */
  claim: string | null;
  /** While it is open: if nothing is heard of it by then, it is queued anew. */
  leased_until: Date;
  created_at: ColumnType<Date, Date, never>;
  ended_at: Date | null;
}

/** A file a bureau sent, and what became of it. */
interface UploadTable {
  id: string;
  file_name: string;
  /** The mapping, as JSON. */
  mapping: ColumnType<unknown, string, never>;
  state: 'queued' | 'importing' | 'done' | 'failed';
  progress: ColumnType<unknown, string | null, string | null>;
  /** What the import reported, as JSON. */
  report: ColumnType<unknown, string | null, string | null>;
  error: ColumnType<unknown, string | null, string | null>;
  operator: string;
  /** Judged and taken back. */
  dry_run: boolean;
  /** The ledger's import that came of it. */
  batch_id: number | null;
  /** The first refused rows of a dry run, of which the ledger keeps none; as JSON. */
  refusals: ColumnType<unknown, string | null, string | null>;
  created_at: ColumnType<Date, Date, never>;
  ended_at: Date | null;
}

/** What an operator ordered and a worker does, and what became of it. */
interface OrderedTable<AtWork extends string> {
  id: string;
  month: number | null;
  state: 'queued' | AtWork | 'done' | 'failed';
  progress: ColumnType<unknown, string | null, string | null>;
  result: ColumnType<unknown, string | null, string | null>;
  error: ColumnType<unknown, string | null, string | null>;
  /** How often a worker began it. */
  attempts: number;
  operator: string;
  created_at: ColumnType<Date, Date, never>;
  ended_at: Date | null;
}

/** A month to be closed, or the ledger to be held against the chain. */
interface ClosingTable extends OrderedTable<'closing'> {
  kind: 'close' | 'check';
  revise: boolean;
}

/** The ledger, or one month alone, to be audited. */
type AuditTable = OrderedTable<'auditing'>;

/** Who did what; never whose record. Rows are only ever added. */
interface OperatorLogTable {
  id: GeneratedAlways<number>;
  at: ColumnType<Date, Date, never>;
  /** Subject of the operator's token. */
  operator: string;
  role: string;
  action: string;
  /** What it was done to: ids, months, counts; no personal data. As JSON. */
  facts: ColumnType<unknown, string, never>;
  outcome: string;
}

/** A verdict on its way to a verifier's server. */
interface WebhookDeliveryTable {
  id: string;
  request_id: string;
  url: string;
  /** Sealed. */
  secret: Uint8Array;
  /** The body, as it is signed and sent. */
  body: string;
  state: 'queued' | 'delivered' | 'failed';
  attempts: Generated<number>;
  /** HTTP status of the last attempt, or why there was none. */
  last_status: string | null;
  /** While a worker is at it. */
  claimed_until: Date | null;
  created_at: ColumnType<Date, Date, never>;
  ended_at: Date | null;
}

/** A presentation that its holder had kept, for whoever has the code. */
interface CertificateTable {
  /** SHA-256 of the code. */
  code_hash: Uint8Array;
  /** The presentation, sealed. */
  presentation: Uint8Array;
  expires_at: Date;
}

/** A claim that was registered on the chain; nothing of whose it is. */
interface BenefitClaimTable {
  /** Address in lower case. */
  contract: string;
  /** From 1 on, without gaps. */
  number: number;
  rule: number;
  benefit: string;
  /** A hash, chosen by the holder, of what it is delivered to. */
  deliver_to: Uint8Array;
  nullifier: Uint8Array;
  params: Uint8Array;
  epoch_root: Uint8Array;
  /** PostgreSQL's bigint comes as text. */
  block: ColumnType<string | number, number, never>;
  transaction: Uint8Array;
  kept_at: GeneratedAlways<Date>;
}

export interface ServiceTables extends Tables {
  verifier: VerifierTable;
  presentation_request: PresentationRequestTable;
  spent_nullifier: SpentNullifierTable;
  holder_challenge: HolderChallengeTable;
  holder_session: HolderSessionTable;
  proof_job: ProofJobTable;
  upload: UploadTable;
  closing: ClosingTable;
  audit: AuditTable;
  operator_log: OperatorLogTable;
  webhook_delivery: WebhookDeliveryTable;
  certificate: CertificateTable;
  benefit_claim: BenefitClaimTable;
}

/** The ledger's database with the service's tables beside its own. */
export type ServiceDb = Kysely<ServiceTables>;
