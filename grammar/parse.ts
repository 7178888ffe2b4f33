import type { Comment, Import, Molecules, Program } from './ast.ts'
import type { Diagnostic } from './diagnostic.ts'
import { lex, type Lexed } from './lexer.ts'
import { Abandoned, maxNesting } from './parser-base.ts'
import { Parser, type Entry } from './parser.ts'
import { respellings } from './respelling.ts'
import type { Source } from './source.ts'
import { nestedTooDeep, several, toDiagnostic } from './wording.ts'

/** What `parse` gives: a tree in any case, with `ErrorNode`s where a diagnostic says why. */
export interface ParsedProgram {
  readonly program: Program
  /** In the order of the text; the program can be run if none of them is an error. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The inside of a solution, which may have definitions only, or nothing at all. */
export interface ParsedMolecules {
  readonly imports: readonly Import[]
  readonly molecules: Molecules
  readonly comments: readonly Comment[]
  readonly diagnostics: readonly Diagnostic[]
  /** Whether one of the complaints is that the text ended: more lines may have been meant to follow. */
  readonly endsEarly: boolean
}

/** At most so many diagnostics come of one text. */
export const maxDiagnostics = 20

let parser: Parser | undefined

/** Reads a program. Whatever the text, it returns: what is wrong is in `diagnostics`. */
export function parse(source: Source): ParsedProgram {
  const lexed = lex(source)
  const whole = { start: 0, end: source.text.length }
  const nothing: Omit<Program, 'comments'> = {
    kind: 'program',
    span: whole,
    imports: [],
    definitions: [],
  }
  const { tree, diagnostics } = readWell(source, lexed, (parser) => parser.program(), nothing)
  return { program: { ...tree, comments: lexed.comments }, diagnostics }
}

/** Reads what may stand between the brackets of a solution, with imports before it. */
export function parseMolecules(source: Source): ParsedMolecules {
  const lexed = lex(source)
  const nothing: Entry = {
    imports: [],
    molecules: { kind: 'molecules', span: { start: 0, end: 0 }, items: [] },
  }
  const { tree, diagnostics, endedEarly } = readWell(
    source,
    lexed,
    (parser) => parser.entry(),
    nothing,
  )
  const { imports, molecules } = tree
  const endsEarly = endedEarly || lexed.endsInComment
  return { imports, molecules, comments: lexed.comments, diagnostics, endsEarly }
}

/**
 * Whether a text for `parseMolecules` has no other fault than to end too early, so that a prompt
 * should ask for another line.
 */
export function isIncomplete(source: Source): boolean {
  const lexed = lex(source)
  if (lexed.endsInComment) return lexed.diagnostics.length === 1
  const { endedEarly, diagnostics } = read(source, lexed, (parser) => parser.entry(), undefined)
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error')
  return endedEarly && errors.length === 1
}

interface Reading<Tree> {
  readonly tree: Tree
  readonly diagnostics: readonly Diagnostic[]
  /** Whether some complaint is that the text ended. */
  readonly endedEarly: boolean
  /** Where the parser first met a token that it could not take. */
  readonly trouble?: number | undefined
}

/** Texts with more tokens are not read again. */
const MOST_TOKENS = 20_000
const MOST_RESPELLINGS = 3

/** Reads a text, with misspelt keywords as what they were meant to be. */
function readWell<Tree>(
  source: Source,
  lexed: Lexed,
  rule: (parser: Parser) => Tree,
  otherwise: Tree,
): Reading<Tree> {
  let best = read(source, lexed, rule, otherwise)
  let known = lexed
  for (let i = 0; i < MOST_RESPELLINGS && known.text.length <= MOST_TOKENS; i++) {
    const { trouble } = best
    if (trouble === undefined) break
    let better: Reading<Tree> | undefined
    let respelt = known
    for (const { text, diagnostic } of respellings(source, known.text, trouble)) {
      const other = { ...lexed, text, diagnostics: [...known.diagnostics, diagnostic] }
      const reading = read(source, other, rule, otherwise)
      if (!explains(reading, best, better)) continue
      better = reading
      respelt = other
    }
    if (better === undefined) break
    best = better
    known = respelt
  }
  return best
}

/** Whether it is the keyword that was wrong: then nothing else is, until after the first complaint. */
function explains(
  { trouble, diagnostics }: Reading<unknown>,
  before: Reading<unknown>,
  other: Reading<unknown> | undefined,
): boolean {
  if (trouble !== undefined && trouble <= (before.trouble ?? 0)) return false
  // What is said of the keyword takes the place of a complaint.
  return other === undefined
    ? errors(diagnostics) <= errors(before.diagnostics)
    : errors(diagnostics) < errors(other.diagnostics)
}

function errors(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length
}

function read<Tree>(
  source: Source,
  lexed: Lexed,
  rule: (parser: Parser) => Tree,
  otherwise: Tree,
): Reading<Tree> {
  parser ??= new Parser(source)
  parser.begin(source, lexed)
  let tree = otherwise
  try {
    tree = rule(parser)
  } catch (error) {
    if (error instanceof RangeError) return overflowed(source, otherwise)
    if (!(error instanceof Abandoned)) throw error
  }
  // Parentheses with a mistake inside may well have been meant for one molecule.
  const mistakes = parser.found.map((diagnostic) => diagnostic.labels[0].span.start)
  for (const { span, molecules } of parser.plural) {
    if (mistakes.some((place) => place >= span.start && place <= span.end)) continue
    parser.found.push(several(span, molecules.items.length, source))
  }
  const diagnostics = parser.found.toSorted(
    (one, other) => one.labels[0].span.start - other.labels[0].span.start,
  )
  const { endedEarly, trouble } = parser
  return { tree, diagnostics: diagnostics.slice(0, maxDiagnostics), endedEarly, trouble }
}

/**
 * Whoever calls has left too little of the stack for a text that is well within the limits. The parser
 * is in the middle of something, so the next text gets a new one.
 */
function overflowed<Tree>(source: Source, tree: Tree): Reading<Tree> {
  parser = undefined
  const place = { span: { start: 0, end: 0 }, source }
  const diagnostic = toDiagnostic(nestedTooDeep(maxNesting, undefined), place)
  return { tree, diagnostics: [diagnostic], endedEarly: false }
}
