/** An address that keeps the continuation of the sign-in that somebody came from; only the sign-in page reads it. */
export function withContinuation(address: string, continuation: string | undefined): string {
  return continuation === undefined ? address : `${address}?${new URLSearchParams({ continuation })}`;
}
