import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scan } from '../../grammar/scanner.ts'
import { laws } from '../support/laws.ts'

/** The tokens of a text, each as its type and its text. */
function scanned(text: string): string {
  return scan(text)
    .tokens.map(({ tokenType, image }) => `${tokenType.name} ${image}`)
    .join(' | ')
}

describe('words', () => {
  test.each([
    ["x x' _a $b", "Name x | Name x' | Name _a | Name $b"],
    ['X Éa ǅ', 'Symbol X | Symbol Éa | Symbol ǅ'],
    ['ω ω1 ωé aω', 'Omega ω | Omega ω1 | Omega ωé | Name aω'],
    ['é 𝐱 ex\u0301 x٣', 'Name é | Name 𝐱 | Name ex\u0301 | Name x٣'],
    ['_ _1', 'Wildcard _ | Name _1'],
    ['in inf inn In', 'In in | Inf inf | Name inn | Symbol In'],
    ['replace replaces', 'Replace replace | Name replaces'],
    ['replace-one replace-one1', 'ReplaceOne replace-one | Replace replace | Minus - | Name one1'],
    [
      'replace-oneé replace-one.',
      'Replace replace | Minus - | Name oneé | ReplaceOne replace-one | Dot .',
    ],
  ])('%s', (text, expected) => {
    expect(scanned(text)).toBe(expected)
  })
})

describe('numbers', () => {
  test.each([
    [
      '1 23 1.5 .5 1..2',
      'Number 1 | Number 23 | Number 1.5 | Number .5 | Number 1 | Dot . | Number .2',
    ],
    ['1_000 1.5e-3 0xFF 7L', 'Number 1_000 | Number 1.5e-3 | Number 0xFF | Number 7L'],
    [
      '1.x 1.5.x 1...',
      'Number 1 | Dot . | Name x | Number 1.5 | Dot . | Name x | Number 1 | Ellipsis ...',
    ],
    ["5forks 5é 5' 5.", "Number 5forks | Number 5é | Number 5' | Number 5."],
    ['1,2', 'Number 1 | Comma , | Number 2'],
  ])('%s', (text, expected) => {
    expect(scanned(text)).toBe(expected)
  })
})

describe('marks', () => {
  test.each([
    ['>= >== >===', 'GreaterEqual >= | Greater > | Equal == | Greater > | Foreign ==='],
    [
      '& && &&& | || |||',
      'Foreign & | And && | And && | Foreign & | Foreign | | Or || | Or || | Foreign |',
    ],
    [
      '= == === => != !==',
      'Assign = | Equal == | Foreign === | Foreign => | Unequal != | Foreign !==',
    ],
    ['... .. :: :::', 'Ellipsis ... | Dot . | Dot . | DoubleColon :: | DoubleColon :: | Colon :'],
    [
      '- -- -> <- ≤ ∅',
      'Minus - | Foreign -- | Foreign -> | Less < | Minus - | Foreign ≤ | Empty ∅',
    ],
    ['“a b” “a', 'Foreign “a b” | Unknown “ | Name a'],
    ['# \u0301 \ud835 😀', 'Unknown # | Unknown \u0301 | Unknown \ud835 | Unknown 😀'],
  ])('%s', (text, expected) => {
    expect(scanned(text)).toBe(expected)
  })
})

test('comments are kept beside the tokens', () => {
  const { tokens, comments } = scan('/// doc\n1 // line\r\n//// ruler\n/* block */2/**/ /* open')
  expect(tokens.map(({ image }) => image)).toEqual(['1', '2'])
  expect(comments.map(({ style, text }) => `${style} ${text}`)).toEqual([
    'doc /// doc',
    'line // line',
    'line //// ruler',
    'block /* block */',
    'block /**/',
    'block /* open',
  ])
})

/*
 * The same rules once more, as regular expressions, the first of which that matches wins. The scanner has
 * short ways for what is ASCII: they must come to the same.
 */
const rules: readonly (readonly [RegExp, string])[] = [
  [/\s+/y, 'space'],
  [/\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/y, 'comment'],
  [
    /(?:0[xX]|(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)[\p{L}\p{M}\p{Nd}_$']*(?:\.(?![\p{L}_$.\d]))?/uy,
    'number',
  ],
  [
    /"(?:\\[^\r\n]|[^"\\\r\n]|\\(?=[\r\n]|$))*"?|'(?:\\[^\r\n]|[^'\\\r\n]|\\(?=[\r\n]|$))*'?/y,
    'string',
  ],
  [/replace-one(?![\p{L}\p{M}\p{Nd}_$'])|[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*/uy, 'word'],
  [/===|!==|\+\+|--|\*\*|->|=>|&(?!&)|\|(?!\|)|[~{}≠≤≥¬∧∨→]|“[^”\r\n]*”/y, 'mark'],
  [/\.\.\.|::|\|\||&&|==|!=|<=|>=(?!=)|[.,;:?^@<>+*/%!=⟨⟩()[\]∅∞-]/y, 'mark'],
  [/[^]/uy, 'unknown'],
]

function byRules(text: string): readonly string[] {
  const found: string[] = []
  for (let at = 0; at < text.length;) {
    const [image, kind] = firstRule(text, at)
    if (kind !== 'space' && kind !== 'comment') found.push(image)
    at += image.length
  }
  return found
}

function firstRule(text: string, at: number): readonly [string, string] {
  for (const [rule, kind] of rules) {
    rule.lastIndex = at
    const image = rule.exec(text)?.[0]
    if (image !== undefined) return [image, kind]
  }
  throw new Error('some rule matches any character')
}

const pieces = fc.constantFrom(
  ...'replace|-one|let|in|x|X|_|$|ω|é|É|𝐱|ǅ|٣|0|1|0x|.|..|...|5.|1.5|e|e+|-|--|->|=>|=|==|===|!|!='.split(
    '|',
  ),
  ...[
    `'`,
    `"`,
    '\\',
    '|',
    '||',
    '&',
    '&&',
    '~',
    '{',
    '≠',
    '“',
    '”',
    '>',
    '>=',
    '<',
    '/',
    '//',
    '/*',
    '*/',
  ],
  ...[
    '*',
    '\n',
    '\r',
    ' ',
    '\u00a0',
    '\u2028',
    ':',
    '::',
    '∅',
    '∞',
    '#',
    '\u0301',
    '\ud835',
    '1_0',
    '7L',
  ],
)

test('any text is cut as the regular expressions of the language cut it', () => {
  const text = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))
  laws(
    5_000,
    fc.property(text, (given) => {
      expect(scan(given).tokens.map(({ image }) => image)).toEqual(byRules(given))
    }),
  )
})

test('every token stands where it says', () => {
  laws(
    2_000,
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const { tokens } = scan(given)
      const astray = tokens.filter((token) => !given.startsWith(token.image, token.startOffset))
      expect(astray).toEqual([])
    }),
  )
})
