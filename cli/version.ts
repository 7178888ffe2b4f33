import { existsSync, readFileSync } from 'node:fs'

/** The version of the package, from its package.json: beside this folder in a checkout, one further up when built. */
export function version(): string {
  for (const path of ['../package.json', '../../package.json']) {
    const url = new URL(path, import.meta.url)
    if (!existsSync(url)) continue
    const { version } = JSON.parse(readFileSync(url, 'utf8')) as { readonly version?: string }
    if (version !== undefined) return version
  }
  return 'unknown'
}
