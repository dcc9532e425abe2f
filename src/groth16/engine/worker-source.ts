/**
 * The program of a prover thread, as text: Node and browsers start it without a file, and no bundler
 * has to know of it. Messages in: `open` an instance on a memory, `close` it, `run` calls on it; out:
 * the results or the error of a run.
 */
export const WORKER_SOURCE = `
const kernels = new Map();
const handle = (message, answer) => {
  if (message.open) {
    const { id, module, memory, scratch } = message.open;
    const abort = () => { throw new Error('the kernel stopped'); };
    const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
    exports.setScratch(scratch);
    kernels.set(id, exports);
  } else if (message.close !== undefined) {
    kernels.delete(message.close);
  } else {
    try {
      const kernel = kernels.get(message.id);
      answer({ results: message.calls.map(([name, ...args]) => kernel[name](...args) ?? 0) });
    } catch (error) {
      answer({ error: String(error) });
    }
  }
};
if (typeof self === 'object' && typeof postMessage === 'function' && typeof require === 'undefined') {
  self.onmessage = ({ data }) => handle(data, (answer) => postMessage(answer));
} else {
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (data) => handle(data, (answer) => parentPort.postMessage(answer)));
}
`;
