import { marked } from 'marked'
import type { Token } from 'marked'

/*
 * Markdown as data: nothing in it is ever HTML. What looks like a tag is text, a picture is its description, and a link
 * that leads nowhere known is its words.
 */

/** What stands in a line. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly to: Target; readonly content: readonly Inline[] }

/** Where a link leads: a lesson or a gallery program by its name, or a page elsewhere. */
export type Target = { readonly kind: 'lesson' | 'gallery' | 'page'; readonly at: string }

/** What stands below one another. */
export type Block =
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'heading'; readonly depth: number; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  /** `about` is what stands behind the three marks: a language, and what else there is. */
  | { readonly kind: 'code'; readonly about: string; readonly text: string }

/** The blocks of a text. Lists in lists, tables and quotations come out as their words. */
export function readMarkdown(text: string): readonly Block[] {
  return marked.lexer(text).flatMap(blockOf)
}

/** The words of a line, without what they look like. */
export function wordsOf(content: readonly Inline[]): string {
  return content.map((each) => ('text' in each ? each.text : wordsOf(each.content))).join('')
}

function blockOf(token: Token): readonly Block[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return []
    case 'heading':
      return [
        { kind: 'heading', depth: Number(token['depth']), text: wordsOf(inlines(token.tokens)) },
      ]
    case 'code': {
      const { text, lang } = token as { text: string; lang?: string }
      return [{ kind: 'code', about: lang ?? '', text }]
    }
    case 'list': {
      const { items } = token as unknown as { items: readonly Token[] }
      return [{ kind: 'list', items: items.map(itemOf) }]
    }
    case 'paragraph':
      return [{ kind: 'paragraph', content: inlines(token.tokens) }]
    default:
      return [{ kind: 'paragraph', content: [{ kind: 'text', text: token.raw.trim() }] }]
  }
}

function itemOf(token: Token): readonly Inline[] {
  const { tokens = [] } = token as { tokens?: readonly Token[] }
  return tokens.flatMap((each) => ('tokens' in each ? inlines(each.tokens) : [words(each)]))
}

function inlines(tokens: readonly Token[] | undefined): readonly Inline[] {
  return (tokens ?? []).flatMap(inlineOf)
}

function inlineOf(token: Token): readonly Inline[] {
  switch (token.type) {
    case 'codespan':
      return [{ kind: 'code', text: String(token['text']) }]
    case 'strong':
      return [{ kind: 'strong', content: inlines(token.tokens) }]
    case 'em':
      return [{ kind: 'emphasis', content: inlines(token.tokens) }]
    case 'link': {
      const to = targetOf(String(token['href']))
      const content = inlines(token.tokens)
      return to === undefined ? content : [{ kind: 'link', to, content }]
    }
    case 'escape':
    case 'image':
      return [{ kind: 'text', text: String(token['text']) }]
    case 'br':
      return [{ kind: 'text', text: ' ' }]
    default:
      return [words(token)]
  }
}

/** A line break in a text is a space, as in HTML. */
function words(token: Token): Inline {
  return { kind: 'text', text: token.raw.replaceAll('\n', ' ') }
}

function targetOf(href: string): Target | undefined {
  const [, scheme, at] = /^(lesson|gallery):([a-z0-9/-]+)$/.exec(href) ?? []
  if (at !== undefined) return { kind: scheme === 'lesson' ? 'lesson' : 'gallery', at }
  return href.startsWith('https://') ? { kind: 'page', at: href } : undefined
}
