import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Marked } from 'marked'
import type { Plugin } from 'vite'

const folder = join(import.meta.dirname, '../../docs/codes')

/** The pages about the codes of messages, beside the page that links to them. */
export const codePages: Plugin = {
  name: 'code-pages',
  generateBundle() {
    for (const code of codes())
      this.emitFile({ type: 'asset', fileName: `codes/${code}.html`, source: pageOf(code) })
  },
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      const code = /^\/codes\/(HOCL\d+)\.html$/.exec(request.url ?? '')?.[1]
      if (code === undefined || !codes().includes(code)) {
        next()
        return
      }
      response.setHeader('Content-Type', 'text/html')
      response.end(pageOf(code))
    })
  },
}

function codes(): readonly string[] {
  return readdirSync(folder).flatMap((name) => /^(HOCL\d+)\.md$/.exec(name)?.[1] ?? [])
}

function pageOf(code: string): string {
  const markdown = readFileSync(join(folder, `${code}.md`), 'utf8')
  const body = new Marked().parse(markdown.replaceAll(/\]\((HOCL\d+)\.md/g, ']($1.html'), {
    async: false,
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${code} · HOCL</title>
<link rel="icon" href="../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="./page.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}
