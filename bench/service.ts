import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/keys/paths.ts';
import { startService } from '../test/support/running-service.ts';
import { measureHolder } from './service/measure-holder.ts';
import { measureSoak } from './service/measure-soak.ts';
import { measureOverload, measureVerification } from './service/measure-verification.ts';
import { sampleClient } from './service/sample-client.ts';
import { type ServiceFigures, serviceReport } from './service/service-report.ts';

/**
 * `npm run bench -- service [--seconds=10] [--soak=10] [--json] [--write]`: a service in a process of
 * its own on the sample ledger, on PostgreSQL where `DATABASE_URL` names one; the load comes from this
 * process, on the same machine. `--soak` in minutes; 0 leaves it out.
 */
export async function run(args: readonly string[]): Promise<ServiceFigures> {
  const seconds = option(args, 'seconds', 10);
  const soakMinutes = option(args, 'soak', 10);
  await using service = await startService();
  const client = await sampleClient(service.url);
  const verification = await measureVerification(service, client, seconds);
  const figures: ServiceFigures = {
    machine: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? '?'}, Node ${process.version}`,
    engine: process.env.DATABASE_URL ? 'PostgreSQL' : 'PGlite',
    verification,
    overload: await measureOverload(service, client, verification.verify, seconds),
    holder: await measureHolder(service, client, seconds),
    ...(soakMinutes > 0 && {
      soak: await measureSoak(service, client, verification.verify, soakMinutes),
    }),
  };
  if (!args.includes('--json')) console.log(serviceReport(figures));
  if (args.includes('--write')) {
    await writeFile(join(packageRoot, 'docs', 'service-load.md'), serviceReport(figures));
  }
  return figures;
}

function option(args: readonly string[], name: string, fallback: number): number {
  const given = args.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1];
  return given === undefined ? fallback : Number(given);
}
