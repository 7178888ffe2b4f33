import type { Diagnostic } from '../../grammar/index.ts'
import { suggest } from '../../grammar/index.ts'
import { isSymbol } from '../molecule.ts'
import type { Pattern, RuleShape } from '../rule.ts'
import { kindOfAtom } from './forms.ts'
import type { Form } from './forms.ts'
import { kindsTaken } from './patterns.ts'
import { ruleTitle } from './subject.ts'
import type { Check, Subject } from './subject.ts'
import type { World } from './world.ts'

/**
 * A rule with a pattern for which the program never makes a molecule is there for nothing: a word is
 * misspelt, or a tuple has a field more. Only what the text alone decides is said; where molecules come
 * from outside, nothing is.
 */
export const neverMatches: Check = function* (subject) {
  const { world } = subject
  if (world === undefined || subject.isOpen || isWaitingForData(world)) return
  const idle = subject.ownRules().filter((shape) => world.floats(shape) && !world.mayReact(shape))
  // One that waits for what an idle rule would make is not told of, unless they wait for one another.
  const hopeful = subject.worldIfAllReact
  const causes = idle.filter((shape) => hopeful?.mayReact(shape) !== true)
  for (const shape of causes.length > 0 ? causes : idle) {
    if (subject.isData(shape) || isToldAlready(subject, shape)) continue
    const position = (causes.length > 0 ? hopeful : world)?.firstUnmatched(shape)
    const pattern = position === undefined ? undefined : shape.patterns[position]?.pattern
    if (position === undefined || pattern === undefined) continue
    yield diagnostic(subject, shape, position, nearest(pattern, world))
  }
}

function diagnostic(
  subject: Subject,
  shape: RuleShape,
  position: number,
  hint: string | undefined,
): Diagnostic {
  const node = subject.patternNode(shape, position)
  const { source, span } = subject.keyword(shape)
  const culprit = {
    source,
    span: node?.span ?? span,
    text: 'no molecule of this program ever looks like this',
  }
  return {
    code: 'HOCL304',
    severity: 'warning',
    title: `${ruleTitle(shape)} can never react`,
    labels:
      node === undefined
        ? [culprit]
        : [culprit, { source, span, text: 'so this rule has nothing to take' }],
    hint: hint ?? 'if they come from outside, say so in a comment: `// hocl run FILE --in DATA`',
  }
}

/** Rules without a single molecule of data are made for data from outside. */
function isWaitingForData(world: World): boolean {
  for (const form of world.members('floating')) if (form.kind !== 'rule') return false
  return true
}

/** A rule that nothing is named like has its own warning. */
function isToldAlready({ program }: Subject, { place }: RuleShape): boolean {
  return program.diagnostics.some(({ code, labels: [{ source, span }] }) => {
    const isInside =
      place.source === source && span.start >= place.span.start && span.end <= place.span.end
    return isInside && code === 'HOCL210'
  })
}

/** What the program has that is most like the pattern: the same tuple with another first word or length. */
function nearest(pattern: Pattern, world: World): string | undefined {
  if (pattern.kind === 'constant' && isSymbol(pattern.value))
    return nearestSymbol(pattern.value.name, world)
  const ofOtherNumbers = nearestNumber(pattern, world)
  if (ofOtherNumbers !== undefined) return ofOtherNumbers
  if (pattern.kind !== 'tuple') return undefined
  const [first] = pattern.fields
  if (first?.kind !== 'constant' || !isSymbol(first.value)) return undefined
  const { name } = first.value
  const tuples = [...world.members('floating')].filter((form) => form.kind === 'tuple')
  const lengths = tuples.filter((form) => tagOf(form) === name).map((form) => form.fields.length)
  if (lengths.includes(pattern.fields.length)) return undefined
  const [length] = lengths
  if (length !== undefined)
    return `the program makes \`${name}\` tuples of ${String(length)} fields, the pattern has ${String(pattern.fields.length)}`
  const similar = suggest(
    name,
    tuples.flatMap((form) => tagOf(form) ?? []),
  )
  return similar === undefined ? undefined : `did you mean \`${similar}\`?`
}

function nearestNumber(pattern: Pattern, world: World): string | undefined {
  const [wanted, ...others] = kindsTaken(pattern) ?? []
  if (others.length > 0 || (wanted !== 'int' && wanted !== 'float')) return undefined
  const other = wanted === 'int' ? 'float' : 'int'
  const isThere = [...world.members('floating')].some((form) => kindOfForm(form) === other)
  return isThere
    ? 'Ints and Floats are different molecules, `1` and `1.0`: a variable `x::Number` takes both'
    : undefined
}

function kindOfForm(form: Form): string {
  return form.kind === 'constant' ? kindOfAtom(form.value) : form.kind
}

function nearestSymbol(name: string, world: World): string | undefined {
  const symbols = [...world.members('floating')].flatMap((form) =>
    form.kind === 'constant' && isSymbol(form.value) ? form.value.name : [],
  )
  const similar = suggest(name, symbols)
  return similar === undefined ? undefined : `did you mean \`${similar}\`?`
}

function tagOf(form: Form): string | undefined {
  const first = form.kind === 'tuple' ? form.fields[0]?.[0] : undefined
  return first?.kind === 'constant' && isSymbol(first.value) ? first.value.name : undefined
}
