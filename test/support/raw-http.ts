import { once } from 'node:events';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection on which bytes are sent as they are, well formed or not. */
export interface RawConnection {
  send(bytes: string | Buffer): void;
  /** Says that nothing more comes, while answers may still come back. */
  end(): void;
  /** Cuts the connection without a word. */
  reset(): void;
  received(): string;
  /** Everything that came back once the other side has closed. */
  readonly closed: Promise<string>;
  /** Resolves with what came back as soon as it looks like this, or when the other side has closed. */
  until(pattern: RegExp): Promise<string>;
}

/** Connects to a port of this machine until the test ends. */
export async function connectTo(port: number): Promise<RawConnection> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  await once(socket, 'connect');
  onTestFinished(() => {
    socket.destroy();
  });
  let text = '';
  const { promise: closed, resolve } = Promise.withResolvers<string>();
  const done = () => {
    socket.destroy();
    resolve(text);
  };
  socket.setEncoding('latin1').on('data', (more) => {
    text += more;
  });
  // The other side may close while we still send what it does not want to read.
  socket.on('error', done).on('end', done).on('close', done);
  return {
    send: (bytes) => socket.write(bytes),
    end: () => socket.end(),
    reset: () => socket.resetAndDestroy(),
    received: () => text,
    closed,
    until(pattern) {
      const { promise, resolve: found } = Promise.withResolvers<string>();
      const look = () => {
        if (pattern.test(text)) found(text);
      };
      socket.on('data', look);
      look();
      return Promise.race([promise, closed]);
    },
  };
}

/** Sends bytes on a connection of their own, and resolves with all that came back once the other side has closed. */
export async function exchange(port: number, bytes: string | Buffer): Promise<string> {
  const connection = await connectTo(port);
  connection.send(bytes);
  return connection.closed;
}

/** The status codes of the answers in what came back. */
export function statusesIn(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
