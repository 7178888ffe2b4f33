/*
 * Addresses of texts. An editor gives them as URIs; a page may use plain names such as `main.hocl`.
 */

const standard = 'hocl:stdlib/'

/** The address of a standard module, for an editor to show its text: `hocl:stdlib/sets.hocl`. */
export function standardUri(path: string): string {
  return `${standard}${path.replace(/^hocl\./, '')}.hocl`
}

/** The standard module of an address, `hocl.sets`; undefined for any other text. */
export function standardPath(uri: string): string | undefined {
  if (!uri.startsWith(standard)) return undefined
  return `hocl.${uri.slice(standard.length).replace(/\.hocl$/, '')}`
}

/** The address of a file that a text imports: beside it, unless the path is absolute. */
export function resolvedUri(path: string, from: string): string {
  const [, scheme = ''] = /^([a-z][a-z\d+.-]+:(?:\/\/[^/]*)?)/i.exec(from) ?? []
  const words = path.split(/[/\\]/).map((word) => (scheme === '' ? word : encodeURIComponent(word)))
  const isAbsolute = words[0] === ''
  const folder = isAbsolute ? [] : from.slice(scheme.length).split('/').slice(0, -1)
  const kept: string[] = []
  for (const word of [...folder, ...words]) {
    if (word === '.') continue
    if (word === '..' && kept.length > 0 && kept.at(-1) !== '..' && kept.at(-1) !== '') kept.pop()
    else kept.push(word)
  }
  return scheme + kept.join('/')
}
