import { escaped } from './colour.ts'
import type { Heading } from './site.ts'
import { RUN_HERE } from './run-here.ts'

/** What a page shows, and where it is. */
interface Shown {
  readonly source: string
  readonly path: string
  readonly title: string
  readonly body: string
  readonly contents: readonly Heading[]
}

interface Known {
  readonly source: string
  readonly title: string
}

/** The parts of the navigation. A page that none of them names is in the last one. */
const parts: readonly (readonly [string, readonly string[]])[] = [
  ['Start', ['README.md', 'docs/tutorial.md', 'docs/cookbook.md']],
  [
    'The language',
    ['docs/language.md', 'docs/stdlib.md', 'docs/semantics.md', 'docs/performance.md'],
  ],
  ['Use', ['docs/cli.md', 'docs/embedding.md', 'docs/api/README.md', 'docs/codes']],
  ['More', []],
  ['Inside', ['docs/architecture.md', 'docs/decisions', 'CHANGELOG.md', 'CONTRIBUTING.md']],
]
const elsewhere = 'More'

/** A whole page. `address` says how a page is reached from this one. */
export function layout(
  page: Shown,
  known: readonly Known[],
  address: (source: string) => string,
): string {
  const top = '../'.repeat(page.path.split('/').length - 1)
  const script = page.body.includes('class="run-here"')
    ? `<script type="module" src="${top}${RUN_HERE}"></script>\n`
    : ''
  const name = page.source === 'README.md' ? 'HOCL' : `${escaped(page.title)} · HOCL`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${top}style.css">
${script}</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<details class="menu"><summary>Menu</summary>
${navigation(page, known, address)}
</details>
<nav class="side" aria-label="Pages">
${navigation(page, known, address)}
</nav>
<main id="content">
${page.body}${listed(page.contents)}</main>
</body>
</html>
`
}

function navigation(
  page: Shown,
  known: readonly Known[],
  address: (source: string) => string,
): string {
  const named = new Set(parts.flatMap(([, sources]) => sources))
  const others = known
    .map(({ source }) => source)
    .filter((source) => /^docs\/[\w-]+\.md$/.test(source) && !named.has(source))
  return parts
    .map(([title, sources]) => {
      const shown = (title === elsewhere ? others : sources).flatMap((source) => {
        const found = known.find((each) => each.source === source)
        if (found === undefined) return []
        const current = source === page.source ? ' aria-current="page"' : ''
        return [`<li><a href="${address(source)}"${current}>${escaped(found.title)}</a></li>`]
      })
      return shown.length === 0 ? '' : `<p>${title}</p>\n<ul>\n${shown.join('\n')}\n</ul>`
    })
    .join('\n')
}

function listed(contents: readonly Heading[]): string {
  if (contents.length < 3) return ''
  const items = contents.map(
    ({ text, anchor }) => `<li><a href="#${anchor}">${escaped(text)}</a></li>`,
  )
  return `<aside aria-label="On this page"><p>On this page</p>\n<ul>\n${items.join('\n')}\n</ul></aside>\n`
}
