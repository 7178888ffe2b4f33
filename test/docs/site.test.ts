import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { words } from '../../grammar/tokens.ts'
import { coloured } from '../../scripts/site/colour.ts'
import { site } from '../../scripts/site/site.ts'
import { slugger } from '../../scripts/slugs.ts'

/* The site of the documentation, as `npm run site` builds it. Links are looked at in the HTML that comes out. */

const { files, dead } = site()
const pages = [...files].filter(([path]) => path.endsWith('.html'))

test('no link in the documentation leads nowhere', () => {
  expect(dead).toEqual([])
})

test('every page of the documentation is there, and reached from the first', () => {
  const reached = new Set<string>()
  const waiting = ['index.html']
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    waiting.push(...addresses(path).map(({ to }) => to))
  }
  expect(pages.map(([path]) => path).filter((path) => !reached.has(path))).toEqual([])
  for (const path of ['tutorial.html', 'cookbook.html', 'api/hocl.html', 'codes/HOCL203.html'])
    expect(reached).toContain(path)
})

test('each address on the site has a file and an anchor', () => {
  const wrong = pages.flatMap(([path]) =>
    addresses(path)
      .filter(({ to, anchor }) => !files.has(to) || (anchor !== '' && !anchors(to).has(anchor)))
      .map(({ to, anchor }) => `${path}: ${to}#${anchor}`),
  )
  expect(wrong).toEqual([])
})

test('a page loads nothing from elsewhere', () => {
  const loading =
    /<(?:script|img|iframe|link|source|video|object)\b[^>]*\b(?:src|href|data)="(?:https?:)?\/\/|@import|url\(/
  expect(
    [...files].filter(([, text]) => loading.test(text.replaceAll(/<pre[\s\S]*?<\/pre>/g, ''))),
  ).toEqual([])
})

test('a page fits a phone, and follows the colours of the system', () => {
  for (const [, html] of pages) expect(html).toContain('width=device-width, initial-scale=1')
  const style = files.get('style.css') ?? ''
  expect(style).toContain('color-scheme: light dark')
  expect(style).toMatch(/\bpre \{[^}]*overflow-x: auto/)
})

describe('a program in colour', () => {
  test('has the classes of its tokens', () => {
    expect(coloured('let f = A')).toBe(
      '<span class="keyword">let</span> f = <span class="symbol">A</span>',
    )
    expect(coloured('"<b>" // 1')).toBe(
      '<span class="string">&quot;&lt;b&gt;&quot;</span> <span class="comment">// 1</span>',
    )
  })

  test('shows each keyword of the grammar as one', () => {
    const plain = ['as', 'divides', 'inf', 'extends', 'super', '_', 'true', 'false', 'null']
    for (const word of words.keys())
      if (!plain.includes(word)) expect(coloured(word)).toBe(`<span class="keyword">${word}</span>`)
  })

  test('keeps its text, whatever that is', () => {
    for (const text of ['< 1, 2', '"open', '/* open', 'a & b', '∅ ⟨⟩ ω1 \u{1F600}', '']) {
      const back = coloured(text).replaceAll(/<[^>]*>/g, '')
      expect(unescaped(back)).toBe(text)
    }
  })
})

test('anchors are those of GitHub', () => {
  const slug = slugger()
  expect(slug('What’s `x^n`, really?')).toBe('whats-xn-really')
  expect(slug('Rule')).toBe('rule')
  expect(slug('rule')).toBe('rule-1')
})

/** Where the links of a page lead on the site. */
function addresses(path: string): readonly { readonly to: string; readonly anchor: string }[] {
  const links = [...(files.get(path) ?? '').matchAll(/<(?:a|link)\b[^>]*\bhref="([^"]*)"/g)]
  return links
    .map(([, href = '']) => unescaped(href))
    .filter((href) => !/^[a-z]+:/.test(href))
    .map((href) => {
      const [to = '', anchor = ''] = href.split('#')
      return { to: to === '' ? path : posix.join(posix.dirname(path), to), anchor }
    })
}

const ids = new Map<string, ReadonlySet<string>>()
function anchors(path: string): ReadonlySet<string> {
  const found =
    ids.get(path) ??
    new Set([...(files.get(path) ?? '').matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id))
  ids.set(path, found)
  return found
}

function unescaped(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
