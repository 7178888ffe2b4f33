import type { IToken } from 'chevrotain'
import { closerOf, isA, isCloser } from './brackets.ts'
import type { Diagnostic, DiagnosticCode, Label, Severity } from './diagnostic.ts'
import type { Source, Span } from './source.ts'
import { textOf, tokens } from './tokens.ts'

/*
 * The words of the syntax diagnostics: what was seen, then what was expected, then what to write.
 * `mismatch.ts` has those for which Chevrotain asks, `literal-wording.ts` those about literals.
 */

/** A diagnostic before it has its place: `token`, or else the next token of the text. */
export interface Complaint {
  readonly code: DiagnosticCode
  readonly title: string
  readonly hint?: string
  readonly token?: IToken
  /** What is to be seen at the place itself. */
  readonly text?: string
  /** Other places that matter, such as the bracket that is not closed. */
  readonly others?: readonly Remark[]
}

export interface Remark {
  readonly token: IToken
  readonly text: string
}

export function toDiagnostic(
  complaint: Complaint,
  place: { readonly span: Span; readonly source: Source; readonly severity?: Severity },
): Diagnostic {
  const { source, span, severity = 'error' } = place
  const { code, title, text = '', others = [], hint } = complaint
  const first: Label = { span, source, text }
  const remarks = others.map((other) => ({
    span: tokenSpan(other.token),
    source,
    text: other.text,
  }))
  return {
    code,
    severity,
    title,
    labels: [first, ...remarks],
    ...(hint === undefined ? {} : { hint }),
  }
}

function tokenSpan({ startOffset, image }: IToken): Span {
  return { start: startOffset, end: startOffset + image.length }
}

/** How a token is named in a sentence. Long ones are cut: a title has to fit on a line. */
export function seen(token: IToken): string {
  if (!(token.startOffset >= 0)) return 'the end of the text'
  const { image } = token
  return `\`${image.length > 24 ? `${image.slice(0, 23)}…` : image}\``
}

export function unknownCharacter(character: string): Complaint {
  const code = character.codePointAt(0) ?? 0
  const isVisible = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character)
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  const hint = characterHints.get(character)
  return {
    code: 'HOCL101',
    title: `${isVisible ? `\`${character}\`` : `the character ${name}`} is not part of HOCL`,
    ...(hint === undefined ? {} : { hint }),
  }
}

const straight = 'quotes are straight: `"a"` or `\'a\'`'
const characterHints: ReadonlyMap<string, string> = new Map([
  ['#', 'a comment starts with `//`'],
  ['`', straight],
  ['‘', straight],
  ['’', straight],
  ['“', straight],
  ['”', straight],
])

export function foreignMark(image: string, hint: string): Complaint {
  return { code: 'HOCL102', title: `\`${image}\` is not part of HOCL`, hint }
}

export function misspelt(word: string, keyword: string): Complaint {
  return {
    code: 'HOCL131',
    title: `\`${word}\` is no keyword`,
    hint: `did you mean \`${keyword}\`?`,
  }
}

export function unclosedComment(): Complaint {
  return {
    code: 'HOCL108',
    title: 'this comment is not closed',
    hint: 'a comment that starts with `/*` ends with `*/`',
  }
}

export function nestedTooDeep(limit: number, token: IToken | undefined): Complaint {
  return {
    ...(token === undefined ? {} : { token }),
    code: 'HOCL121',
    title: `the text nests deeper than ${limit} levels`,
    hint: 'give an inner part a name with `let`',
  }
}

export function chainTooLong(limit: number): Complaint {
  return {
    code: 'HOCL121',
    title: `this expression has more than ${limit} operators`,
    hint: 'let a rule add up the molecules of a solution instead',
  }
}

/** A bracket that the text does not close; `comparison` is a `>` that was perhaps meant to. */
export function unclosed(open: IToken, next: IToken, comparison: IToken | undefined): Complaint {
  const closer = closerOf(open)
  if (comparison !== undefined) {
    return {
      code: 'HOCL117',
      title: 'expected a comma between molecules',
      token: comparison,
      text: 'this `>` compares, since a value follows it',
      others: [{ token: open, text: 'so this is not closed' }],
      hint: 'put a comma after `>` if it closes a solution',
    }
  }
  const isEnd = !(next.startOffset >= 0)
  return {
    code: 'HOCL118',
    title: `${seen(open)} is not closed`,
    token: open,
    text: `a ${closer === undefined ? 'bracket' : `\`${textOf(closer)}\``} is missing`,
    others: isEnd ? [] : [{ token: next, text: `before this` }],
  }
}

export function closedBy(open: IToken, token: IToken): Complaint {
  const closer = closerOf(open)
  return {
    code: 'HOCL120',
    title: `${seen(open)} does not go with ${seen(token)}`,
    others: [{ token: open, text: 'opened here' }],
    hint: `${seen(open)} is closed by \`${closer === undefined ? '' : textOf(closer)}\``,
  }
}

/** What follows the contents of a bracket and is neither a comma nor the closing bracket. */
export function unexpected(
  open: IToken,
  token: IToken,
  { isEmpty }: { readonly isEmpty: boolean },
): Complaint {
  const closer = closerOf(open)
  const end = closer === undefined ? 'the end' : `\`${textOf(closer)}\``
  return (
    leftover(token) ??
    semicolon(token) ?? {
      code: 'HOCL114',
      title: `expected ${isEmpty ? 'a molecule' : '`,`'} or ${end}, saw ${seen(token)}`,
      others: [{ token: open, text: 'opened here' }],
      ...(isEmpty && noMolecule(token)),
      ...(isSpreadInList(open, token) && { hint: spreadHint }),
    }
  )
}

/** What to write in place of what is no molecule. */
function noMolecule(token: IToken): Pick<Complaint, 'hint'> {
  if (isA(token, tokens.Wildcard))
    return { hint: '`_` takes a molecule in a pattern and has no value' }
  if (!isA(token, tokens.Keyword)) return {}
  return {
    hint: `${seen(token)} is a keyword: a symbol has another name, such as \`${token.image.toUpperCase()}\``,
  }
}

function isSpreadInList(open: IToken, token: IToken): boolean {
  return open.tokenType === tokens.LeftBracket && token.tokenType === tokens.Ellipsis
}

const spreadHint =
  '`...` adds molecules to a solution: a list is itself, as `range(3)`, and two are put together by `concat(a, b)`'

/** Marks that have their own reason not to stand after something complete. */
function leftover(token: IToken): Complaint | undefined {
  switch (token.tokenType) {
    case tokens.Assign:
      return {
        code: 'HOCL124',
        title: '`=` does not compare',
        hint: 'equality is `==`; `name = rule` names a rule in a solution',
      }
    case tokens.Caret:
      return {
        code: 'HOCL122',
        title: '`^` counts whole molecules',
        text: 'here is only a part of one',
        hint: 'a power is `pow(x, n)`, exclusive or of booleans is `!=`',
      }
    case tokens.DoubleColon:
      return {
        code: 'HOCL128',
        title: 'a type after `::` stands in patterns only',
        hint: 'to ask for the type of a value, write `x instanceof Int`',
      }
    case tokens.Question:
      return restOutsidePatterns
    default:
      return undefined
  }
}

/** `?w` where a molecule should be. */
export const restOutsidePatterns: Complaint = {
  code: 'HOCL129',
  title: '`?` names a rest in patterns only',
  hint: 'the rest of `?w` is used as `w`',
}

export type Listed = 'molecules' | 'patterns' | 'items'

const listedNames: Readonly<Record<Listed, string>> = {
  molecules: 'molecules',
  patterns: 'patterns',
  items: 'values',
}

export function missingComma(what: Listed, token: IToken): Complaint {
  return {
    code: 'HOCL117',
    title: `expected a comma between ${listedNames[what]}, saw ${seen(token)}`,
    hint: `write a comma before ${seen(token)}`,
  }
}

export function missingIn(definition: IToken, token: IToken): Complaint {
  return (
    leftover(token) ?? {
      code: 'HOCL116',
      title: `expected \`in\` after a definition, saw ${seen(token)}`,
      others: [{ token: definition, text: 'this definition goes on until `in`' }],
      hint: 'a definition is written `let name = molecule in`',
    }
  )
}

export function afterProgram(token: IToken): Complaint {
  const title = `the program ends before ${seen(token)}`
  return stray(token) ?? leftover(token) ?? { code: 'HOCL126', title, hint: oneSolution }
}

export function noSolution(token: IToken): Complaint {
  return (
    stray(token) ?? {
      code: 'HOCL126',
      title: `expected a solution, saw ${seen(token)}`,
      hint: oneSolution,
    }
  )
}

const oneSolution = 'a program is one solution: put all molecules between `<` and `>`'

export function afterMolecules(token: IToken): Complaint {
  const title = `expected \`,\` or the end of the text, saw ${seen(token)}`
  return stray(token) ?? leftover(token) ?? semicolon(token) ?? { code: 'HOCL114', title }
}

function semicolon(token: IToken): Complaint | undefined {
  if (token.tokenType !== tokens.Semicolon) return undefined
  return {
    code: 'HOCL114',
    title: `expected \`,\`, saw ${seen(token)}`,
    hint: 'a comma stands between molecules',
  }
}

function stray(token: IToken): Complaint | undefined {
  if (!isCloser(token)) return undefined
  return {
    code: 'HOCL119',
    title: `${seen(token)} closes nothing`,
    hint: `take ${seen(token)} away`,
  }
}

export function repeatedClause(word: IToken, earlier: IToken): Complaint {
  const isCondition = word.tokenType === tokens.If
  return {
    code: 'HOCL125',
    title: `a rule has only one ${seen(word)}`,
    token: word,
    others: [{ token: earlier, text: `the first ${isCondition ? 'condition' : 'rate'}` }],
    hint: isCondition ? 'join conditions with `&&`' : 'multiply rates with `*`',
  }
}

/** What a rule gives is written once, after all that it takes. */
export function repeatedProduct(keyword: IToken, word: IToken): Complaint {
  return {
    code: 'HOCL125',
    title: `a rule has only one ${seen(word)}`,
    others: [{ token: keyword, text: 'the rule starts here' }],
    hint: 'a comma stands between products; a rule in a product has its own `replace`',
  }
}

/** Neither `by` nor `inject`, or not the one that goes with the first word of the rule. */
export function missingProductWord(keyword: IToken, next: IToken): Complaint {
  const wanted = isA(keyword, tokens.With) ? 'inject' : 'by'
  return (
    leftover(next) ?? {
      code: 'HOCL115',
      title: `expected \`${wanted}\` after the patterns, saw ${seen(next)}`,
      others: [{ token: keyword, text: 'the rule starts here' }],
      hint: `a rule is written \`${keyword.image} patterns ${wanted} products\``,
    }
  )
}

export function javaArray(): Complaint {
  return {
    code: 'HOCL127',
    title: 'HOCL has no arrays',
    hint: 'a list is written `[1, 2, 3]`, and `list[0]` is its first item',
  }
}

export function lateImport(token: IToken): Complaint {
  return {
    code: 'HOCL130',
    title: 'an import stands before all definitions',
    token,
    hint: 'move it to the start of the text',
  }
}

/** Parentheses with several molecules, or none, inside an expression. */
export function several(span: Span, count: number, source: Source): Diagnostic {
  const seenThere =
    count === 0 ? 'there is none' : count === 1 ? 'this is not just one' : `here are ${count}`
  const complaint: Complaint = {
    code: 'HOCL123',
    title: 'expected one molecule in these parentheses',
    text: seenThere,
    hint: 'several molecules in parentheses stand only between commas; a tuple is `a:b`',
  }
  return toDiagnostic(complaint, { span, source })
}
