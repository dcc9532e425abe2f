import type { Command } from 'commander';

/** A command as `--help` lists it; its module, and all that hangs on it, loads when it is called. */
export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every command, in the order a newcomer meets them. */
export const commands: readonly ListedCommand[] = [
  {
    name: 'demo',
    summary: "from two bureaus' exports to verified proofs, step by step",
    load: async () => (await import('./commands/demo.ts')).demoCommand(),
  },
  {
    name: 'serve',
    summary: 'requests, verdicts, records and the bureau over HTTP',
    load: async () => (await import('./commands/serve.ts')).serveCommand(),
  },
  {
    name: 'import',
    summary: "import a bureau's exports through a mapping file",
    load: async () => (await import('./commands/import.ts')).importCommand(),
  },
  {
    name: 'refusals',
    summary: 'what was refused of earlier imports, and why',
    load: async () => (await import('./commands/refusals.ts')).refusalsCommand(),
  },
  {
    name: 'epoch',
    summary: 'close months, hold them against the chain, list and export the roots',
    load: async () => (await import('./commands/epoch.ts')).epochCommand(),
  },
  {
    name: 'authority',
    summary: 'who signs the months: list them, change them by quorum; be one of them',
    load: async () => (await import('./commands/authority.ts')).authorityCommand(),
  },
  {
    name: 'contracts',
    summary: 'the contracts that act on presentations: deploy, list, claims',
    load: async () => (await import('./commands/contracts.ts')).contractsCommand(),
  },
  {
    name: 'operator',
    summary: "tokens of the bureau's operators, where no issuer is configured",
    load: async () => (await import('./commands/operator.ts')).operatorCommand(),
  },
  {
    name: 'backup',
    summary: 'ledger and service in one file',
    load: async () => (await import('./commands/backup.ts')).backupCommand(),
  },
  {
    name: 'restore',
    summary: 'a backup into an empty installation',
    load: async () => (await import('./commands/restore.ts')).restoreCommand(),
  },
  {
    name: 'audit',
    summary: 'rebuild closed months from the records and hold them against what was published',
    load: async () => (await import('./commands/audit.ts')).auditCommand(),
  },
  {
    name: 'enrol',
    summary: "tie a holder's key to a person or an employer, from the next epoch on",
    load: async () => (await import('./commands/enrol.ts')).enrolCommand(),
  },
  {
    name: 'bundle',
    summary: "write a person's or an employer's own record and inclusion proof, or check one",
    load: async () => (await import('./commands/bundle.ts')).bundleCommand(),
  },
  {
    name: 'wallet',
    summary: "a holder's keys",
    load: async () => (await import('./commands/wallet.ts')).walletCommand(),
  },
  {
    name: 'verifier',
    summary: 'who may ask over HTTP in a name of its own: add, list, revoke',
    load: async () => (await import('./commands/verifier.ts')).verifierCommand(),
  },
  {
    name: 'request',
    summary: 'what a verifier asks to be proven',
    load: async () => (await import('./commands/request.ts')).requestCommand(),
  },
  {
    name: 'prove',
    summary: 'answer a request; nothing private leaves this machine',
    load: async () => (await import('./commands/prove.ts')).proveCommand(),
  },
  {
    name: 'verify',
    summary: 'check a presentation; exits 0 if valid, 1 if not',
    load: async () => (await import('./commands/verify.ts')).verifyCommand(),
  },
  {
    name: 'export',
    summary: 'write a proof as stock snarkjs reads it',
    load: async () => (await import('./commands/export.ts')).exportCommand(),
  },
  {
    name: 'ceremony',
    summary: 'make the keys together with others, and check that they were',
    load: async () => (await import('./commands/ceremony.ts')).ceremonyCommand(),
  },
  {
    name: 'statements',
    summary: 'what can be proven, and the presets',
    load: async () => (await import('./commands/statements.ts')).statementsCommand(),
  },
];
