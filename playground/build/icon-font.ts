import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, renameSync, writeFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

/*
 * Monaco's icons are a font of some 600, of which its own texts name a sixth. The page gets a font of those.
 */

const folders = ['base', 'editor', 'platform']
const face = /src:\s*url\(\.\/codicon\.ttf\)\s*format\("truetype"\)/

/** What the two modules that list Monaco's icons give. */
interface Codicons {
  /** By the names that programs write. */
  readonly Codicon: Readonly<Record<string, { readonly id: string } | undefined>>
}
interface CodiconCharacters {
  getCodiconFontCharacters(): Readonly<Record<string, number | undefined>>
}

/** Writes the font where Vite keeps what it makes, and lets the style sheet refer to it. */
export const iconFont = (): Plugin => {
  let kept = ''
  return {
    name: 'icon-font',
    enforce: 'pre',
    apply: 'build',
    configResolved(config) {
      kept = config.cacheDir
    },
    transform: {
      filter: { id: /[\\/]codicon\.css$/ },
      async handler(code, id) {
        if (!face.test(code)) this.error('the font of icons is not where it was')
        const font = await fontOf(dirname(id))
        const hash = createHash('sha256').update(font).digest('hex').slice(0, 16)
        const file = join(kept, `icons-${hash}`, 'codicon.woff2')
        mkdirSync(dirname(file), { recursive: true })
        // Two builds may write it at a time.
        const written = `${file}.${String(process.pid)}`
        writeFileSync(written, font)
        renameSync(written, file)
        return code.replace(face, `src: url(${JSON.stringify(file)}) format("woff2")`)
      },
    },
  }
}

async function fontOf(folder: string): Promise<Buffer> {
  const monaco = join(folder, '../../../../..')
  const whole = readFileSync(join(folder, 'codicon.ttf'))
  const characters = await charactersOf(monaco, namesIn(monaco))
  return subsetFont(whole, String.fromCodePoint(...characters), { targetFormat: 'woff2' })
}

/** The icons that Monaco's texts name: in code, as classes of its styles, and in words for readers. */
function namesIn(monaco: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const folder of folders)
    for (const file of readdirSync(join(monaco, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:js|css)$/.test(file)) continue
      const text = readFileSync(join(monaco, folder, file), 'utf8')
      for (const [, ...found] of text.matchAll(
        /\bCodicon\.(\w+)|\bcodicon-([a-z][a-z\d-]*)|\$\(([a-z][a-z\d-]*)\)/g,
      ))
        for (const name of found) if (name) names.add(name)
    }
  return names
}

async function charactersOf(monaco: string, names: Iterable<string>): Promise<readonly number[]> {
  const [{ Codicon }, listed] = (await Promise.all(
    ['codicons', 'codiconsUtil'].map(
      (module) => import(pathToFileURL(join(monaco, `base/common/${module}.js`)).href),
    ),
  )) as [Codicons, CodiconCharacters]
  const known = listed.getCodiconFontCharacters()
  return [...names].flatMap((name) => known[Codicon[name]?.id ?? name] ?? [])
}
