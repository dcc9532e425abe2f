import { parentPort, workerData } from 'node:worker_threads';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type ReadTask, stepReader } from './step-reader.ts';
import type { ReaderMessage, WriterMessage } from './thread-step-reader.ts';

// The worker thread of `threadStepReader`: reads the file it is given as its data.
const port = parentPort;
if (!port) throw new Error('not a worker thread');
const tell = (message: ReaderMessage) => port.postMessage(message);
const reader = stepReader(workerData as ReadTask);
let taken = () => {};

port.on('message', (message: WriterMessage) => {
  if (message.kind === 'taken') return taken();
  const { step, conflicts } = message;
  const errors = conflicts.map(({ row, code, facts }) => ({
    row,
    error: new CanbaoError(code, facts),
  }));
  reader.refusals(step, errors).then((refusals) => tell({ kind: 'refusals', refusals }));
});

let handedOver = Promise.resolve();
reader
  .read(async (step) => {
    // This step was read while the one before it was waiting to be taken.
    await handedOver;
    handedOver = new Promise((resolve) => {
      taken = resolve;
    });
    tell({ kind: 'step', step });
  })
  .then(async (digest) => {
    await handedOver;
    tell({ kind: 'end', digest });
  })
  .catch((error: unknown) => {
    if (!(error instanceof CanbaoError)) throw error;
    tell({ kind: 'fault', code: error.code, facts: error.facts });
  });
