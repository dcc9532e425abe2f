/**
 * Imports point downward only. Layers from the bottom:
 * core → ledger formats → statements, holder, request, groth16 → prove, verify
 *      → ledger/{import,store,build,sample}, keys, chain → jobs → authority, service → api, cli; sdk on
 *      prove and verify alone; web beside them.
 */
const below = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

/** Pure formats of the ledger; its folders do input and output. */
const ledgerWork = '^src/ledger/(import|store|build|sample)/';
const node = '^src/(keys|chain|jobs|http|authority|service|api|cli)/';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    below('core-is-the-bottom', '^src/core/', '^(src/(?!core/)|circuits/)'),
    below(
      'ledger-formats-on-core',
      '^src/ledger/[^/]+\\.ts$',
      '^src/(?!core/|ledger/[^/]+\\.ts$)|^circuits/',
    ),
    below(
      'statements-on-formats',
      '^(src/statements/|circuits/statements/)',
      `^src/(holder|request|groth16|prove|verify)/|${ledgerWork}|${node}`,
    ),
    below(
      'holder-below',
      '^src/holder/',
      `^src/(request|groth16|prove|verify)/|${ledgerWork}|${node}`,
    ),
    below('request-below', '^src/request/', `^src/(holder|prove|verify)/|${ledgerWork}|${node}`),
    below('groth16-below', '^src/groth16/', `^src/(holder|request|prove|verify|ledger)/|${node}`),
    below('prove-is-isomorphic', '^src/prove/', `^src/verify/|${ledgerWork}|${node}`),
    below(
      'verify-is-small',
      '^src/verify/',
      `^src/prove/|${ledgerWork}|${node}|^node_modules/snarkjs`,
    ),
    below(
      'isomorphic-without-node',
      '^(src/(core|statements|holder|request|prove|verify|sdk)/|src/ledger/[^/]+\\.ts$|circuits/)',
      '^node:',
    ),
    below(
      'ledger-work-below-chain',
      ledgerWork,
      '^src/(holder|prove|verify|keys|chain|jobs|authority|api|cli)/',
    ),
    below(
      'chain-alone',
      '^src/chain/',
      `^src/(holder|prove|jobs|authority|api|cli)/|${ledgerWork}`,
    ),
    below(
      'keys-alone',
      '^src/keys/',
      `^src/(holder|prove|verify|chain|jobs|authority|api|cli)/|${ledgerWork}`,
    ),
    below('authority-above-jobs', '^src/(?!authority/|cli/|api/)', '^src/authority/'),
    below('http-below-servers', '^src/http/', '^src/(?!http/|core/)'),
    below('service-above-jobs', '^src/(?!service/|cli/|api/)', '^src/service/'),
    below('service-knows-no-http', '^src/service/', '^src/http/|^node_modules/@?fastify'),
    below('sdk-on-prove-and-verify', '^src/sdk/', `${node}|^src/runtime/|${ledgerWork}`),
    below('sdk-is-an-edge', '^src/(?!sdk/)|^circuits/', '^src/sdk/'),
    below('nobody-imports-the-edges', '^src/(?!cli/|api/)', '^src/(cli|api)/'),
    {
      name: 'no-test-code-in-source',
      severity: 'error',
      from: { path: '^(src|circuits)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
