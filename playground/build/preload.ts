import type { HtmlTagDescriptor, Plugin } from 'vite'

/**
 * Says in the page itself that it will need the editor: that is fetched and read beside the page's own script, which
 * would ask for it only when it runs.
 */
export const preload: Plugin = {
  name: 'preload',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_, { path, bundle = {} }) {
      if (!path.endsWith('index.html')) return []
      const editor = Object.values(bundle).find(
        (each) => each.type === 'chunk' && each.facadeModuleId?.endsWith('/editor/code-editor.ts'),
      )
      if (editor?.type !== 'chunk') throw new Error('the editor is a script of its own')
      const styles = [...(editor.viteMetadata?.importedCss ?? [])]
      return [
        ...[editor.fileName, ...editor.imports].map((file) => link('modulepreload', file)),
        ...styles.map((file) => link('preload', file, { as: 'style' })),
      ]
    },
  },
}

function link(rel: string, file: string, more: Record<string, string> = {}): HtmlTagDescriptor {
  return {
    tag: 'link',
    attrs: { rel, crossorigin: true, href: `./${file}`, ...more },
    injectTo: 'head',
  }
}
