import { meantMark } from '../grammar/index.ts'
import type { Diagnostic, RuleExpression, Span } from '../grammar/index.ts'
import type { Document } from './document.ts'
import type { Edit } from './edits.ts'
import { exportsOf } from './meaning.ts'
import { isInside } from './names/names.ts'

/** A change that mends what a finding is about. */
export interface CodeAction {
  readonly title: string
  /** Of the text itself. */
  readonly edits: readonly Edit[]
  /** The code of the finding that it mends. */
  readonly code: string
  /** Whether it is what was most likely meant. */
  readonly isPreferred: boolean
}

/** The changes that mend what is wrong in a range. */
export function codeActions(document: Document, range: Span): readonly CodeAction[] {
  return document.diagnostics.flatMap((diagnostic) => {
    const own = diagnostic.labels.find(({ source }) => source === document.source)
    if (own === undefined) return []
    const { start, end } = document.outward(own.span)
    if (end < range.start || start > range.end) return []
    return mendings(document, diagnostic, own.span).map(
      ({ title, edits, isPreferred = false }) => ({
        title,
        code: diagnostic.code,
        isPreferred,
        edits: edits.map(({ span, text }) => ({ span: document.outward(span), text })),
      }),
    )
  })
}

/** In the source of the document. */
interface Mending {
  readonly title: string
  readonly edits: readonly Edit[]
  readonly isPreferred?: boolean
}

function mendings(document: Document, diagnostic: Diagnostic, span: Span): readonly Mending[] {
  return [
    ...meantWord(diagnostic, span),
    ...writtenInstead(document, diagnostic, span),
    ...(byCode.get(diagnostic.code)?.(document, span, diagnostic) ?? []),
  ]
}

type MendCode = (document: Document, span: Span, diagnostic: Diagnostic) => readonly Mending[]

const byCode: ReadonlyMap<string, MendCode> = new Map<string, MendCode>([
  ['HOCL102', foreignMark],
  ['HOCL116', missingIn],
  ['HOCL117', missingComma],
  ['HOCL118', unclosed],
  [
    'HOCL119',
    (_, span) => [{ title: 'Take it away', edits: [{ span, text: '' }], isPreferred: true }],
  ],
  ['HOCL124', (_, span) => [{ title: 'Compare with `==`', edits: [{ span, text: '==' }] }]],
  ['HOCL201', importing],
  ['HOCL202', importing],
  ['HOCL203', (document, span) => [...taking(document, span), ...importing(document, span)]],
  ['HOCL215', unusedDefinition],
  ['HOCL216', unusedVariable],
  ['HOCL602', ambiguous],
  [
    'HOCL605',
    (document, span) => [removed(document, importAround(document, span), 'Take the import out')],
  ],
])

/** `did you mean …?` */
function meantWord({ hint }: Diagnostic, span: Span): readonly Mending[] {
  const [, word] = /^did you mean `([^`]+)`\?$/.exec(hint ?? '') ?? []
  if (word === undefined) return []
  return [{ title: `Change to \`${word}\``, edits: [{ span, text: word }], isPreferred: true }]
}

/** A hint that says what to write for just what is there: a number. */
function writtenInstead(
  { source }: Document,
  { hint, code }: Diagnostic,
  span: Span,
): readonly Mending[] {
  if (code !== 'HOCL103' && code !== 'HOCL104') return []
  if (!/^write /.test(hint ?? '')) return []
  return [...(hint ?? '').matchAll(/`([^`]+)`/g)]
    .map(([, text = '']) => text)
    .filter((text) => text !== source.slice(span) && !text.endsWith('…'))
    .map((text) => ({ title: `Write \`${text}\``, edits: [{ span, text }] }))
}

function foreignMark({ source }: Document, span: Span): readonly Mending[] {
  const text = meantMark(source.slice(span))
  if (text === undefined) return []
  const before = source.text[span.start - 1] ?? ' '
  const isWord = /^\w/.test(text)
  const put = isWord && !/\s/.test(before) ? ` ${text}` : text
  return [{ title: `Write \`${text}\``, edits: [{ span, text: put }], isPreferred: true }]
}

/** The end of the last word before a place. */
function endBefore({ names }: Document, place: number): number {
  const before = names.tokens.findLast(({ span, kind }) => span.end <= place && kind !== 'comment')
  return before?.span.end ?? place
}

function inserted(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text }
}

function missingIn(document: Document, span: Span): readonly Mending[] {
  const at = endBefore(document, span.start)
  return [{ title: 'Write `in`', edits: [inserted(at, ' in')], isPreferred: true }]
}

function missingComma(document: Document, span: Span): readonly Mending[] {
  // A `>` that compares since the comma is missing behind it.
  const isComparison = document.source.slice(span) === '>'
  const at = isComparison ? span.end : endBefore(document, span.start)
  return [{ title: 'Write a comma', edits: [inserted(at, ',')], isPreferred: true }]
}

const closers: Readonly<Record<string, string>> = { '<': '>', '⟨': '⟩', '(': ')', '[': ']' }

/** At the end of the text there is only one place for what is missing. */
function unclosed(document: Document, span: Span, { labels }: Diagnostic): readonly Mending[] {
  const closer = closers[document.source.slice(span)]
  if (closer === undefined) return []
  const [, next] = labels
  const at = endBefore(document, next?.span.start ?? document.source.text.length)
  return [{ title: `Write \`${closer}\``, edits: [inserted(at, closer)] }]
}

/** An import of each module that has a definition of that name. */
function importing(document: Document, span: Span): readonly Mending[] {
  const name = document.source.slice(span)
  const { surroundings } = document
  const { imports, package: own } = document.parsed.program
  const at = imports.at(-1)?.span.end ?? (own === undefined ? 0 : endAfter(document, own.span.end))
  return surroundings.standardNames.flatMap((path) => {
    const module = surroundings.standard(path)
    const isQualifier = path === `hocl.${name}`
    if (!isQualifier && (module === undefined || !exportsOf(module).has(name))) return []
    const line = `import ${path};`
    const text = at === 0 ? `${line}\n` : `\n${line}`
    return [{ title: `Import ${path}`, edits: [inserted(at, text)] }]
  })
}

/** Behind the semicolon. */
function endAfter({ names }: Document, place: number): number {
  return names.tokens.find(({ span }) => span.start >= place)?.span.end ?? place
}

/** Another pattern, for a molecule that is used and not taken. */
function taking(document: Document, span: Span): readonly Mending[] {
  const rule = ruleAround(document, span)
  const last = rule?.patterns.at(-1)
  if (last === undefined) return []
  const name = document.source.slice(span)
  return [
    {
      title: `Take a molecule \`${name}\`, too`,
      edits: [inserted(last.span.end, `, ${name}`)],
    },
  ]
}

/** The innermost rule that a place lies in. */
function ruleAround({ parsed }: Document, span: Span): RuleExpression | undefined {
  let found: RuleExpression | undefined
  const waiting: unknown[] = [parsed.program.definitions, parsed.program.solution]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (typeof node !== 'object' || node === null) continue
    if ('span' in node && !isInside(span, node.span as Span)) continue
    // Only rules are of this kind; what is found later lies in what was found before.
    if ('kind' in node && node.kind === 'rule') found = node as RuleExpression
    for (const inner of Object.values(node)) waiting.push(inner)
  }
  return found
}

function unusedDefinition(document: Document, span: Span): readonly Mending[] {
  const declaration = document.names.startingAt(span.start)?.declaration
  if (declaration === undefined) return []
  const { solution } = document.parsed.program
  const last = solution?.molecules.items.at(-1)
  const isMolecule = declaration.kind === 'rule' || declaration.kind === 'value'
  const adding =
    declaration.isExported === true && isMolecule && solution !== undefined
      ? [
          {
            title: `Put \`${declaration.name}\` into the solution`,
            edits: [
              last === undefined
                ? inserted(solution.span.start + 1, declaration.name)
                : inserted(last.span.end, `, ${declaration.name}`),
            ],
          },
        ]
      : []
  return [...adding, removed(document, declaration.whole, 'Take the definition out')]
}

function unusedVariable(document: Document, span: Span): readonly Mending[] {
  const title = 'Take such a molecule without naming it'
  const isPlain = document.names.startingAt(span.start)?.declaration?.kind === 'variable'
  return isPlain ? [{ title, edits: [{ span, text: '_' }], isPreferred: true }] : []
}

function ambiguous(_: Document, span: Span, { hint }: Diagnostic): readonly Mending[] {
  return [...(hint ?? '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => ({
    title: `Write \`${text}\``,
    edits: [{ span, text }],
  }))
}

function importAround({ parsed }: Document, span: Span): Span {
  return parsed.program.imports.find((each) => isInside(span, each.span))?.span ?? span
}

/** With the white space behind it, so that no empty line stays. */
function removed({ source }: Document, span: Span, title: string): Mending {
  const [space = ''] = /^[^\S\r\n]*(\r\n|\n|\r)?/.exec(source.text.slice(span.end)) ?? []
  return { title, edits: [{ span: { start: span.start, end: span.end + space.length }, text: '' }] }
}
