import type {
  Expression,
  Pattern,
  ReactantPattern,
  RestSource,
  RuleShape,
  Slot,
  SolutionPattern,
} from '../../interpreter/index.ts'

/*
 * A rule taken apart for planning: a head for each molecule that it takes, in its own solution or in one
 * that a pattern opens, and a goal for what is left to do when molecules are found.
 */

/** One molecule to be found. */
export interface Head {
  readonly index: number
  readonly reactant: ReactantPattern
  /** The opened solution that it is in; undefined for the rule's own. */
  readonly within: Opened | undefined
}

/** A solution that a pattern opens, kept in a slot of its own once its molecule is found. */
export interface Opened {
  readonly slot: Slot
  readonly pattern: SolutionPattern
  /** The head whose pattern it stands in. */
  readonly owner: Head
  readonly heads: readonly Head[]
}

/** A list with two rests or more, which splits in several ways. */
export interface Split {
  readonly slot: Slot
  readonly pattern: Extract<Pattern, { kind: 'list' }>
  readonly owner: Head
}

/** A part of the condition that can be checked by itself. */
export interface Conjunct {
  readonly expression: Expression
  readonly slots: ReadonlySet<Slot>
}

/** All that a rule's matching consists of. */
export interface Anatomy {
  readonly shape: RuleShape
  readonly heads: readonly Head[]
  readonly opened: readonly Opened[]
  readonly splits: readonly Split[]
  readonly conjuncts: readonly Conjunct[]
  /** Slots of the frame: the shape's, then those of opened solutions and split lists. */
  readonly frameSize: number
  /** The slot that holds a solution or list while it is being looked into. */
  readonly slotOf: ReadonlyMap<Pattern, Slot>
}

const known = new WeakMap<RuleShape, Anatomy>()

/** Takes a rule apart, once for all machines: what is told of it can be kept beside it. */
export function anatomyOf(shape: RuleShape): Anatomy {
  let anatomy = known.get(shape)
  if (anatomy === undefined) known.set(shape, (anatomy = new Dissection(shape).anatomy()))
  return anatomy
}

class Dissection {
  readonly #shape: RuleShape
  readonly #heads: Head[] = []
  readonly #opened: Opened[] = []
  readonly #splits: Split[] = []
  readonly #slotOf = new Map<Pattern, Slot>()
  #slots: number

  constructor(shape: RuleShape) {
    this.#shape = shape
    this.#slots = shape.slotNames.length
  }

  anatomy(): Anatomy {
    this.#reactants(this.#shape.patterns, undefined)
    const { condition } = this.#shape
    return {
      shape: this.#shape,
      heads: this.#heads,
      opened: this.#opened,
      splits: this.#splits,
      conjuncts:
        condition === undefined
          ? []
          : conjunctsOf(condition).map((expression) => ({
              expression,
              slots: slotsOf(expression),
            })),
      frameSize: this.#slots,
      slotOf: this.#slotOf,
    }
  }

  /** The heads of one solution get their numbers before those of the solutions inside. */
  #reactants(reactants: readonly ReactantPattern[], within: Opened | undefined): Head[] {
    const heads = reactants.map((reactant) => {
      const head = { index: this.#heads.length, reactant, within }
      this.#heads.push(head)
      return head
    })
    for (const head of heads) this.#inside(head.reactant.pattern, head)
    return heads
  }

  #inside(pattern: Pattern, owner: Head): void {
    switch (pattern.kind) {
      case 'tuple':
        for (const field of pattern.fields) this.#inside(field, owner)
        return
      case 'list':
        if (isAmbiguous(pattern)) {
          const slot = this.#slot(pattern)
          this.#splits.push({ slot, pattern, owner })
        }
        for (const item of pattern.items)
          if (item.kind === 'item') this.#inside(item.pattern, owner)
        return
      case 'solution': {
        const heads: Head[] = []
        const opened: Opened = { slot: this.#slot(pattern), pattern, owner, heads }
        this.#opened.push(opened)
        heads.push(...this.#reactants(pattern.patterns, opened))
        return
      }
      case 'variable':
      case 'wildcard':
      case 'constant':
      case 'rule':
        return
    }
  }

  #slot(pattern: Pattern): Slot {
    const slot = this.#slots++
    this.#slotOf.set(pattern, slot)
    return slot
  }
}

/** Whether a list can match in more than one way: two rests, or a solution inside an item after a rest is settled by its place. */
export function isAmbiguous(pattern: Extract<Pattern, { kind: 'list' }>): boolean {
  return pattern.items.filter((item) => item.kind === 'rest').length > 1
}

/** The parts of a condition between `&&`: one that fails is false, so each can be tried as soon as it can be worked out. */
function conjunctsOf(condition: Expression): Expression[] {
  if (condition.kind === 'binary' && condition.operator === '&&')
    return [...conjunctsOf(condition.left), ...conjunctsOf(condition.right)]
  return [condition]
}

/** The slots that matching a pattern binds at once, without looking into solutions or splitting lists. */
export function boundBy(pattern: Pattern, into = new Set<Slot>()): Set<Slot> {
  switch (pattern.kind) {
    case 'variable':
    case 'rule':
      into.add(pattern.slot)
      break
    case 'tuple':
      for (const field of pattern.fields) boundBy(field, into)
      break
    case 'list':
      if (isAmbiguous(pattern)) break
      for (const item of pattern.items)
        if (item.kind === 'rest') into.add(item.slot)
        else boundBy(item.pattern, into)
      break
    case 'wildcard':
    case 'constant':
    case 'solution':
  }
  return into
}

/** Whether an expression reads what its rule captured. */
export function readsCaptured(expression: Expression): boolean {
  const captured = new Set<number>()
  slotsOf(expression, new Set(), captured)
  return captured.size > 0
}

/** The slots that an expression reads, those that it binds itself left out; what it reads of the captured values too. */
export function slotsOf(
  expression: Expression,
  into = new Set<Slot>(),
  captured = new Set<number>(),
): Set<Slot> {
  const visit = (inner: Expression): void => {
    slotsOf(inner, into, captured)
  }
  switch (expression.kind) {
    case 'slot':
      into.add(expression.slot)
      break
    case 'captured':
      captured.add(expression.index)
      break
    case 'constant':
      break
    case 'call':
      expression.arguments.forEach(visit)
      break
    case 'method':
      visit(expression.receiver)
      expression.arguments?.forEach(visit)
      break
    case 'unary':
    case 'cast':
    case 'instanceof':
      visit(expression.operand)
      break
    case 'binary':
      visit(expression.left)
      visit(expression.right)
      break
    case 'conditional':
      visit(expression.test)
      visit(expression.then)
      visit(expression.else)
      break
    case 'index':
      visit(expression.object)
      visit(expression.index)
      break
    case 'tuple':
      expression.fields.forEach(visit)
      break
    case 'list':
      for (const item of expression.items)
        if (item.kind === 'item') visit(item.expression)
        else restSlot(item.rest, into, captured)
      break
    case 'solution':
      moleculesSlots(expression.molecules, into, captured)
      break
    case 'make-rule':
      expression.captures.forEach(visit)
      break
    case 'let':
      for (const binding of expression.bindings) visit(binding.value)
      visit(expression.body)
      for (const binding of expression.bindings) into.delete(binding.slot)
  }
  return into
}

function restSlot(rest: RestSource, into: Set<Slot>, captured: Set<number>): void {
  if (rest.kind === 'slot') into.add(rest.slot)
  else captured.add(rest.index)
}

function moleculesSlots(
  molecules: RuleShape['product'],
  into: Set<Slot>,
  captured: Set<number>,
): void {
  for (const binding of molecules.bindings) slotsOf(binding.value, into, captured)
  for (const element of molecules.elements) {
    if (element.kind !== 'spread' && element.multiplicity !== undefined)
      slotsOf(element.multiplicity, into, captured)
    if (element.kind === 'molecule' || element.kind === 'spread')
      slotsOf(element.expression, into, captured)
    if (element.kind === 'group') moleculesSlots(element.molecules, into, captured)
    if (element.kind === 'rest') restSlot(element.rest, into, captured)
  }
  for (const binding of molecules.bindings) into.delete(binding.slot)
}
