import { monaco } from './monaco.ts'

interface Colours {
  readonly keyword: string
  readonly symbol: string
  readonly rest: string
  readonly type: string
  readonly number: string
  readonly string: string
  readonly comment: string
  readonly membrane: string
  readonly name: string
  readonly background: string
  readonly gutter: string
}

const light: Colours = {
  ...{ keyword: '7a3ea8', symbol: '0f5f8a', rest: 'a34700', type: '0b6b5f', number: '9a5b00' },
  ...{ string: '3f6b1f', comment: '667080', membrane: '0f766e', name: '1d2430' },
  ...{ background: 'ffffff', gutter: '7b8594' },
}

const dark: Colours = {
  ...{ keyword: 'c9a1f0', symbol: '7cc4f0', rest: 'f0a36b', type: '6fd6c6', number: 'e8b45f' },
  ...{ string: 'a8cf7f', comment: '8a95a6', membrane: '5eead4', name: 'e4e8ee' },
  ...{ background: '1a1e25', gutter: '7f8a9a' },
}

function define(name: string, base: 'vs' | 'vs-dark', colours: Colours): void {
  const rule = (
    token: string,
    foreground: string,
    fontStyle = '',
  ): monaco.editor.ITokenThemeRule => ({
    ...{ token, foreground },
    ...(fontStyle !== '' && { fontStyle }),
  })
  monaco.editor.defineTheme(name, {
    base,
    inherit: true,
    rules: [
      rule('keyword', colours.keyword),
      rule('symbol', colours.symbol),
      rule('variable.rest', colours.rest),
      rule('type', colours.type),
      rule('number', colours.number),
      rule('string', colours.string),
      rule('comment', colours.comment, 'italic'),
      rule('comment.doc', colours.comment),
      rule('membrane', colours.membrane, 'bold'),
      rule('name', colours.name),
      rule('operator', colours.name),
      rule('delimiter', colours.comment),
      // What the language service knows beyond words.
      ...['function', 'method'].map((token) => rule(token, colours.type)),
      rule('variable', colours.name),
      rule('parameter', colours.name),
      rule('enumMember', colours.symbol),
      rule('namespace', colours.type),
    ],
    colors: {
      'editor.background': `#${colours.background}`,
      'editorLineNumber.foreground': `#${colours.gutter}`,
      'editorLineNumber.activeForeground': `#${colours.name}`,
      'editor.lineHighlightBorder': '#00000000',
      'editor.lineHighlightBackground': base === 'vs' ? '#f2f5f7' : '#20252e',
    },
  })
}

const queries = {
  forced: '(forced-colors: active)',
  contrast: '(prefers-contrast: more)',
  dark: '(prefers-color-scheme: dark)',
}

function chosen(): string {
  const isDark = matchMedia(queries.dark).matches
  const isHigh = matchMedia(queries.forced).matches || matchMedia(queries.contrast).matches
  if (isHigh) return isDark ? 'hc-black' : 'hc-light'
  return isDark ? 'hocl-dark' : 'hocl-light'
}

/** Colours as the system has them, also when they change. */
export function followSystem(): void {
  define('hocl-light', 'vs', light)
  define('hocl-dark', 'vs-dark', dark)
  const follow = (): void => {
    monaco.editor.setTheme(chosen())
  }
  for (const query of Object.values(queries)) matchMedia(query).addEventListener('change', follow)
  follow()
}
