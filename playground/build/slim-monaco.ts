import type { Plugin } from 'vite'

/** What Monaco makes for comparing texts. Its public interface refers to them, and nothing here asks for one. */
const unused =
  /[\\/]widget[\\/](?:diffEditor|multiDiffEditor)[\\/]((?:Multi)?DiffEditorWidget)\.js$/i

const parts = /[\\/]monaco-editor[\\/]esm[\\/]vs[\\/]/

/**
 * Monaco without its editors for differences, which are a tenth of it. Its features are imported for what
 * they do, though the package that imports them has no side effects otherwise.
 */
export const slimMonaco: Plugin = {
  name: 'slim-monaco',
  enforce: 'pre',
  load: {
    filter: { id: unused },
    handler(id) {
      const name = /multiDiff/i.test(id) ? 'MultiDiffEditorWidget' : 'DiffEditorWidget'
      if (!parts.test(id)) return undefined
      return `export class ${name} { constructor() { throw new Error('differences are not shown here') } }`
    },
  },
  transform: {
    filter: { id: /[\\/]playground[\\/]editor[\\/]monaco\.ts$/ },
    handler: (code) => ({ code, moduleSideEffects: true }),
  },
}
