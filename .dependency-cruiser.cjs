/**
 * Imports point downward only. Layers from the bottom:
 * core → ledger formats → statements, holder, request, groth16 → prove, verify
 *      → ledger/{import,store,build,sample}, keys, chain → jobs → authority, service → api, cli; sdk on
 *      prove and verify alone; ceremony on groth16, its work on keys; web beside them, on what runs in a
 *      browser.
 * Within web: a page → shared → shell → ui.
 */
const swc = require('@swc/core');
const { parseFileSync } = swc;
// The cruiser reads every file as plain TypeScript; those of components have tags in them.
swc.parseFileSync = (file, options) =>
  parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') });

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
    below(
      'ceremony-runs-in-browsers',
      '^src/ceremony/[^/]+\\.ts$',
      '^src/(?!core/|groth16/|ceremony/[^/]+\\.ts$)|^circuits/|^node:',
    ),
    below(
      'ceremony-work-on-keys',
      '^src/ceremony/work/',
      '^src/(?!core/|groth16/|keys/|ceremony/)',
    ),
    below('ceremony-is-apart', '^src/(?!ceremony/|cli/)|^circuits/', '^src/ceremony/'),
    below('authority-above-jobs', '^src/(?!authority/|cli/|api/)', '^src/authority/'),
    below('http-below-servers', '^src/http/', '^src/(?!http/|core/)'),
    below('service-above-jobs', '^src/(?!service/|cli/|api/)', '^src/service/'),
    below('service-knows-no-http', '^src/service/', '^src/http/|^node_modules/@?fastify'),
    below('sdk-on-prove-and-verify', '^src/sdk/', `${node}|^src/runtime/|${ledgerWork}`),
    below('sdk-is-an-edge', '^src/(?!sdk/)|^circuits/', '^src/sdk/'),
    below('nobody-imports-the-edges', '^src/(?!cli/|api/)', '^src/(cli|api)/'),
    below(
      'web-on-what-browsers-run',
      '^web/src/',
      `^src/(keys|jobs|http|authority|service|api|cli|runtime|ceremony/work)/|${ledgerWork}|^node:`,
    ),
    {
      name: 'web-loads-the-chain-late',
      comment: 'viem is larger than a page: only a dynamic import brings it in',
      severity: 'error',
      from: { path: '^web/src/', pathNot: '^web/src/shared/chain/' },
      to: {
        path: '^src/chain/|^node_modules/viem',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'shared-chain-is-loaded-late',
      severity: 'error',
      from: { path: '^web/src/', pathNot: '^web/src/shared/chain/' },
      to: { path: '^web/src/shared/chain/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    below('ui-knows-no-canbao', '^web/src/ui/', '^web/src/(?!ui/)|^(src|circuits)/'),
    below('shell-above-ui', '^web/src/shell/', '^web/src/(?!ui/|shell/)'),
    below('shared-above-shell', '^web/src/shared/', '^web/src/(?!ui/|shell/|shared/)'),
    {
      name: 'pages-apart',
      severity: 'error',
      from: { path: '^web/src/(start|wallet|verifier|bureau|ledger)/' },
      to: {
        path: '^web/src/(start|wallet|verifier|bureau|ledger)/',
        pathNot: '^web/src/$1/',
      },
    },
    below('web-beside', '^(src|circuits)/', '^web/'),
    {
      name: 'no-test-code-in-source',
      severity: 'error',
      from: { path: '^(src|circuits|web)/' },
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
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
