import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** A call that an application received. */
export interface ReceivedCall {
  readonly method: string;
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
}

/** An application on this machine, for as long as a test runs. */
export interface RelyingParty {
  readonly origin: string;
  readonly port: number;
  readonly calls: readonly ReceivedCall[];
  /** The logout tokens of the calls so far. */
  readonly logoutTokens: string[];
}

type Answer = (response: ServerResponse, call: ReceivedCall) => void;

/** Starts an application that answers every call with 200 unless `answer` says otherwise. */
export async function startRelyingParty(answer: Answer = (response) => response.end()): Promise<RelyingParty> {
  const calls: ReceivedCall[] = [];
  const server = createServer((request, response) => {
    void receive(request).then((call) => {
      calls.push(call);
      answer(response, call);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the application has no address');
  const { port } = address;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    calls,
    get logoutTokens() {
      return calls.flatMap(({ body }) => new URLSearchParams(body).get('logout_token') ?? []);
    },
  };
}

async function receive(request: IncomingMessage): Promise<ReceivedCall> {
  const { method = '', url = '', headers } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return { method, url, contentType: headers['content-type'] ?? '', body: Buffer.concat(chunks).toString('utf8') };
}
