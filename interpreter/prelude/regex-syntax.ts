import { append } from '../append.ts'
import { EvaluationFailure } from '../failures.ts'
import { printBriefly } from '../print.ts'

/** Takes one character of the text, as a code point, or not. */
export type CharacterTest = (character: number) => boolean

/** Whether the place between two characters will do. */
export type PlaceTest = (text: string, at: number) => boolean

/** A regular expression as a tree. */
export type RegexNode =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'place'; readonly test: PlaceTest }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'group'; readonly part: RegexNode; readonly number: number }
  | {
      readonly kind: 'repeat'
      readonly part: RegexNode
      readonly least: number
      readonly most: number
      readonly isLazy: boolean
    }

/** A regular expression that was read. Group 0 is the whole. */
export interface RegexSyntax {
  readonly root: RegexNode
  readonly groups: number
  readonly names: ReadonlyMap<string, number>
}

interface Flags {
  readonly ignoresCase: boolean
  readonly dotTakesAll: boolean
  readonly isMultiline: boolean
}

const LONGEST_PATTERN = 1000
const DEEPEST_PATTERN = 50

/**
 * Reads the part of Java's regular expressions that can be matched in linear time: all but
 * back-references, look-around, possessive quantifiers and intersections of classes.
 */
export function readRegex(pattern: string): RegexSyntax {
  if (pattern.length > LONGEST_PATTERN)
    throw new EvaluationFailure(
      `a regular expression has at most ${String(LONGEST_PATTERN)} characters, not ${String(pattern.length)}`,
    )
  return new Reader(pattern).read()
}

const ASCII_LETTERS = '[A-Za-z]'
const POSIX = new Map([
  ['Lower', '[a-z]'],
  ['Upper', '[A-Z]'],
  ['Alpha', ASCII_LETTERS],
  ['Digit', '[0-9]'],
  ['Alnum', '[A-Za-z0-9]'],
  ['Punct', '[!-/:-@[-`{-~]'],
  ['Space', '[ \\t\\n\\x0B\\f\\r]'],
  ['XDigit', '[0-9a-fA-F]'],
  ['Blank', '[ \\t]'],
  ['ASCII', '[\\x00-\\x7F]'],
])

const CONTROL = new Map([
  ['t', 9],
  ['n', 10],
  ['r', 13],
  ['f', 12],
  ['e', 27],
  ['a', 7],
])

class Reader {
  readonly #pattern: string
  #at = 0
  #groups = 0
  #depth = 0
  readonly #names = new Map<string, number>()
  #flags: Flags = { ignoresCase: false, dotTakesAll: false, isMultiline: false }

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  read(): RegexSyntax {
    const root = this.#choice()
    if (this.#at < this.#pattern.length) throw this.#failure('a `)` closes nothing')
    return { root, groups: this.#groups + 1, names: this.#names }
  }

  #failure(what: string): EvaluationFailure {
    return new EvaluationFailure(`the regular expression ${printBriefly(this.#pattern)}: ${what}`)
  }

  #sees(text: string): boolean {
    return this.#pattern.startsWith(text, this.#at)
  }

  #takes(text: string): boolean {
    if (!this.#sees(text)) return false
    this.#at += text.length
    return true
  }

  /** The next character, whole even beyond the first plane. */
  #next(): string {
    const code = this.#pattern.codePointAt(this.#at)
    if (code === undefined) throw this.#failure('it ends too early')
    const character = String.fromCodePoint(code)
    this.#at += character.length
    return character
  }

  #choice(): RegexNode {
    const flags = this.#flags
    const options = [this.#sequence()]
    while (this.#takes('|')) options.push(this.#sequence())
    this.#flags = flags
    const [only] = options
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options }
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = []
    while (this.#at < this.#pattern.length && !this.#sees('|') && !this.#sees(')')) {
      if (this.#takes('\\Q')) append(parts, this.#quoted())
      else if (!this.#readFlags()) parts.push(this.#repeated(this.#part()))
    }
    return { kind: 'sequence', parts }
  }

  /** `\Q…\E`. */
  #quoted(): RegexNode[] {
    const end = this.#pattern.indexOf('\\E', this.#at)
    const text = this.#pattern.slice(this.#at, end < 0 ? undefined : end)
    this.#at = end < 0 ? this.#pattern.length : end + 2
    return [...text].map((character) => this.#literal(character))
  }

  /** `(?i)` and the like: they hold to the end of the group around them. */
  #readFlags(): boolean {
    const match = /^\(\?([ismu]+)\)/.exec(this.#pattern.slice(this.#at, this.#at + 8))
    if (match === null) return false
    this.#at += match[0].length
    this.#setFlags(match[1] ?? '')
    return true
  }

  #setFlags(letters: string): void {
    this.#flags = {
      ignoresCase: this.#flags.ignoresCase || letters.includes('i'),
      dotTakesAll: this.#flags.dotTakesAll || letters.includes('s'),
      isMultiline: this.#flags.isMultiline || letters.includes('m'),
    }
  }

  #repeated(part: RegexNode): RegexNode {
    let node = part
    for (let bounds = this.#bounds(); bounds !== undefined; bounds = this.#bounds()) {
      if (this.#sees('+')) throw this.#failure('possessive quantifiers are not supported')
      node = {
        kind: 'repeat',
        part: node,
        least: bounds[0],
        most: bounds[1],
        isLazy: this.#takes('?'),
      }
    }
    return node
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#takes('*')) return [0, Infinity]
    if (this.#takes('+')) return [1, Infinity]
    if (this.#takes('?')) return [0, 1]
    if (!this.#sees('{')) return undefined
    const match = /^\{(\d{1,4})(,(\d{1,4})?)?\}/.exec(this.#pattern.slice(this.#at, this.#at + 12))
    if (match === null) throw this.#failure('a `{` stands before a count such as `{2}` or `{2,5}`')
    this.#at += match[0].length
    const least = Number(match[1])
    const most =
      match[2] === undefined ? least : match[3] === undefined ? Infinity : Number(match[3])
    if (most < least) throw this.#failure(`\`${match[0]}\` counts downwards`)
    return [least, most]
  }

  #part(): RegexNode {
    const character = this.#next()
    switch (character) {
      case '(':
        return this.#group()
      case '[':
        return { kind: 'character', test: this.#class() }
      case '.':
        return { kind: 'character', test: this.#flags.dotTakesAll ? () => true : isNotLineEnd }
      case '^':
        return { kind: 'place', test: this.#flags.isMultiline ? isLineStart : isStart }
      case '$':
        return { kind: 'place', test: this.#flags.isMultiline ? isLineEnd : isEnd }
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw this.#failure(`\`${character}\` repeats nothing`)
      default:
        return this.#literal(character)
    }
  }

  #literal(character: string): RegexNode {
    return { kind: 'character', test: this.#oneOf(character.codePointAt(0) ?? 0) }
  }

  #oneOf(code: number): CharacterTest {
    if (!this.#flags.ignoresCase) return (c) => c === code
    const folded = fold(code)
    return (c) => c === code || fold(c) === folded
  }

  #group(): RegexNode {
    if (++this.#depth > DEEPEST_PATTERN) throw this.#failure('its groups nest too deeply')
    const flags = this.#flags
    const number = this.#groupNumber()
    const part = this.#choice()
    if (!this.#takes(')')) throw this.#failure('a `(` is not closed')
    this.#flags = flags
    this.#depth--
    return number === undefined ? part : { kind: 'group', part, number }
  }

  /** Reads what may follow `(`; undefined for a group that does not capture. */
  #groupNumber(): number | undefined {
    if (!this.#takes('?')) return ++this.#groups
    const match = /^(?:([ismu]*):|<([A-Za-z][A-Za-z0-9]*)>)/.exec(this.#pattern.slice(this.#at))
    if (match === null) throw this.#failure('look-around is not supported')
    this.#at += match[0].length
    if (match[2] === undefined) {
      this.#setFlags(match[1] ?? '')
      return undefined
    }
    this.#names.set(match[2], ++this.#groups)
    return this.#groups
  }

  #escape(): RegexNode {
    const letter = this.#next()
    if (letter === 'b') return { kind: 'place', test: isWordEdge }
    if (letter === 'B') return { kind: 'place', test: (text, at) => !isWordEdge(text, at) }
    if (letter === 'A') return { kind: 'place', test: isStart }
    if (letter === 'z') return { kind: 'place', test: (text, at) => at === text.length }
    if (letter === 'Z') return { kind: 'place', test: isEnd }
    if (letter >= '1' && letter <= '9')
      throw this.#failure('references back to a group are not supported')
    return { kind: 'character', test: this.#escaped(letter) }
  }

  /** An escape that stands for characters, inside a class or outside. */
  #escaped(letter: string): CharacterTest {
    const lower = letter.toLowerCase()
    if (lower === 'p') return negatedIf(letter === 'P', this.#property())
    if ('dwsh'.includes(lower)) return negatedIf(letter !== lower, SHORTHAND[lower as 'd'])
    return this.#oneOf(this.#escapedCode(letter))
  }

  #escapedCode(letter: string): number {
    const control = CONTROL.get(letter)
    if (control !== undefined) return control
    const rest = this.#pattern.slice(this.#at, this.#at + 8)
    const hex = letter === 'x' ? /^[0-9a-fA-F]{2}/ : letter === 'u' ? /^[0-9a-fA-F]{4}/ : undefined
    const digits = letter === '0' ? /^[0-3]?[0-7]{1,2}/.exec(rest) : hex?.exec(rest)
    if (digits !== null && digits !== undefined) {
      this.#at += digits[0].length
      return parseInt(digits[0], letter === '0' ? 8 : 16)
    }
    if (/[A-Za-z0]/.test(letter)) throw this.#failure(`\`\\${letter}\` has no meaning here`)
    return letter.codePointAt(0) ?? 0
  }

  /** `\p{L}`, `\p{Alpha}`, `\p{IsGreek}`. */
  #property(): CharacterTest {
    const match = /^(?:\{(?:Is)?(\w+)\}|(\w))/.exec(this.#pattern.slice(this.#at, this.#at + 40))
    const name = match?.[1] ?? match?.[2]
    if (match === null || name === undefined) throw this.#failure('`\\p` stands before `{…}`')
    this.#at += match[0].length
    for (const form of [POSIX.get(name), `\\p{${name}}`, `\\p{Script=${name}}`]) {
      const test = form === undefined ? undefined : unicodeTest(form)
      if (test !== undefined) return test
    }
    throw this.#failure(`\`${match[0]}\` is no class of characters`)
  }

  /** After `[`. */
  #class(): CharacterTest {
    const isNegated = this.#takes('^')
    const tests: CharacterTest[] = []
    do tests.push(this.#classPart())
    while (!this.#takes(']'))
    return negatedIf(isNegated, (c) => tests.some((test) => test(c)))
  }

  #classPart(): CharacterTest {
    if (this.#sees('&&')) throw this.#failure('intersections of classes are not supported')
    const first = this.#next()
    if (first === '[') return this.#class()
    const escape = first === '\\' ? this.#next() : undefined
    if (escape !== undefined && 'dDwWsShHpP'.includes(escape)) return this.#escaped(escape)
    const low = escape === undefined ? (first.codePointAt(0) ?? 0) : this.#escapedCode(escape)
    if (!this.#sees('-') || this.#sees('-]')) return this.#oneOf(low)
    this.#at++
    const last = this.#next()
    const high = last === '\\' ? this.#escapedCode(this.#next()) : (last.codePointAt(0) ?? 0)
    if (high < low) throw this.#failure('a range of characters runs backwards')
    if (!this.#flags.ignoresCase) return (c) => c >= low && c <= high
    return (c) => [c, fold(c), unfold(c)].some((each) => each >= low && each <= high)
  }
}

function negatedIf(isNegated: boolean, test: CharacterTest): CharacterTest {
  return isNegated ? (c) => !test(c) : test
}

function unicodeTest(form: string): CharacterTest | undefined {
  try {
    const regex = new RegExp(`^${form}$`, 'u')
    return (c) => regex.test(String.fromCodePoint(c))
  } catch {
    return undefined
  }
}

const isDigit: CharacterTest = (c) => c >= 48 && c <= 57
const isWord: CharacterTest = (c) =>
  isDigit(c) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95
const SHORTHAND: Readonly<Record<'d' | 'w' | 's' | 'h', CharacterTest>> = {
  d: isDigit,
  w: isWord,
  s: (c) => c === 32 || (c >= 9 && c <= 13),
  h: (c) => c === 32 || c === 9 || c === 0xa0,
}

function fold(code: number): number {
  return String.fromCodePoint(code).toLowerCase().codePointAt(0) ?? code
}

function unfold(code: number): number {
  return String.fromCodePoint(code).toUpperCase().codePointAt(0) ?? code
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029
}

const isNotLineEnd: CharacterTest = (c) => !isLineBreak(c)
const isStart: PlaceTest = (_, at) => at === 0
const isLineStart: PlaceTest = (text, at) => at === 0 || isLineBreak(text.charCodeAt(at - 1))
const isLineEnd: PlaceTest = (text, at) => at === text.length || isLineBreak(text.charCodeAt(at))
/** The end, or before the last line break. */
const isEnd: PlaceTest = (text, at) =>
  at === text.length || (at === text.length - 1 && isLineBreak(text.charCodeAt(at)))
const isWordEdge: PlaceTest = (text, at) =>
  (at > 0 && isWord(text.charCodeAt(at - 1))) !== (at < text.length && isWord(text.charCodeAt(at)))
