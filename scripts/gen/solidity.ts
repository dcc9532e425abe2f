import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { layoutBits } from '../../src/core/packed-word.ts';
import type { Statement } from '../../src/statements/define-statement.ts';
import { generatedHeader } from './names.ts';

/** `coverage@1` → `COVERAGE_1`. */
function constantName(statement: Statement): string {
  return statement.name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/** The statements' ids, and the shift and width of each param, for contracts that ask for them. */
export function generateSolidity(statements: readonly Statement[]): Map<string, string> {
  const blocks = statements.map((statement) => {
    const id = bytesToHex(keccak_256(utf8ToBytes(statement.name)));
    const prefix = constantName(statement);
    let shift = 0;
    const fields = Object.entries(statement.params).map(([field, width]) => {
      const name = `${prefix}_${field.replace(/([A-Z])/g, '_$1').toUpperCase()}`;
      const line = `    uint256 internal constant ${name}_SHIFT = ${shift};\n    uint256 internal constant ${name}_BITS = ${width};`;
      shift += width;
      return line;
    });
    return `    /// @notice keccak256("${statement.name}"), ${layoutBits(statement.params)} bits of params.
    bytes32 internal constant ${prefix} = 0x${id};
${fields.join('\n')}`;
  });
  const content = `// SPDX-License-Identifier: Apache-2.0
${generatedHeader('//')}pragma solidity ^0.8.24;

/// @title Statement ids and the layout of their params, least significant field first
library Statements {
${blocks.join('\n\n')}
}
`;
  return new Map([['contracts/generated/Statements.sol', content]]);
}
