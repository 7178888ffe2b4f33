import { isRule, prelude, shapeOf } from '../../interpreter/index.ts'
import type {
  Element,
  Entry,
  Expression,
  HostFunction,
  Pattern,
  RuleShape,
  Slot,
  SolutionValue,
} from '../../interpreter/index.ts'
import { keysOf, reactantsOf } from './rule-keys.ts'
import type { KeyPlace, RuleKey } from './rule-keys.ts'
import type { Sort, Taken } from './sorts.ts'

/** How one rule finds all that it takes in one shard. */
export interface RulePlacement {
  readonly rule: string
  readonly line: number
  readonly way:
    /** It takes one molecule, wherever that is. */
    | { readonly kind: 'local' }
    /** All that it takes has the same value in some place. */
    | { readonly kind: 'keyed'; readonly by: string }
    /** All that it takes comes to one shard. */
    | { readonly kind: 'central'; readonly why: string }
}

/** Where the molecules of a program belong. */
export interface Placement {
  /** For all rules that can act in the outermost solution. */
  readonly rules: readonly RulePlacement[]
  /** Rules that act in each shard. Empty where everything is in one. */
  readonly everywhere: readonly Entry[]
  /** Everything comes to one shard, rules included, and why. */
  readonly isCentral: string | undefined
  /** What tells where a molecule of a sort belongs: a place in it, or `central`. Others belong where their value says. */
  readonly keys: ReadonlyMap<Sort, KeyPlace | 'central'>
  /** Molecules that come to one shard may react elsewhere first. */
  readonly mayReactOnTheWay: boolean
  /** Solutions that react for long at that shard do so elsewhere, until they are inert. */
  readonly lendsUnits: boolean
}

/** Finds out where the molecules of a program belong, from what its rules say: those that act, and all that it can make. */
export function placementOf(first: SolutionValue, made: readonly RuleShape[]): Placement {
  const rules: Entry[] = []
  for (const entry of first.contents().entries()) if (isRule(entry[0])) rules.push(entry)
  const shapes = rules.flatMap(([rule]) => (isRule(rule) ? [shapeOf(rule)] : []))
  const why = whyCentral(shapes)
  const takesAll = [...shapes, ...made].some(takesAllCopies)
  if (why !== undefined) return central(shapes, why, { lendsUnits: !takesAll })
  const ways = new Ways(shapes)
  return {
    rules: shapes.map((shape) => ways.placementOf(shape)),
    everywhere: rules.filter(([rule]) => isRule(rule) && shapeOf(rule).shots === 'many'),
    isCentral: undefined,
    keys: ways.keys,
    mayReactOnTheWay: !shapes.some(takesAllCopies),
    lendsUnits: !takesAll,
  }
}

/** Everything at one shard, as whoever submits a program may want it: rules can come in later then. */
export function centralPlacementOf(first: SolutionValue, made: readonly RuleShape[]): Placement {
  const shapes: RuleShape[] = []
  for (const [rule] of first.contents().entries()) if (isRule(rule)) shapes.push(shapeOf(rule))
  const lendsUnits = ![...shapes, ...made].some(takesAllCopies)
  return central(shapes, 'whoever submitted it has asked for that', { lendsUnits })
}

function central(
  shapes: readonly RuleShape[],
  why: string,
  { lendsUnits }: Pick<Placement, 'lendsUnits'>,
): Placement {
  return {
    rules: shapes.map((shape) => ({ ...named(shape), way: { kind: 'central', why } })),
    everywhere: [],
    isCentral: why,
    keys: new Map(),
    mayReactOnTheWay: false,
    lendsUnits,
  }
}

/** Why nothing can be told of single molecules; undefined where it can. */
function whyCentral(shapes: readonly RuleShape[]): string | undefined {
  for (const shape of shapes) {
    const title = shape.name === undefined ? 'a rule without a name' : `\`${shape.name}\``
    for (const { taken } of reactantsOf(shape)) {
      if (taken.kind === 'any')
        return `${title} takes molecules of any sort; give its variables types`
      if (taken.kind === 'rules') return `${title} takes rules`
    }
    if (mayRelease(shape))
      return `${title} may put rules into the solution; give what it opens a type, as in \`x::Int\``
  }
  return undefined
}

/** Which variables and sorts go together. */
class Ways {
  readonly keys = new Map<Sort, KeyPlace | 'central'>()
  readonly #keyed = new Map<RuleShape, RuleKey>()
  readonly #why = new Map<RuleShape, string>()
  /** Tuples of so many fields that some rule takes whatever they begin with: all of them are one sort. */
  readonly #wide = new Set<number>()

  constructor(shapes: readonly RuleShape[]) {
    for (const shape of shapes)
      for (const { taken } of reactantsOf(shape))
        if (taken.kind === 'tuples') this.#wide.add(taken.arity)
    for (const shape of shapes) {
      if (shape.shots === 'one') this.#center(shape, 'it reacts once, and must meet what it takes')
      else if (takesAllCopies(shape) && shape.patterns.length > 1)
        this.#center(shape, 'it takes all copies of one molecule together with others')
    }
    if (shapes.some(({ shots }) => shots === 'one')) this.keys.set('rule', 'central')
    const several = shapes.filter(({ patterns }) => patterns.length > 1)
    for (const shape of several) if (!this.#why.has(shape)) this.#place(shape)
    // What one rule wants in the middle every rule that takes it finds there only.
    for (let isSettled = false; !isSettled;) {
      isSettled = true
      for (const shape of several) {
        const sorts = this.#sortsOf(shape)
        const some = sorts.find((sort) => this.keys.get(sort) === 'central')
        if (some === undefined || sorts.every((sort) => this.keys.get(sort) === 'central')) continue
        this.#center(shape, `molecules of the sort ${some} come to one shard`)
        isSettled = false
      }
    }
  }

  placementOf(shape: RuleShape): RulePlacement {
    const why = this.#why.get(shape)
    if (why !== undefined) return { ...named(shape), way: { kind: 'central', why } }
    const key = this.#keyed.get(shape)
    if (key !== undefined) return { ...named(shape), way: { kind: 'keyed', by: key.name } }
    return { ...named(shape), way: { kind: 'local' } }
  }

  #place(shape: RuleShape): void {
    const sorts = this.#sortsOf(shape)
    const key = keysOf(shape).find(({ places }) => this.#fits(sorts, places))
    if (key === undefined) {
      const why =
        keysOf(shape).length === 0
          ? 'no variable stands in all that it takes'
          : 'other rules tie the same molecules by another field'
      this.#center(shape, why)
      return
    }
    this.#keyed.set(shape, key)
    for (const [i, sort] of sorts.entries()) {
      const place = key.places[i]
      if (place !== undefined) this.keys.set(sort, place)
    }
  }

  #fits(sorts: readonly Sort[], places: readonly KeyPlace[]): boolean {
    const own = new Map<Sort, KeyPlace>()
    return sorts.every((sort, i) => {
      const place = places[i]
      const known = this.keys.get(sort) ?? own.get(sort)
      if (place === undefined || (known !== undefined && known !== place)) return false
      own.set(sort, place)
      return true
    })
  }

  #center(shape: RuleShape, why: string): void {
    this.#keyed.delete(shape)
    this.#why.set(shape, why)
    for (const sort of this.#sortsOf(shape)) this.keys.set(sort, 'central')
  }

  #sortsOf(shape: RuleShape): readonly Sort[] {
    return reactantsOf(shape).map(({ taken }) => this.#sortOf(taken))
  }

  #sortOf(taken: Taken): Sort {
    if (taken.kind === 'tuples') return wideSort(taken.arity)
    if (taken.kind !== 'sort') return taken.kind
    const arity = Number(taken.sort.split('/')[1])
    return this.#wide.has(arity) ? wideSort(arity) : taken.sort
  }
}

/** The sort of all tuples of so many fields, where they cannot be told apart. */
export function wideSort(arity: number): Sort {
  return `*/${String(arity)}`
}

function named({ name, place }: RuleShape): { readonly rule: string; readonly line: number } {
  return { rule: name ?? 'anonymous', line: place.source.position(place.span.start).line }
}

function takesAllCopies({ patterns }: RuleShape): boolean {
  return patterns.some(({ kind }) => kind === 'all')
}

/** Whether a reaction may put rules into the solution that its rule is in. */
function mayRelease({ patterns, product, topRests }: RuleShape): boolean {
  // A rest outside of `< >` is empty.
  const harmless = new Set<Slot>(topRests)
  for (const { pattern } of patterns) harmlessSlots(pattern, harmless)
  return product.elements.some((element) => releases(element, harmless))
}

/** Variables that stand for no rule, and for nothing that holds one: fields of atoms’ types. */
function harmlessSlots(pattern: Pattern, into: Set<Slot>): void {
  switch (pattern.kind) {
    case 'variable': {
      const kind = pattern.type?.kind
      if (kind !== undefined && kind !== 'rule' && kind !== 'any') into.add(pattern.slot)
      return
    }
    case 'tuple':
      for (const field of pattern.fields) harmlessSlots(field, into)
      return
    case 'list':
      for (const item of pattern.items) if (item.kind === 'item') harmlessSlots(item.pattern, into)
      return
    case 'solution':
      for (const { pattern: inner } of pattern.patterns) harmlessSlots(inner, into)
      return
    case 'wildcard':
    case 'constant':
    case 'rule':
  }
}

function releases(element: Element, harmless: ReadonlySet<Slot>): boolean {
  switch (element.kind) {
    case 'rest':
      return element.rest.kind !== 'slot' || !harmless.has(element.rest.slot)
    case 'spread':
      return mayBeRule(element.expression, new Set())
    case 'group':
      return element.molecules.elements.some((each) => releases(each, harmless))
    case 'molecule':
      return mayBeRule(element.expression, harmless)
  }
}

function mayBeRule(expression: Expression, harmless: ReadonlySet<Slot>): boolean {
  switch (expression.kind) {
    case 'slot':
      return !harmless.has(expression.slot)
    case 'conditional':
      return mayBeRule(expression.then, harmless) || mayBeRule(expression.else, harmless)
    case 'let':
      return mayBeRule(expression.body, harmless)
    case 'constant':
      return isRule(expression.value)
    case 'call':
      return !MAKE_NO_RULES.has(expression.function)
    case 'captured':
    case 'method':
    case 'index':
    case 'cast':
    case 'make-rule':
      return true
    case 'unary':
    case 'binary':
    case 'instanceof':
    case 'tuple':
    case 'list':
    case 'solution':
      return false
  }
}

/** Functions of the prelude whose results are atoms or lists of atoms, whatever they are given. */
const MAKE_NO_RULES: ReadonlySet<HostFunction> = new Set(
  'size length indexOf parseInt int float sqrt random string substring trim toUpperCase toLowerCase join replaceAll charAt contains startsWith endsWith isEmpty matches split'
    .split(' ')
    .flatMap((name) => prelude.functions.get(name) ?? []),
)
