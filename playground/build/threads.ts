import type { Plugin } from 'vite'

const SUFFIX = '?thread'

/**
 * `import url from './some-thread.ts?thread'`: the address of a worker's script. It is a part of the same
 * build as the page, so that what workers have in common is loaded once; Vite would build each by itself.
 */
export const threads = (): Plugin => {
  let isBuild = false
  let base = '/'
  return {
    name: 'threads',
    enforce: 'pre',
    configResolved(config) {
      isBuild = config.command === 'build'
      base = config.root
    },
    async resolveId(id, importer) {
      if (!id.endsWith(SUFFIX)) return undefined
      const found = await this.resolve(id.slice(0, -SUFFIX.length), importer)
      return found === null ? undefined : `\0thread:${found.id}`
    },
    load(id) {
      if (!id.startsWith('\0thread:')) return undefined
      const file = id.slice('\0thread:'.length)
      if (!isBuild) return `export default ${JSON.stringify(file.replace(base, ''))}`
      const reference = this.emitFile({ type: 'chunk', id: file })
      return `export default import.meta.ROLLUP_FILE_URL_${reference}`
    },
  }
}
