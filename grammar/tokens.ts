import { createToken, type TokenType } from 'chevrotain'

/*
 * The token table: every word and mark of the language. The scanner, the parser, the highlighters and
 * the wording of diagnostics all read it. `scanner.ts` tells what is not written out here: numbers,
 * strings, and where a word ends.
 */

function token(name: string, label: string, categories: TokenType[] = []): TokenType {
  return createToken({ name, label, categories })
}

/** Categories match several tokens and none by themselves. */
const Word = token('Word', 'a word')
const Keyword = token('Keyword', 'a keyword')
const Operator = token('Operator', 'an operator')
const Literal = token('Literal', 'a literal')
const RuleStart = token('RuleStart', 'a rule')

const Name = token('Name', 'a name', [Word])

const wordTypes = new Map<string, TokenType>()
const markTypes = new Map<string, TokenType>()

function keyword(name: string, text: string, more: TokenType[] = []): TokenType {
  return wholeWord(name, text, [Word, Keyword, ...more])
}

/** A name, except in the one place where it is a keyword. */
function contextual(name: string, text: string, more: TokenType[] = []): TokenType {
  return wholeWord(name, text, [Name, ...more])
}

function wholeWord(name: string, text: string, categories: TokenType[]): TokenType {
  const type = token(name, `\`${text}\``, categories)
  wordTypes.set(text, type)
  return type
}

function mark(name: string, text: string, categories: TokenType[] = []): TokenType {
  const type = token(name, `\`${text}\``, categories)
  markTypes.set(text, type)
  return type
}

function operator(name: string, text: string): TokenType {
  return mark(name, text, [Operator])
}

export const tokens = {
  Word,
  Keyword,
  Operator,
  Literal,
  RuleStart,

  Number: token('Number', 'a number', [Literal]),
  String: token('String', 'a string', [Literal]),
  Character: token('Character', 'a character', [Literal]),

  ReplaceOne: token('ReplaceOne', '`replace-one`', [Keyword, RuleStart]),
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
  Omega: token('Omega', 'a rest', [Word]),
  Symbol: token('Symbol', 'a symbol', [Word]),
  Name,

  // Marks of Java, JavaScript and mathematics that are not in the language: `foreign.ts` lists them.
  Foreign: token('Foreign', 'a mark of another language'),

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
  GreaterEqual: operator('GreaterEqual', '>='),
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

  // Any other character, so that scanning never fails.
  Unknown: token('Unknown', 'an unknown character'),
}

/** Every token and category, for the parser. */
export const vocabulary: TokenType[] = Object.values(tokens)

/** The words that are tokens of their own, contextual keywords too. `replace-one` is no word. */
export const words: ReadonlyMap<string, TokenType> = wordTypes

/** The marks of the language. */
export const marks: ReadonlyMap<string, TokenType> = markTypes

/** A keyword or mark as it is written; a foreign mark may have been read as one. */
export function textOf(type: TokenType): string {
  return type.LABEL?.replaceAll('`', '') ?? type.name
}

/** The words that cannot be names. */
export const keywords: readonly string[] = vocabulary
  .filter((type) => type.CATEGORIES?.includes(Keyword))
  .map(textOf)

/** The names that are keywords where they can stand. */
export const contextualKeywords: readonly string[] = ['as', 'divides', 'inf', 'extends', 'super']
