import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { publicLookup, webhookUrl } from './address.ts';

export interface OutgoingPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether private addresses are refused. */
  readonly production: boolean;
  readonly signal: AbortSignal;
}

/**
 * Posts JSON to a server somebody else named. Follows no redirect and reads no answer but its status.
 * @throws webhook.bad_url, webhook.private_address, and what the connection fails with
 */
export async function postJson(post: OutgoingPost): Promise<number> {
  const { production, body, signal } = post;
  const url = webhookUrl(post.url, { production });
  const request = url.protocol === 'https:' ? overHttps : overHttp;
  const headers = {
    ...post.headers,
    'content-type': 'application/json',
    'content-length': `${Buffer.byteLength(body)}`,
    'user-agent': 'canbao',
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers,
        signal,
        agent: false, // a connection of an earlier lookup is not used again
        ...(production && { lookup: publicLookup }),
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.destroy();
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
