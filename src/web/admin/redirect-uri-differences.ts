/** What tells a received redirect URI from a registered one, in words; the comparison is of every character. */
export function redirectUriDifferences(received: string, registered: string): string[] {
  if (received === registered) return [];
  const theirs = partsOf(received);
  const ours = partsOf(registered);
  if (theirs.scheme === '') return ['it is no URI: those begin with a scheme such as https:'];
  const differences = [
    theirs.scheme !== ours.scheme && `it begins with ${theirs.scheme}: instead of ${ours.scheme}:`,
    theirs.host !== ours.host && hostDifference(theirs.host, ours.host),
    theirs.port !== ours.port && portDifference(theirs.port, ours.port),
    ...pathDifferences(theirs.path, ours.path),
    theirs.query !== ours.query && queryDifference(theirs.query, ours.query),
    theirs.fragment !== ours.fragment && 'it has a fragment, which no redirect URI may have',
  ].filter((difference) => difference !== false);
  return differences.length > 0 ? differences : ['they are written differently'];
}

/** The registered URI that is most like the received one. */
export function nearestRedirectUri(received: string, registered: readonly string[]): string | undefined {
  const score = (uri: string) =>
    redirectUriDifferences(received, uri).length + (hostOf(received) === hostOf(uri) ? 0 : 5);
  return registered.toSorted((one, other) => score(one) - score(other))[0];
}

/** The parts as they are written: what URL would tidy up (case, dots, default ports) is just what must be told. */
function partsOf(uri: string) {
  const [, scheme = '', authority = '', path = '', query, fragment] =
    /^([^:]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(uri) ?? [];
  const [, host = '', port = ''] = /^(.*?)(?::(\d*|\[\d+-\d+\]))?$/s.exec(authority) ?? [];
  return { scheme, host, port, path, query, fragment };
}

const hostOf = (uri: string): string => partsOf(uri).host.toLowerCase();

function hostDifference(theirs: string, ours: string): string {
  if (theirs.toLowerCase() === ours.toLowerCase())
    return `upper and lower case differ in the host: ${theirs} instead of ${ours}`;
  return `the host is ${theirs || 'left out'} instead of ${ours || 'left out'}`;
}

function portDifference(theirs: string, ours: string): string {
  if (theirs === '') return `it has no port, and the registered one has ${ours}`;
  if (ours === '') return `it has the port ${theirs}, and the registered one has none`;
  return `the port is ${theirs} instead of ${ours}`;
}

/** Slash and case apart are told apart; when more differs, the paths speak for themselves. */
function pathDifferences(theirs: string, ours: string): string[] {
  const bare = (path: string) => path.replace(/\/$/, '');
  const isSameWord = bare(theirs).toLowerCase() === bare(ours).toLowerCase();
  if (!isSameWord) return [`the path is ${theirs || 'empty'} instead of ${ours || 'empty'}`];
  const differences = [
    bare(theirs) !== bare(ours) && `upper and lower case differ in the path: ${theirs} instead of ${ours}`,
    theirs.endsWith('/') &&
      !ours.endsWith('/') &&
      'it has a slash at the end of the path, and the registered one has none',
    !theirs.endsWith('/') &&
      ours.endsWith('/') &&
      'it has no slash at the end of the path, and the registered one has one',
  ];
  return differences.filter((difference) => difference !== false);
}

function queryDifference(theirs: string | undefined, ours: string | undefined): string {
  if (theirs === undefined) return `it lacks the query ?${ours}`;
  if (ours === undefined) return `it has the query ?${theirs}, and the registered one has none`;
  return `the query is ?${theirs} instead of ?${ours}`;
}
