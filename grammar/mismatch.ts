import {
  isRecognitionException,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from 'chevrotain'
import { isA, isCloser } from './brackets.ts'
import { tokens } from './tokens.ts'
import { restOutsidePatterns, seen, type Complaint } from './wording.ts'

/*
 * The words for what Chevrotain finds: a token that is not the expected one, or that no alternative
 * starts with. It asks for a message where HOCL has a code, a title and perhaps a hint, so these
 * travel in one string, `CODE title` and the hint on a second line.
 */
export const messageProvider: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, actual, previous, ruleName }) =>
    encode(mismatch(expected, { actual, previous, rule: ruleName })),
  buildNoViableAltMessage: ({ actual, previous, ruleName }) =>
    encode(noAlternative({ actual: actual[0] ?? previous, previous, rule: ruleName })),
  buildEarlyExitMessage: ({ actual, previous, ruleName }) =>
    encode(noAlternative({ actual: actual[0] ?? previous, previous, rule: ruleName })),
  buildNotAllInputParsedMessage: ({ firstRedundant }) =>
    encode({ code: 'HOCL126', title: `the text ends before ${seen(firstRedundant)}` }),
}

function encode({ code, title, hint = '' }: Complaint): string {
  return `${code} ${title}\n${hint}`
}

export function isSyntaxError(error: unknown): error is IRecognitionException {
  return error instanceof Error && isRecognitionException(error)
}

/** The complaint that an exception of Chevrotain's carries. */
export function syntaxError({ message, token }: IRecognitionException): Complaint {
  const [first = '', hint = ''] = message.split('\n')
  const code = `HOCL${Number(first.slice(4, 7))}` as const
  return { code, title: first.slice(8), token, ...(hint === '' ? {} : { hint }) }
}

/** Where a token was found that the grammar has no place for. */
interface Scene {
  readonly actual: IToken
  readonly previous: IToken
  /** The rule of the grammar. */
  readonly rule: string
}

function mismatch(expected: TokenType, scene: Scene): Complaint {
  const { actual } = scene
  if (expected === tokens.Name) return noName(scene)
  if (expected === tokens.RuleStart) {
    return {
      code: 'HOCL124',
      title: `expected a rule after \`=\`, saw ${seen(actual)}`,
      hint:
        actual.tokenType === tokens.LeftParen
          ? 'the parentheses of a rule stand around its name, too: `(name = replace …)`; a value gets its name by `let`, and equality is `==`'
          : '`name = rule` names a rule; a value gets its name by `let`, and equality is `==`',
    }
  }
  const what = expected.LABEL ?? expected.name
  const [where, hint] = places[`${scene.rule} ${expected.name}`] ?? ['', undefined]
  return {
    code: 'HOCL114',
    title: `expected ${what}${where}, saw ${seen(actual)}`,
    ...(hint === undefined ? {} : { hint }),
  }
}

/** What the expected token is for, and perhaps a hint, by rule of the grammar and token. */
const places: Readonly<Record<string, readonly [where: string, hint?: string]>> = {
  'definition Assign': [' after the name', 'a definition is written `let name = molecule in`'],
  'expression Colon': [' between two values', 'a choice is written `condition ? this : that`'],
  'import Semicolon': [' after the import', 'an import is written `import hocl.sets;`'],
  'packageClause Semicolon': [' after the package'],
  'operand Word': [' after the dot', 'a function of a value is called as `x.size()`'],
  'path Word': [' after the dot'],
  'import Times': [' after the dot'],
  'tupleType Colon': [' between types', 'the type of a tuple is written `(Int:String)`'],
  'listType RightBracket': ['', 'the type of a list is written `[]` or `List`'],
  'solutionType Greater': ['', 'the type of a solution is written `<>` or `Solution`'],
}

function noName({ actual, rule }: Scene): Complaint {
  if (isA(actual, tokens.Keyword)) return keywordAsName(actual)
  if (isA(actual, tokens.Symbol)) {
    return {
      code: 'HOCL110',
      title: `${seen(actual)} is a symbol, not a name`,
      hint: `a name starts in lower case: \`${actual.image.charAt(0).toLowerCase()}${actual.image.slice(1)}\``,
    }
  }
  const role = nameRoles[rule] ?? 'a name'
  return { code: 'HOCL114', title: `expected ${role}, saw ${seen(actual)}` }
}

const nameRoles: Readonly<Record<string, string>> = {
  definition: 'the name of a definition',
  parameters: 'the name of a parameter',
  restPattern: 'the name of a rest after `?`',
  wordPattern: 'a variable for the rule after `=`',
  import: 'a name after `as`',
}

function keywordAsName(actual: IToken): Complaint {
  return {
    code: 'HOCL109',
    title: `${seen(actual)} is a keyword, not a name`,
    hint: `another name will do, such as \`${actual.image.replaceAll('-', '_')}_\``,
  }
}

function noAlternative(scene: Scene): Complaint {
  switch (scene.rule) {
    case 'pattern':
    case 'fieldPattern':
    case 'listItemPattern':
    case 'literalPattern':
      return noPattern(scene)
    case 'type':
    case 'typeArgument':
    case 'solutionType':
      return expectedType(scene.actual)
    case 'import':
    case 'path':
      return { code: 'HOCL114', title: `expected a path, saw ${seen(scene.actual)}` }
    case 'listed':
      return {
        code: 'HOCL114',
        title: `expected \`(\` after the type, saw ${seen(scene.actual)}`,
        hint: 'a host value is made with `new Point(1, 2)`',
      }
    default:
      return noMolecule(scene)
  }
}

export function expectedType(actual: IToken): Complaint {
  return { code: 'HOCL113', title: `expected a type, saw ${seen(actual)}`, hint: typeHint }
}

const typeHint =
  'types are `Int Float Number Bool String Symbol List Solution Rule`, `(Int:String)`, …'

// Keywords that belong to what is around: seen here, something before them is missing.
const clauseWords: readonly TokenType[] = [
  tokens.By,
  tokens.Inject,
  tokens.In,
  tokens.If,
  tokens.Let,
]

function isMisusedKeyword(token: IToken): boolean {
  return isA(token, tokens.Keyword) && !clauseWords.includes(token.tokenType)
}

function noPattern({ actual, previous, rule }: Scene): Complaint {
  if (isA(actual, tokens.Omega) || isA(actual, tokens.Question)) {
    return {
      code: 'HOCL129',
      title: 'a rest stands alone, not inside a tuple',
      hint: 'a rest takes what is left in a solution `<x, ω>` or a list `[x, ω]`',
    }
  }
  if (isMisusedKeyword(actual) && !isA(actual, tokens.Nothing)) return keywordAsName(actual)
  if (isA(previous, tokens.RuleStart) && !isA(actual, tokens.By)) {
    return {
      code: 'HOCL112',
      title: `expected a pattern after ${seen(previous)}, saw ${seen(actual)}`,
      hint: `${seen(previous)} starts a rule and cannot be a name`,
    }
  }
  const what = rule === 'literalPattern' ? 'a number after `-`' : 'a pattern'
  const hint = patternHint(actual, previous)
  return {
    code: 'HOCL112',
    title: `expected ${what}, saw ${seen(actual)}`,
    ...(hint === undefined ? {} : { hint }),
  }
}

function patternHint(actual: IToken, previous: IToken): string | undefined {
  if (isA(previous, tokens.RuleStart)) return 'a rule that takes nothing is written with `∅`'
  if (isA(previous, tokens.Comma)) return 'take the comma before it away'
  if (isA(actual, tokens.Ellipsis)) return 'a rest is written `ω` or `?w`'
  if (isA(actual, tokens.Nothing) || isA(actual, tokens.Empty)) return '∅ is not part of a tuple'
  return undefined
}

function noMolecule({ actual, previous }: Scene): Complaint {
  if (isA(actual, tokens.Question)) return restOutsidePatterns
  if (isA(actual, tokens.RuleStart)) {
    return {
      code: 'HOCL111',
      title: `expected a value, saw ${seen(actual)}`,
      hint: 'a rule inside an expression stands in parentheses',
    }
  }
  if (isMisusedKeyword(actual) && !isA(actual, tokens.Nothing)) return keywordAsName(actual)
  const what = expectedAfter(previous)
  const hint = moleculeHint(actual, previous)
  return {
    code: 'HOCL111',
    title: `expected ${what}, saw ${seen(actual)}`,
    ...(hint === undefined ? {} : { hint }),
  }
}

function expectedAfter(previous: IToken): string {
  if (isA(previous, tokens.If)) return 'a condition after `if`'
  if (isA(previous, tokens.At)) return 'a rate after `@`'
  const isOperator = isA(previous, tokens.Operator) && !isA(previous, tokens.Less)
  const isPart = isA(previous, tokens.Question) || isA(previous, tokens.Caret)
  return isOperator || isPart ? `a value after ${seen(previous)}` : 'a molecule'
}

function moleculeHint(actual: IToken, previous: IToken): string | undefined {
  if (isA(previous, tokens.Comma) && (isCloser(actual) || isA(actual, tokens.Comma))) {
    return 'take one comma away'
  }
  if (isA(previous, tokens.By) || isA(previous, tokens.Inject)) return 'an empty product is `∅`'
  if (isA(actual, tokens.Nothing) || isA(actual, tokens.Empty)) return '∅ is not part of a molecule'
  if (isA(actual, tokens.Ellipsis))
    return '`...` stands before a whole element of a solution; lists are put together by `concat(a, b)`'
  if (isA(actual, tokens.Wildcard)) return '`_` takes a molecule in a pattern and has no value'
  if (isA(actual, tokens.Let)) return 'definitions stand before molecules: `(let x = 1 in x)`'
  return undefined
}
