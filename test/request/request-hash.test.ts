import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { packWord } from '../../src/core/packed-word.ts';
import type { PresentationRequest } from '../../src/request/presentation-request.ts';
import {
  requestHash,
  requestSignals,
  scopeOf,
  statementId,
} from '../../src/request/request-hash.ts';
import { coverageStatement, sampleParams, sampleRequest } from '../support/request.ts';

const statement = coverageStatement();
const text = (value: string) => keccak_256(utf8ToBytes(value));
const word = (value: bigint) => hexToBytes(value.toString(16).padStart(64, '0'));
const number = (bytes: Uint8Array) => BigInt(`0x${bytesToHex(bytes)}`);

/** EIP-712 written out, without viem. */
function digest({ domain, audience, purpose, nonce, expiresAt }: PresentationRequest): bigint {
  const separator = keccak_256(
    concatBytes(
      text('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'),
      text('Canbao'),
      text('1'),
      word(BigInt(domain.chainId)),
      word(BigInt(domain.verifyingContract)),
    ),
  );
  const struct = keccak_256(
    concatBytes(
      text(
        'PresentationRequest(bytes32 statement,uint256 params,uint256 scope,string audience,string purpose,bytes32 nonce,uint64 expiresAt)',
      ),
      text('coverage@1'),
      word(packWord(statement.params, sampleParams)),
      word(number(text(`canbao/scope/v1:${audience}:${purpose}`)) >> 3n),
      text(audience),
      text(purpose),
      hexToBytes(nonce.slice(2)),
      word(BigInt(expiresAt)),
    ),
  );
  return number(keccak_256(concatBytes(new Uint8Array([0x19, 0x01]), separator, struct)));
}

test('the hash is the EIP-712 digest, three bits cut', () => {
  const request = sampleRequest();
  expect(requestHash(request, statement)).toBe(digest(request) >> 3n);
  expect(statementId('coverage@1')).toBe(`0x${bytesToHex(text('coverage@1'))}`);
});

test('its values stay as published', () => {
  const { scope, requestHash: hash, params } = requestSignals(sampleRequest(), statement);
  expect({ scope, hash, params }).toMatchInlineSnapshot(`
    {
      "hash": 841171478995862932227819550906326770637055865743901150143156045419205766353n,
      "params": 201876558472530180308992n,
      "scope": 14136802611113352407309940638054623696568843445395905201729371461469806389286n,
    }
  `);
});

test('every part of a request changes the hash', () => {
  const request = sampleRequest();
  const { domain } = request;
  const changes: Partial<PresentationRequest>[] = [
    { domain: { ...domain, chainId: 1 } },
    { domain: { ...domain, verifyingContract: `0x${'2b'.repeat(20)}` } },
    { params: { ...sampleParams, minMonths: 13n } },
    { params: { ...sampleParams, identityBefore: 1n } },
    { audience: 'https://other.example.org' },
    { purpose: '租房补贴 2027' },
    { nonce: `0x${'0c'.repeat(32)}` },
    { expiresAt: request.expiresAt + 1 },
  ];
  const hashes = [{}, ...changes].map((change) =>
    requestHash({ ...request, ...change }, statement),
  );
  expect(new Set(hashes).size).toBe(changes.length + 1);
});

test('another audience or purpose is another scope', () => {
  const scope = scopeOf('https://a.example', 'b');
  expect(scopeOf('https://a.example', 'c')).not.toBe(scope);
  expect(scopeOf('https://b.example', 'b')).not.toBe(scope);
});
