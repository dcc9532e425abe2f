/**
 * A bank asks whether somebody's insurance record carries a loan, shows the link, waits, and decides.
 *
 *   CANBAO_URL=http://localhost:7200 npx tsx --conditions=canbao-source examples/bank.ts
 */
import { CanbaoError, canbaoClient } from 'canbao/sdk';

const { CANBAO_URL = 'http://localhost:7200', CANBAO_KEY } = process.env;
const canbao = canbaoClient({ url: CANBAO_URL, apiKey: CANBAO_KEY });

try {
  const asked = await canbao.createRequest({
    preset: 'loan-base-band',
    input: { minBaseFen: 500_000 },
    purpose: 'loan 2026-11-0042',
    expiresIn: 3600,
    policy: { once: true },
  });
  console.log(`Show this to your customer: ${asked.link}`);

  const { state, verdict } = await canbao.waitForVerdict(asked);
  console.log(verdict ? verdict.text : `No answer: ${state}`);
  for (const note of verdict?.notes ?? []) console.log(`! ${note}`);
  process.exitCode = verdict?.verified ? 0 : 1;
} catch (error) {
  if (!(error instanceof CanbaoError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 2;
}
