import {
  isSymbol,
  printInline,
  ruleTitle,
  slotsOfReactant,
  typeText,
} from '../../interpreter/index.ts'
import type {
  Check,
  Expression,
  ListItem,
  Molecule,
  Molecules,
  Pattern,
  RuleShape,
  Slot,
  SolutionPattern,
  Subject,
  Symbol,
} from '../../interpreter/index.ts'
import { kernelsOf, recognised } from '../kernels/recognise.ts'
import { anatomyOf, slotsOf } from './heads.ts'
import type { Anatomy, Head } from './heads.ts'
import type { PlanStep } from './plan.ts'
import { planFor } from './planner.ts'

/*
 * Where a rule is right and slow with many molecules. Only the plans tell: what an index finds or a
 * kernel does in one go is not slow, however it looks.
 */

/** What `hocl check` says of plans, each for rules of which nothing worse is known. */
export const planChecks: readonly Check[] = [
  pairsAreTried,
  solutionsAreTried,
  listIsCopied,
  isVeryWide,
]

/** So many patterns are planned in no time. */
const MOST_PATTERNS = 64

function* pairsAreTried(subject: Subject): ReturnType<Check> {
  for (const anatomy of oneByOne(subject)) {
    const { shape } = anatomy
    if (shape.shots === 'one' || !hasSearch(anatomy, isPairTried)) continue
    const { source, span } = subject.keyword(shape)
    yield {
      code: 'HOCL315',
      severity: 'hint',
      title: `${ruleTitle(shape)} tries each pair of molecules`,
      labels: [{ source, span, text: 'no index finds the partners that its condition wants' }],
      hint: 'with thousands of molecules, tie the patterns by a shared variable, `==`, or an order such as `x < y`',
    }
  }
}

function* solutionsAreTried(subject: Subject): ReturnType<Check> {
  for (const anatomy of oneByOne(subject)) {
    const { shape } = anatomy
    if (shape.shots === 'one' || !hasSearch(anatomy, isSolutionTried)) continue
    const { source, span } = subject.keyword(shape)
    yield {
      code: 'HOCL316',
      severity: 'hint',
      title: `${ruleTitle(shape)} looks into each solution`,
      labels: [{ source, span, text: 'no key tells which solution holds what it wants' }],
      hint: 'with thousands of solutions, put a name or a number that both patterns share beside each: `KEY:<x, ω>`',
    }
  }
}

function* listIsCopied(subject: Subject): ReturnType<Check> {
  for (const { shape } of oneByOne(subject)) {
    if (shape.shots === 'one' || !copiesList(shape)) continue
    const { source, span } = subject.keyword(shape)
    yield {
      code: 'HOCL317',
      severity: 'hint',
      title: `${ruleTitle(shape)} copies a list at each reaction`,
      labels: [{ source, span, text: 'the rest of the list goes into a new one' }],
      hint: 'with lists of thousands, use molecules with a number, `ITEM:i:x`, or a function such as `map`',
    }
  }
}

function* isVeryWide(subject: Subject): ReturnType<Check> {
  for (const shape of subject.ownRules()) {
    const { length } = shape.patterns
    if (length <= MOST_PATTERNS) continue
    const { source, span } = subject.keyword(shape)
    yield {
      code: 'HOCL318',
      severity: 'hint',
      title: `${ruleTitle(shape)} takes ${String(length)} molecules at once`,
      labels: [{ source, span, text: 'all of them are looked for again whenever one is new' }],
      hint: 'let a rule take two at a time and give one, as in `replace SUM:x, IN:y by SUM:(x + y)`',
    }
  }
}

/** The rules of a program's own text that react one by one. */
function oneByOne(subject: Subject): readonly Anatomy[] {
  const anatomies = subject.ownRules().map((shape) => anatomyOf(shape))
  const together = new Set(
    kernelsOf(anatomies.map((anatomy) => recognised(anatomy))).flatMap(({ rules }) => rules),
  )
  return anatomies.filter(
    ({ shape }, at) => !together.has(at) && shape.patterns.length <= MOST_PATTERNS,
  )
}

type Find = Extract<PlanStep, { kind: 'find' }>

/** One search of a rule through a whole class. */
interface Scan {
  readonly anatomy: Anatomy
  readonly active: Head
  readonly step: Find
  /** What the search has found before. */
  readonly before: readonly Head[]
}

/** Whether a new molecule of a rule's own solution makes it look through a class of which many can be there. */
function hasSearch(anatomy: Anatomy, isSlow: (scan: Scan) => boolean): boolean {
  return anatomy.heads.some((active) => {
    if (active.within !== undefined) return false
    const before = [active]
    return planFor(anatomy, active).steps.some((step) => {
      if (step.kind !== 'find') return false
      const scan = { anatomy, active, step, before: [...before] }
      before.push(step.head)
      return isScan(step) && areBothMany(scan) && isSlow(scan)
    })
  })
}

/** A condition on both molecules, which no index answers. */
function isPairTried({ anatomy, step, before }: Scan): boolean {
  const own = new Set(slotsOfReactant(step.head.reactant))
  const known = new Set(before.flatMap(({ reactant }) => slotsOfReactant(reactant)))
  return anatomy.conjuncts.some(
    ({ expression, slots }) => some(slots, own) && some(slots, known) && !isQuick(expression, own),
  )
}

/** A solution that may not hold what is wanted of it. */
function isSolutionTried({ anatomy, step: { access, head } }: Scan): boolean {
  if (access.kind !== 'scan' || access.instead !== undefined) return false
  return anatomy.opened.some(({ owner, pattern }) => owner === head && mayMiss(pattern))
}

/**
 * Whether there can be many of both. What a rule takes and gives back, one for one, is mostly a state of
 * which there is one: a counter, a network, a setting.
 */
function areBothMany({ anatomy: { shape }, active, step: { head } }: Scan): boolean {
  const [one, other] = [sortOf(active.reactant.pattern), sortOf(head.reactant.pattern)]
  if (one === other) return one !== undefined
  return [one, other].every((sort) => sort?.includes(':') === true && !isGivenBack(sort, shape))
}

/** Patterns of one sort take the same molecules: `TAG:_:_`. */
function sortOf(pattern: Pattern): string | undefined {
  switch (pattern.kind) {
    case 'tuple':
      return tupleSort(
        pattern.fields.map((field) => (field.kind === 'constant' ? field.value : undefined)),
      )
    case 'variable':
    case 'wildcard':
      return pattern.type === undefined ? 'molecule' : typeText(pattern.type)
    case 'list':
    case 'solution':
      return pattern.kind
    case 'constant':
    case 'rule':
      return undefined
  }
}

function tupleSort(fields: readonly (Molecule | undefined)[]): string {
  return fields.map((value) => (isTagValue(value) ? printInline(value) : '_')).join(':')
}

function isTagValue(value: Molecule | undefined): value is Symbol {
  return value !== undefined && isSymbol(value)
}

function isGivenBack(sort: string, { product }: RuleShape): boolean {
  return product.elements.some(
    (element) =>
      element.kind === 'molecule' &&
      element.expression.kind === 'tuple' &&
      sort ===
        tupleSort(
          element.expression.fields.map((field) =>
            field.kind === 'constant' ? field.value : undefined,
          ),
        ),
  )
}

function isScan(step: PlanStep): step is Find {
  if (step.kind !== 'find' || step.head.within !== undefined) return false
  return step.access.kind === 'scan' && step.access.instead?.kind !== 'content'
}

/** Of what is compared by order most react, or an index finds them; and nearly all that is there differs. */
function isQuick(expression: Expression, own: ReadonlySet<Slot>): boolean {
  if (expression.kind !== 'binary') return false
  const { operator, left, right } = expression
  if (operator === '!=') return true
  if (!['<', '<=', '>', '>='].includes(operator)) return false
  return isAlone(left, right, own) || isAlone(right, left, own)
}

/** Whether one side reads the wanted molecule only, and the other nothing of it. */
function isAlone(side: Expression, other: Expression, own: ReadonlySet<Slot>): boolean {
  return [...slotsOf(side)].every((slot) => own.has(slot)) && !some(slotsOf(other), own)
}

/** Whether there are solutions with something in them that it does not fit. */
function mayMiss({ patterns, rests }: SolutionPattern): boolean {
  if (patterns.length > 0 && rests.length === 0) return true
  return patterns.some(
    ({ pattern }) =>
      (pattern.kind !== 'variable' && pattern.kind !== 'wildcard') || pattern.type !== undefined,
  )
}

/** Whether a product puts items to the rest of a list. */
function copiesList({ patterns, product }: RuleShape): boolean {
  const rests = new Set<Slot>()
  for (const { pattern } of patterns) listRests(pattern, rests)
  return rests.size > 0 && product.elements.some((element) => isCopyIn(element, rests))
}

function isCopyIn(element: Molecules['elements'][number], rests: ReadonlySet<Slot>): boolean {
  switch (element.kind) {
    case 'molecule':
      return isCopy(element.expression, rests)
    case 'group':
      return element.molecules.elements.some((each) => isCopyIn(each, rests))
    case 'spread':
    case 'rest':
      return false
  }
}

function isCopy(expression: Expression, rests: ReadonlySet<Slot>): boolean {
  switch (expression.kind) {
    case 'list':
      return (
        isMoreThan(expression.items, rests) ||
        expression.items.some((item) => item.kind === 'item' && isCopy(item.expression, rests))
      )
    case 'tuple':
      return expression.fields.some((field) => isCopy(field, rests))
    case 'solution':
      return expression.molecules.elements.some((each) => isCopyIn(each, rests))
    case 'conditional':
      return isCopy(expression.then, rests) || isCopy(expression.else, rests)
    case 'let':
      return isCopy(expression.body, rests)
    case 'slot':
    case 'captured':
    case 'constant':
    case 'unary':
    case 'binary':
    case 'cast':
    case 'instanceof':
    case 'call':
    case 'method':
    case 'index':
    case 'make-rule':
      return false
  }
}

/** Whether a list is a rest and something beside it. */
function isMoreThan(items: readonly ListItem[], rests: ReadonlySet<Slot>): boolean {
  return (
    items.length > 1 &&
    items.some(
      (item) => item.kind === 'rest' && item.rest.kind === 'slot' && rests.has(item.rest.slot),
    )
  )
}

function listRests(pattern: Pattern, into: Set<Slot>): void {
  switch (pattern.kind) {
    case 'list':
      for (const item of pattern.items)
        if (item.kind === 'rest') into.add(item.slot)
        else listRests(item.pattern, into)
      return
    case 'tuple':
      for (const field of pattern.fields) listRests(field, into)
      return
    case 'solution':
      for (const { pattern: inner } of pattern.patterns) listRests(inner, into)
      return
    case 'variable':
    case 'wildcard':
    case 'constant':
    case 'rule':
  }
}

function some(slots: ReadonlySet<Slot>, among: ReadonlySet<Slot>): boolean {
  for (const slot of slots) if (among.has(slot)) return true
  return false
}
