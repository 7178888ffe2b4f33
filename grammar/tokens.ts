import { createToken, Lexer, type ITokenConfig, type TokenType } from 'chevrotain'

/*
 * The token table: every word and mark of the language, in the order in which the lexer tries them.
 * The parser, the highlighters and the wording of diagnostics all read it.
 *
 * Chevrotain drops the `u` flag of a regular expression, and a long string or comment overflows the
 * stack of a regular expression that has a choice in a loop. So words, numbers, strings and block
 * comments are matched by functions, each with a hint of the characters that it may start with: with
 * hints for all of them the lexer chooses by the first character.
 */

const digits = [...'0123456789']
const lowerAscii = [...'abcdefghijklmnopqrstuvwxyz_$']
const upperAscii = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
// Chevrotain sorts the characters above 255 into buckets of 255: one member stands for its bucket.
const beyondAscii = [
  ...Array.from({ length: 128 }, (_, code) => code + 128),
  ...Array.from({ length: 257 }, (_, bucket) => Math.min(256 + bucket * 255, 0xffff)),
]

type Match = [string] | null

const plainWord = /[A-Za-z_$][\w$']*/y
const anyWord = /[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*/uy
const clinging = /[\p{L}\p{M}\p{Nd}_$']/u
const upperFirst = /^[\p{Lu}\p{Lt}]/u

// Each word is tried against all keywords that start with its letter, so the last one is kept.
let lastText = ''
let lastOffset = -1
let lastWord = ''

function wordAt(text: string, offset: number): string {
  if (offset !== lastOffset || text !== lastText) {
    lastText = text
    lastOffset = offset
    plainWord.lastIndex = offset
    const plain = plainWord.exec(text)?.[0] ?? ''
    // A letter beyond ASCII in or after the word: read it again with Unicode's categories.
    const isPlain = plain !== '' && !(text.charCodeAt(offset + plain.length) > 127)
    anyWord.lastIndex = offset
    lastWord = isPlain ? plain : (anyWord.exec(text)?.[0] ?? '')
  }
  return lastWord
}

function wordThat(test: (word: string) => boolean): { exec(text: string, offset: number): Match } {
  return {
    exec(text, offset) {
      const word = wordAt(text, offset)
      return word !== '' && test(word) ? [word] : null
    },
  }
}

/** Categories match several tokens and none by themselves. */
function category(name: string, label: string): TokenType {
  return createToken({ name, pattern: Lexer.NA, label })
}

const Word = category('Word', 'a word')
const Keyword = category('Keyword', 'a keyword')
const Operator = category('Operator', 'an operator')
const Literal = category('Literal', 'a literal')
const RuleStart = category('RuleStart', 'a rule')

const Name = createToken({
  name: 'Name',
  pattern: wordThat((word) => !upperFirst.test(word)),
  start_chars_hint: [...lowerAscii, ...beyondAscii],
  categories: [Word],
  label: 'a name',
  line_breaks: false,
})

function wholeWord(name: string, text: string, categories: TokenType[]): TokenType {
  return createToken({
    name,
    pattern: wordThat((word) => word === text),
    start_chars_hint: [text.charAt(0)],
    categories,
    label: `\`${text}\``,
    line_breaks: false,
  })
}

function keyword(name: string, text: string, more: TokenType[] = []): TokenType {
  return wholeWord(name, text, [Word, Keyword, ...more])
}

/** A name, except in the one place where it is a keyword. */
function contextual(name: string, text: string, more: TokenType[] = []): TokenType {
  return wholeWord(name, text, [Name, ...more])
}

function mark(name: string, text: string, more: Partial<ITokenConfig> = {}): TokenType {
  return createToken({ name, pattern: text, label: `\`${text}\``, ...more })
}

function operator(name: string, text: string): TokenType {
  return mark(name, text, { categories: [Operator] })
}

// Whatever starts like a number is one token, with all letters that cling to it: `literals.ts` tells
// good from bad, so that `5forks` is one mistake and not two molecules.
const numberLike = new RegExp(
  String.raw`(?:0[xX]|(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)` +
    String.raw`[\p{L}\p{M}\p{Nd}_$']*(?:\.(?![\p{L}_$.\d]))?`,
  'uy',
)

function matchNumber(text: string, offset: number): Match {
  numberLike.lastIndex = offset
  const found = numberLike.exec(text)
  return found === null ? null : [found[0]]
}

/** A string up to its quote, or without one up to the end of its line. */
function matchString(quote: string, text: string, offset: number): Match {
  if (text.charAt(offset) !== quote) return null
  let end = offset + 1
  while (end < text.length) {
    const code = text.charCodeAt(end)
    if (text.charAt(end) === quote) return [text.slice(offset, end + 1)]
    if (isLineBreak(code)) break
    const isEscape = code === 0x5c && !isLineBreak(text.charCodeAt(end + 1))
    end += isEscape ? 2 : 1
  }
  return [text.slice(offset, Math.min(end, text.length))]
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d
}

/** A comment up to its end, or without one up to the end of the text. */
function matchBlockComment(text: string, offset: number): Match {
  if (!text.startsWith('/*', offset)) return null
  const end = text.indexOf('*/', offset + 2)
  return [text.slice(offset, end === -1 ? text.length : end + 2)]
}

function matchReplaceOne(text: string, offset: number): Match {
  const whole = 'replace-one'
  const isWhole =
    text.startsWith(whole, offset) && !clinging.test(text.charAt(offset + whole.length))
  return isWhole ? [whole] : null
}

function matchAnything(text: string, offset: number): Match {
  const code = text.codePointAt(offset)
  return code === undefined ? null : [String.fromCodePoint(code)]
}

export const tokens = {
  Word,
  Keyword,
  Operator,
  Literal,
  RuleStart,

  Space: createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED }),
  LineComment: createToken({ name: 'LineComment', pattern: /\/\/[^\r\n]*/, group: 'comments' }),
  BlockComment: createToken({
    name: 'BlockComment',
    pattern: { exec: matchBlockComment },
    start_chars_hint: ['/'],
    group: 'comments',
    line_breaks: true,
  }),

  Number: createToken({
    name: 'Number',
    pattern: { exec: matchNumber },
    start_chars_hint: [...digits, '.'],
    categories: [Literal],
    label: 'a number',
    line_breaks: false,
  }),
  String: createToken({
    name: 'String',
    pattern: { exec: (text: string, offset: number) => matchString('"', text, offset) },
    start_chars_hint: ['"'],
    categories: [Literal],
    label: 'a string',
    line_breaks: false,
  }),
  Character: createToken({
    name: 'Character',
    pattern: { exec: (text: string, offset: number) => matchString("'", text, offset) },
    start_chars_hint: ["'"],
    categories: [Literal],
    label: 'a character',
    line_breaks: false,
  }),

  ReplaceOne: createToken({
    name: 'ReplaceOne',
    pattern: { exec: matchReplaceOne },
    start_chars_hint: ['r'],
    categories: [Keyword, RuleStart],
    label: '`replace-one`',
    line_breaks: false,
  }),
  Let: keyword('Let', 'let'),
  Rec: keyword('Rec', 'rec'),
  In: keyword('In', 'in'),
  Replace: keyword('Replace', 'replace', [RuleStart]),
  One: keyword('One', 'one', [RuleStart]),
  By: keyword('By', 'by'),
  If: keyword('If', 'if'),
  With: keyword('With', 'with', [RuleStart]),
  Inject: keyword('Inject', 'inject'),
  Import: keyword('Import', 'import'),
  Package: keyword('Package', 'package'),
  New: keyword('New', 'new'),
  True: keyword('True', 'true', [Literal]),
  False: keyword('False', 'false', [Literal]),
  Null: keyword('Null', 'null', [Literal]),
  Nothing: keyword('Nothing', 'nothing'),
  Instanceof: keyword('Instanceof', 'instanceof'),
  As: contextual('As', 'as'),
  Divides: contextual('Divides', 'divides', [Operator]),
  Inf: contextual('Inf', 'inf'),
  Extends: contextual('Extends', 'extends'),
  Super: contextual('Super', 'super'),

  Wildcard: wholeWord('Wildcard', '_', []),
  Omega: createToken({
    name: 'Omega',
    pattern: wordThat((word) => word.startsWith('ω')),
    start_chars_hint: ['ω'],
    categories: [Word],
    label: 'a rest',
    line_breaks: false,
  }),
  Symbol: createToken({
    name: 'Symbol',
    pattern: wordThat((word) => upperFirst.test(word)),
    start_chars_hint: [...upperAscii, ...beyondAscii],
    categories: [Word],
    label: 'a symbol',
    line_breaks: false,
  }),
  Name,

  // Marks of Java, JavaScript and mathematics that are not in the language: `foreign.ts` knows what
  // to write instead. They come before the marks that they start with.
  Foreign: createToken({
    name: 'Foreign',
    pattern: /===|!==|\+\+|--|\*\*|->|=>|&(?!&)|\|(?!\|)|[~{}≠≤≥¬∧∨→]|“[^”\r\n]*”/,
    label: 'a mark of another language',
  }),

  Ellipsis: mark('Ellipsis', '...'),
  Dot: mark('Dot', '.'),
  Comma: mark('Comma', ','),
  Semicolon: mark('Semicolon', ';'),
  DoubleColon: mark('DoubleColon', '::'),
  Colon: mark('Colon', ':'),
  Question: mark('Question', '?'),
  Caret: mark('Caret', '^'),
  At: mark('At', '@'),
  Or: operator('Or', '||'),
  And: operator('And', '&&'),
  Equal: operator('Equal', '=='),
  Unequal: operator('Unequal', '!='),
  LessEqual: operator('LessEqual', '<='),
  // `<1>==<1>` closes a solution and compares it.
  GreaterEqual: createToken({
    name: 'GreaterEqual',
    pattern: />=(?!=)/,
    categories: [Operator],
    label: '`>=`',
  }),
  Less: operator('Less', '<'),
  Greater: operator('Greater', '>'),
  Plus: operator('Plus', '+'),
  Minus: operator('Minus', '-'),
  Times: operator('Times', '*'),
  Slash: operator('Slash', '/'),
  Percent: operator('Percent', '%'),
  Not: mark('Not', '!'),
  Assign: mark('Assign', '='),
  LeftAngle: mark('LeftAngle', '⟨'),
  RightAngle: mark('RightAngle', '⟩'),
  LeftParen: mark('LeftParen', '('),
  RightParen: mark('RightParen', ')'),
  LeftBracket: mark('LeftBracket', '['),
  RightBracket: mark('RightBracket', ']'),
  Empty: mark('Empty', '∅'),
  Infinity: mark('Infinity', '∞'),

  // Last: any other character, so that the lexer itself never fails.
  Unknown: createToken({
    name: 'Unknown',
    pattern: { exec: matchAnything },
    start_chars_hint: Array.from({ length: 512 }, (_, index) =>
      index < 256 ? index : Math.min(256 + (index - 256) * 255, 0xffff),
    ),
    label: 'an unknown character',
    line_breaks: true,
  }),
}

/** The order matters: the first pattern that matches wins. */
export const vocabulary: TokenType[] = Object.values(tokens)

/** A keyword or mark as it is written; a foreign mark may have been read as one. */
export function textOf(type: TokenType): string {
  return type.LABEL?.replaceAll('`', '') ?? type.name
}

/** The words that cannot be names. */
export const keywords: readonly string[] = vocabulary
  .filter((token) => token.CATEGORIES?.includes(Keyword))
  .map(textOf)

/** The names that are keywords where they can stand. */
export const contextualKeywords: readonly string[] = ['as', 'divides', 'inf', 'extends', 'super']
