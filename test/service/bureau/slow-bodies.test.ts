import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { longHeader, longMapping, longRow } from '../../ledger/stores.ts';
import { openTestService, type TestService } from '../service.ts';
import { as } from './operators.ts';

let canbao: TestService;
let port: number;
beforeAll(async () => {
  canbao = await openTestService({ empty: true, config: { requestSeconds: 1 } });
  port = Number(new URL(await canbao.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => canbao[Symbol.asyncDispose]());

const form = [
  '--b\r\ncontent-disposition: form-data; name="mapping"\r\n\r\n',
  JSON.stringify(longMapping()),
  '\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
  `${longHeader}\n${longRow()}\r\n--b--\r\n`,
].join('');

/** Sends half of a body and, unless the server ends it before, the rest much later. @returns what it answers */
async function sendSlowly(url: string, authorization: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  socket.on('error', () => {});
  const ended = once(socket, 'close');
  socket.write(
    `POST ${url} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\nconnection: close\r\n` +
      `content-type: multipart/form-data; boundary=b\r\ncontent-length: ${form.length}\r\n\r\n`,
  );
  socket.write(form.slice(0, 200));
  await Promise.race([ended, setTimeout(2500)]);
  if (!socket.destroyed) socket.write(form.slice(200));
  await ended;
  return answer;
}

test("an operator's file may take its time, and nobody else's body may", async () => {
  const { authorization } = await as(canbao, 'importer');
  expect(await sendSlowly('/v1/bureau/imports', authorization)).toMatch(/^HTTP\/1.1 202 /);
  const wrongRole = await as(canbao, 'clerk');
  expect(await sendSlowly('/v1/bureau/imports', wrongRole.authorization)).toMatch(
    /^HTTP\/1.1 403 /,
  );
});

test('who does not send a request to its end is cut off', async () => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  socket.write(
    'POST /v1/presentations/verify HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n' +
      'content-length: 100\r\n\r\n{"pres',
  );
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
});
