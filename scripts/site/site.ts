import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { Marked } from 'marked'
import type { Tokens } from 'marked'
import { docPages } from '../doc-blocks.ts'
import { slugger } from '../slugs.ts'
import { root } from '../tools.ts'
import { coloured, escaped } from './colour.ts'
import { layout } from './layout.ts'
import { RUN_HERE, canRunHere, runHere } from './run-here.ts'

/*
 * The site: every page of the documentation, and whatever in the repository these lead to, as HTML in which links
 * lead to each other. It loads nothing from elsewhere.
 */

/** A page of the site before it is laid out. */
interface Page {
  /** The file or folder that it shows, from the root, with forward slashes. */
  readonly source: string
  readonly title: string
  readonly body: string
  readonly anchors: ReadonlySet<string>
  readonly contents: readonly Heading[]
  readonly links: readonly Link[]
}

/** A heading that the contents of a page list. */
export interface Heading {
  readonly text: string
  readonly anchor: string
}

/** A link of a page to something in the repository. */
interface Link {
  readonly href: string
  readonly target: string
  readonly anchor: string
}

/** The files of the site by path, and the links that lead nowhere. */
export interface Site {
  readonly files: ReadonlyMap<string, string>
  readonly dead: readonly string[]
}

/** Makes the site. Pages follow links, so that what the documentation leads to is there, too. */
export function site(): Site {
  const pages = new Map<string, Page>()
  const dead: string[] = []
  const waiting = [...docPages()]
  for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
    if (pages.has(source)) continue
    const page = pageOf(source)
    pages.set(source, page)
    for (const { href, target } of page.links)
      if (existsSync(join(root, target))) waiting.push(target)
      else dead.push(`${source}: ${href}`)
  }
  for (const { source, links } of pages.values())
    for (const { href, target, anchor } of links)
      if (anchor !== '' && pages.get(target)?.anchors.has(anchor) === false)
        dead.push(`${source}: ${href}`)
  const files = new Map(
    ['style.css', RUN_HERE].map((file) => [
      file,
      readFileSync(join(import.meta.dirname, file), 'utf8'),
    ]),
  )
  const known = [...pages.values()].map(({ source, title }) => ({ source, title }))
  for (const page of pages.values()) {
    const path = pathOf(page.source)
    files.set(
      path,
      layout({ ...page, path }, known, (to) => relativeLink(path, pathOf(to))),
    )
  }
  return { files, dead }
}

/** Where a file or folder of the repository is on the site. */
function pathOf(source: string): string {
  const within = source.replace(/^docs\/(?=.)/, '')
  if (within.endsWith('README.md')) return within.replace('README.md', 'index.html')
  if (within.endsWith('.md')) return within.replace(/\.md$/, '.html')
  return statSync(join(root, source)).isDirectory() ? `${within}/index.html` : `${within}.html`
}

function relativeLink(from: string, to: string): string {
  const relative = posix.relative(posix.dirname(from), to)
  return relative === '' ? posix.basename(to) : relative
}

function pageOf(source: string): Page {
  if (source.endsWith('.md')) return proseOf(source, readFileSync(join(root, source), 'utf8'))
  return statSync(join(root, source)).isDirectory() ? listOf(source) : programOf(source)
}

/** A folder without a page of its own lists what is in it. */
function listOf(source: string): Page {
  const files = readdirSync(join(root, source), { withFileTypes: true })
  const rows = files
    .filter((entry) => entry.isFile())
    .map(
      ({ name }) =>
        `- [${titleIn(join(root, source, name)) ?? name}](${posix.basename(source)}/${name})`,
    )
    .sort()
  const title =
    source === 'docs/decisions' ? 'Decisions' : source === 'docs/codes' ? 'Messages' : source
  return { ...proseOf(`${source}.md`, `# ${title}\n\n${rows.join('\n')}\n`), source }
}

function titleIn(file: string): string | undefined {
  return file.endsWith('.md') ? /^# (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined
}

function programOf(source: string): Page {
  const text = readFileSync(join(root, source), 'utf8')
  const html = source.endsWith('.hocl') ? coloured(text) : escaped(text)
  const body = `<h1>${escaped(source)}</h1>\n<pre><code>${html}</code></pre>\n`
  return { source, title: source, body, anchors: new Set(), contents: [], links: [] }
}

function proseOf(source: string, markdown: string): Page {
  const slug = slugger()
  const anchors = new Set<string>()
  const contents: Heading[] = []
  const links: Link[] = []
  let title = source
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading): string {
        const html = this.parser.parseInline(tokens)
        const text = plain(html)
        const anchor = slug(text)
        anchors.add(anchor)
        if (depth === 1) title = text
        else if (depth === 2) contents.push({ text, anchor })
        return `<h${String(depth)} id="${anchor}">${html}</h${String(depth)}>\n`
      },
      link({ href, tokens }: Tokens.Link): string {
        const html = this.parser.parseInline(tokens)
        const link = linkOf(source, href)
        if (link === undefined) return `<a href="${escaped(href)}">${html}</a>`
        links.push(link)
        return `<a href="${addressOf(source, link)}">${html}</a>`
      },
      code({ text, lang = '' }: Tokens.Code): string {
        const [language = '', mark] = lang.split(' ')
        const html = language === 'hocl' ? coloured(text) : escaped(text)
        const name =
          mark !== undefined && mark !== 'error' ? `<span class="file">${escaped(mark)}</span>` : ''
        const kind =
          language === 'text' && name === ''
            ? ' class="printed"'
            : mark === 'error'
              ? ' class="mistake"'
              : ''
        // What is wrong in a program is seen there, too.
        const isRunnable =
          language === 'hocl' && (mark === 'error' || (name === '' && canRunHere(text)))
        return `${name}<pre${kind}><code>${html}\n</code></pre>\n${isRunnable ? runHere : ''}`
      },
      // Wider than a phone: the table scrolls, and not the page.
      table(
        this: { parser: { parseInline: (tokens: Tokens.TableCell['tokens']) => string } },
        token: Tokens.Table,
      ): string {
        const row = (cells: readonly Tokens.TableCell[], tag: string): string =>
          `<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`
        const rows = token.rows.map((cells) => row(cells, 'td')).join('\n')
        return `<div class="table"><table><thead>${row(token.header, 'th')}</thead>\n<tbody>${rows}</tbody></table></div>\n`
      },
    },
  })
  const body = marked.parse(markdown, { async: false })
  return { source, title, body, anchors, contents, links }
}

/** Where a link leads in the repository; undefined if it leads elsewhere. */
function linkOf(source: string, href: string): Link | undefined {
  if (/^[a-z]+:/.test(href)) return undefined
  const [path = '', anchor = ''] = href.split('#')
  const to =
    path === '' ? source : posix.normalize(posix.join(posix.dirname(source), decodeURI(path)))
  const target = to.replace(/\/$/, '')
  const own = posix.join(target, 'README.md')
  return { href, target: existsSync(join(root, own)) ? own : target, anchor: decodeURI(anchor) }
}

function addressOf(source: string, { target, anchor }: Link): string {
  const hash = anchor === '' ? '' : `#${anchor}`
  if (!existsSync(join(root, target))) return hash
  // A folder is written as `docs/codes.md` while its list is made.
  const from = existsSync(join(root, source)) ? pathOf(source) : pathOf(source.replace(/\.md$/, ''))
  return escaped(relativeLink(from, pathOf(target)) + hash)
}

function plain(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
