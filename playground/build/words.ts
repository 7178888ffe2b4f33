import type { Plugin } from 'vite'
import { contextualKeywords, keywords } from '../../grammar/index.ts'

const NAME = 'virtual:words'
const RESOLVED = `\0${NAME}`

/**
 * Makes `virtual:words` of the grammar's table of tokens: the page colours words and need not load the parser for
 * that, which is in the threads that read programs.
 */
export const words: Plugin = {
  name: 'words',
  resolveId: (source) => (source === NAME ? RESOLVED : undefined),
  load(id) {
    if (id !== RESOLVED) return undefined
    return Object.entries({ keywords, contextualKeywords })
      .map(([name, list]) => `export const ${name} = ${JSON.stringify(list)}`)
      .join('\n')
  },
}
