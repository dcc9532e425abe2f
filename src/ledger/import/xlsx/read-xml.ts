import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { badXlsx } from './bad-xlsx.ts';

export type XmlAttributes = Readonly<Record<string, string | undefined>>;

export interface XmlHandlers {
  /** Names come without their prefix, which a writer is free to choose. */
  onOpen?(name: string, attributes: XmlAttributes): void;
  onClose?(name: string): void;
  onText?(text: string): void;
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/**
 * Streams one XML part through handlers, and pauses after each piece for what they gathered to be
 * taken. Entities that a document declares itself are not known, so none can grow.
 * @returns bytes read so far, after each piece
 * @throws ledger.bad_xlsx, and what handlers throw
 */
export async function* readXml(
  file: string,
  stream: Readable,
  { onOpen, onClose, onText }: XmlHandlers,
): AsyncGenerator<number> {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw badXlsx(file, 'its XML is not well-formed', error);
  });
  if (onOpen) {
    parser.on('opentag', ({ name, attributes }) => onOpen(localName(name), attributes));
  }
  if (onClose) parser.on('closetag', ({ name }) => onClose(localName(name)));
  if (onText) {
    parser.on('text', onText);
    parser.on('cdata', onText);
  }
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      parser.write(decoder.decode(chunk, { stream: true }));
      yield bytes;
    }
    parser.write(decoder.decode());
    parser.close();
    yield bytes;
  } catch (error) {
    throw error instanceof CanbaoError ? error : badXlsx(file, 'damaged', error);
  } finally {
    stream.destroy();
  }
}
