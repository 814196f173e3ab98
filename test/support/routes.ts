/** The routes that Fastify prints, as `GET /account`, each method of a path for itself; from `printRoutes({ commonPrefix: false })`. */
export function printedRoutes(tree: string): string[] {
  const labels: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^([│ ]*)[└├]── (\S+)(?: \(([A-Z, -]+)\))?/.exec(line);
    if (!found) return [];
    const [, indentation = '', label = '', methods = ''] = found;
    labels.splice(indentation.length / 4);
    labels.push(label);
    return methods
      .split(', ')
      .filter((method) => /^[A-Z]+$/.test(method))
      .map((method) => `${method} ${labels.join('')}`);
  });
}
