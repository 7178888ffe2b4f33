import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { contentOf } from './content.ts'

const NAME = 'virtual:learn-content'
const RESOLVED = `\0${NAME}`

/** Makes `virtual:learn-content` of the lessons and programs in this folder, so that the page has nothing to read. */
export function learnContent(): Plugin {
  return {
    name: 'learn-content',
    resolveId: (source) => (source === NAME ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return undefined
      const [tour, gallery] = [textsIn('tour', '.md'), textsIn('gallery', '.hocl')]
      for (const { file } of [...tour, ...gallery]) this.addWatchFile(file)
      const { lessons, cards } = await contentOf(byPath(tour), byPath(gallery))
      return `export const lessons = ${JSON.stringify(lessons)}\nexport const cards = ${JSON.stringify(cards)}\n`
    },
  }
}

interface TextFile {
  readonly file: string
  readonly path: string
  readonly text: string
}

function textsIn(folder: string, suffix: string): readonly TextFile[] {
  const at = join(import.meta.dirname, folder)
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(suffix))
    .map((path) => {
      const file = join(at, path)
      return { file, path: path.replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }
    })
}

function byPath(files: readonly TextFile[]): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map(({ path, text }) => [path, text]))
}
