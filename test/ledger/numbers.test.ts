import { describe, expect, it } from 'vitest';
import { parseIdNumber } from '../../src/ledger/id-number.ts';
import { personHash, toPepper } from '../../src/ledger/person-hash.ts';
import { ids, pepper } from './stores.ts';

describe('ID numbers (GB 11643)', () => {
  it.each(ids)('takes the standard’s example %s', (id) => {
    expect(parseIdNumber(id)).toBe(id);
  });

  it('takes what people type: spaces, a small x, full-width digits', () => {
    expect(parseIdNumber(' 110105 19491231 002x ')).toBe(ids[0]);
    expect(parseIdNumber('１１０１０５１９４９１２３１００２Ｘ')).toBe(ids[0]);
  });

  it('refuses every single wrong digit', () => {
    const id = ids[1];
    for (let i = 0; i < 18; i++) {
      for (const digit of '0123456789') {
        if (digit === id[i]) continue;
        const wrong = id.slice(0, i) + digit + id.slice(i + 1);
        expect(() => parseIdNumber(wrong), wrong).toThrow();
      }
    }
  });

  it.each([
    ['', 'ledger.bad_id_number'],
    ['11010519491231002', 'ledger.bad_id_number'],
    ['110105194912310021', 'ledger.bad_id_check'],
    ['110105194902300021', 'ledger.bad_id_date'],
  ])('refuses %s with %s and does not repeat it', (id, code) => {
    const error = catchError(() => parseIdNumber(id));
    expect(error).toMatchObject({ code });
    if (id)
      expect(JSON.stringify([String(error), (error as { facts: unknown }).facts])).not.toContain(
        id,
      );
  });
});

describe('person hashes', () => {
  it('depend on the pepper', () => {
    const id = parseIdNumber(ids[0]);
    expect(personHash(pepper, id)).toHaveLength(32);
    expect(personHash(pepper, id)).not.toEqual(personHash(toPepper(new Uint8Array(32)), id));
  });

  it('refuse a pepper of another length', () => {
    expect(catchError(() => toPepper(new Uint8Array(31)))).toMatchObject({
      code: 'ledger.bad_pepper',
    });
  });
});

function catchError(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
