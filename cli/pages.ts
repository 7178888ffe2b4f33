import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of pages about diagnostics: beside this one in a checkout, one further up when built. */
function folder(): string | undefined {
  return ['../docs/codes', '../../docs/codes']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path))
}

/** Every code that has a page, in order. */
export function codesWithPages(): readonly string[] {
  const path = folder()
  if (path === undefined) return []
  return readdirSync(path)
    .flatMap((name) => /^(HOCL\d+)\.md$/.exec(name)?.[1] ?? [])
    .sort()
}

/** The page about a code, or undefined. */
export function pageOf(code: string): string | undefined {
  const file = pageFile(code)
  return file === undefined ? undefined : readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
}

/** The file of the page about a code, or undefined. */
export function pageFile(code: string): string | undefined {
  const path = folder()
  return path === undefined || !codesWithPages().includes(code) ? undefined : `${path}/${code}.md`
}
