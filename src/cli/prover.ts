import { CanbaoError } from '../core/errors/canbao-error.ts';
import { createProver, PROVER_NAMES } from '../groth16/create-prover.ts';
import type { Prover } from '../groth16/prover.ts';

/** The engine that `CANBAO_PROVER` names, ours where it names none. @throws cli.bad_option */
export async function chosenProver(): Promise<Prover> {
  const named = process.env.CANBAO_PROVER || 'wasm';
  const name = PROVER_NAMES.find((known) => known === named);
  if (!name) {
    const reason = PROVER_NAMES.join(', ');
    throw new CanbaoError('cli.bad_option', { option: 'CANBAO_PROVER', reason });
  }
  return createProver(name);
}
