import { isSymbol } from '../../interpreter/index.ts'
import type { Expression, Pattern, Slot } from '../../interpreter/index.ts'
import { boundBy, slotsOf } from './heads.ts'
import type { Anatomy, Conjunct, Head, Opened, Split } from './heads.ts'
import type {
  Access,
  ContentAccess,
  FieldKey,
  KnownValue,
  MatchPlan,
  OrderedAccess,
  PlanStep,
} from './plan.ts'

/** How many candidates an access path gives; undefined where nothing tells. */
export type Estimate = (head: Head, access: Access) => number | undefined

const unknown: Estimate = () => undefined

/**
 * Orders a rule's search, given the head that is already there. Greedy: what needs no search first, then
 * the head with the fewest candidates; a condition is checked as soon as its variables are bound.
 */
export function planFor(
  anatomy: Anatomy,
  active: Head | undefined,
  estimate: Estimate = unknown,
): MatchPlan {
  return new Planner(anatomy, active, estimate).plan()
}

class Planner {
  readonly #anatomy: Anatomy
  readonly #active: Head | undefined
  readonly #bound: Set<Slot>
  readonly #steps: PlanStep[] = []
  readonly #heads: Set<Head>
  readonly #splits: Set<Split>
  readonly #opened: Set<Opened>
  readonly #conjuncts: Set<Conjunct>
  readonly #done = new Set<Head>()

  readonly #estimate: Estimate

  constructor(anatomy: Anatomy, active: Head | undefined, estimate: Estimate) {
    this.#estimate = estimate
    this.#anatomy = anatomy
    this.#active = active
    this.#bound = new Set(anatomy.shape.topRests)
    this.#heads = new Set(anatomy.heads)
    this.#splits = new Set(anatomy.splits)
    this.#opened = new Set(anatomy.opened)
    this.#conjuncts = new Set(anatomy.conjuncts)
  }

  plan(): MatchPlan {
    this.#check()
    if (this.#active !== undefined) this.#place(this.#active, { kind: 'take', head: this.#active })
    while (this.#heads.size > 0 || this.#splits.size > 0 || this.#opened.size > 0) {
      if (this.#settle()) continue
      const next = this.#bestHead()
      if (next === undefined) break
      this.#place(next.head, { kind: 'find', ...next })
    }
    return { anatomy: this.#anatomy, active: this.#active, steps: this.#steps }
  }

  #place(head: Head, step: PlanStep): void {
    this.#heads.delete(head)
    this.#done.add(head)
    this.#steps.push(step)
    boundBy(head.reactant.pattern, this.#bound)
    if (head.reactant.kind === 'all') this.#bound.add(head.reactant.multiplicity)
    this.#check()
  }

  /** Does what needs no search: closes a solution whose molecules are all found, or splits a list. */
  #settle(): boolean {
    for (const opened of this.#opened) {
      if (!this.#done.has(opened.owner) || this.#isInSplit(opened)) continue
      if (!opened.heads.every((head) => this.#done.has(head))) continue
      this.#opened.delete(opened)
      this.#steps.push({ kind: 'close', opened })
      for (const rest of opened.pattern.rests) this.#bound.add(rest)
      this.#check()
      return true
    }
    for (const split of this.#splits) {
      if (!this.#done.has(split.owner)) continue
      this.#splits.delete(split)
      this.#steps.push({ kind: 'split', split })
      for (const item of split.pattern.items)
        if (item.kind === 'rest') this.#bound.add(item.slot)
        else boundBy(item.pattern, this.#bound)
      this.#check()
      return true
    }
    return false
  }

  #check(): void {
    for (const conjunct of this.#conjuncts) {
      if (![...conjunct.slots].every((slot) => this.#bound.has(slot))) continue
      this.#conjuncts.delete(conjunct)
      this.#steps.push({ kind: 'check', conjunct })
    }
  }

  #bestHead(): { head: Head; access: Access } | undefined {
    let best: { head: Head; access: Access } | undefined
    let fewest = Infinity
    for (const head of this.#heads) {
      if (!this.#canFind(head)) continue
      const access = this.#access(head)
      const candidates = this.#estimate(head, access) ?? candidatesOf(access, head)
      if (candidates >= fewest) continue
      best = { head, access }
      fewest = candidates
    }
    return best
  }

  /** A solution must be there before it is looked into; one that takes all copies goes last among its neighbours. */
  #canFind(head: Head): boolean {
    if (head.within !== undefined && !this.#done.has(head.within.owner)) return false
    if (head.within !== undefined && this.#isInSplit(head.within)) return false
    if (head.reactant.kind !== 'all') return true
    return ![...this.#heads].some(
      (other) => other.within === head.within && other.reactant.kind !== 'all',
    )
  }

  /** A solution inside a list that is not split yet. */
  #isInSplit(opened: Opened): boolean {
    return [...this.#splits].some(
      (split) => split.owner === opened.owner && holds(split.pattern, opened.pattern),
    )
  }

  #access(head: Head): Access {
    const { pattern } = head.reactant
    const known = this.#known(pattern)
    if (known?.kind === 'slot') return { kind: 'whole', value: known }
    const keys = pattern.kind === 'tuple' ? this.#fieldKeys(pattern.fields) : []
    if (keys.some((key) => key.value.kind === 'slot')) return { kind: 'fields', keys }
    const equated = this.#equated(pattern)
    if (equated !== undefined)
      return { ...equated, keys: [...keys, ...equated.keys].sort((a, b) => a.column - b.column) }
    const functional = this.#functional(pattern)
    if (functional !== undefined) return functional
    if (known !== undefined) return { kind: 'whole', value: known }
    if (keys.length > 0) return { kind: 'fields', keys }
    const instead = this.#ordered(pattern) ?? this.#content(head)
    return instead === undefined ? { kind: 'scan' } : { kind: 'scan', instead }
  }

  /** A tuple that the head's solution must hold, with a field that is known. */
  #content(head: Head): ContentAccess | undefined {
    for (const { owner, pattern, heads } of this.#anatomy.opened) {
      if (owner !== head) continue
      const path = pathTo(head.reactant.pattern, pattern)
      if (path === undefined) continue
      for (const { reactant } of heads) {
        if (reactant.kind !== 'single' || reactant.pattern.kind !== 'tuple') continue
        const { fields } = reactant.pattern
        const key = this.#fieldKeys(fields).find(({ value }) => value.kind === 'slot')
        if (key === undefined) continue
        const [first] = fields
        const tag = first?.kind === 'constant' && isSymbol(first.value) ? first.value : undefined
        return { kind: 'content', path, tag, arity: fields.length, key }
      }
    }
    return undefined
  }

  /** A comparison in the condition of one of the wanted molecule's own variables with what is known. */
  #ordered(pattern: Pattern): OrderedAccess | undefined {
    const fields = pattern.kind === 'tuple' ? pattern.fields : [pattern]
    for (const { expression } of this.#conjuncts) {
      if (expression.kind !== 'binary' || !isSide(expression.operator)) continue
      const { left, right, operator } = expression
      for (const [own, known, side] of [
        [left, right, operator],
        [right, left, flipped[operator]],
      ] as const) {
        if (own.kind !== 'slot' || this.#bound.has(own.slot) || !this.#isKnown(known)) continue
        const column = fields.findIndex(
          (field) => field.kind === 'variable' && field.slot === own.slot,
        )
        if (column >= 0) return { kind: 'ordered', column, side, known }
      }
    }
    return undefined
  }

  #known(pattern: Pattern): KnownValue | undefined {
    if (pattern.kind === 'constant') return { kind: 'constant', pattern }
    if ((pattern.kind === 'variable' || pattern.kind === 'rule') && this.#bound.has(pattern.slot))
      return { kind: 'slot', slot: pattern.slot }
    return undefined
  }

  /** A symbol in front tells the class already: no key is needed for it. */
  #fieldKeys(fields: readonly Pattern[]): FieldKey[] {
    return fields.flatMap((field, column) => {
      const value = this.#known(field)
      if (value === undefined || (column === 0 && isTag(field))) return []
      return [{ column, value }]
    })
  }

  /** An equation of the condition with a variable of the wanted tuple on one side and known ones on the other. */
  #equated(pattern: Pattern): Extract<Access, { kind: 'fields' }> | undefined {
    if (pattern.kind !== 'tuple') return undefined
    for (const { expression } of this.#conjuncts) {
      if (expression.kind !== 'binary' || expression.operator !== '==') continue
      const { left, right } = expression
      for (const [own, known] of [
        [left, right],
        [right, left],
      ] as const) {
        if (own.kind !== 'slot' || this.#bound.has(own.slot) || !this.#isKnown(known)) continue
        const column = pattern.fields.findIndex(
          (field) => field.kind === 'variable' && field.slot === own.slot,
        )
        if (column < 0) continue
        return {
          kind: 'fields',
          keys: [{ column, value: { kind: 'expression', expression: known } }],
        }
      }
    }
    return undefined
  }

  /** An equation of the condition with the wanted molecule's own variables on one side and known ones on the other. */
  #functional(pattern: Pattern): Access | undefined {
    const own = new Set([...boundBy(pattern)].filter((slot) => !this.#bound.has(slot)))
    if (own.size === 0) return undefined
    for (const { expression } of this.#conjuncts) {
      if (expression.kind !== 'binary' || expression.operator !== '==') continue
      const { left, right } = expression
      if (this.#isOwn(left, own) && this.#isKnown(right))
        return { kind: 'functional', own: left, known: right, pattern }
      if (this.#isOwn(right, own) && this.#isKnown(left))
        return { kind: 'functional', own: right, known: left, pattern }
    }
    return undefined
  }

  /** What an index is filed by must not change with the rule's captured values or what is bound before. */
  #isOwn(expression: Expression, own: ReadonlySet<Slot>): boolean {
    const slots = slotsOf(expression)
    return slots.size > 0 && [...slots].every((slot) => own.has(slot))
  }

  #isKnown(expression: Expression): boolean {
    return [...slotsOf(expression)].every((slot) => this.#bound.has(slot))
  }
}

/** The fields that lead from a pattern to a solution in it; undefined where a list is on the way. */
function pathTo(outer: Pattern, wanted: Pattern): readonly number[] | undefined {
  if (outer === wanted) return []
  if (outer.kind !== 'tuple') return undefined
  for (const [i, field] of outer.fields.entries()) {
    const rest = pathTo(field, wanted)
    if (rest !== undefined) return [i, ...rest]
  }
  return undefined
}

const flipped = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

function isSide(operator: string): operator is keyof typeof flipped {
  return operator in flipped
}

/** Whether a field gives the class of its tuple. */
export function isTag(pattern: Pattern): boolean {
  return (
    pattern.kind === 'constant' &&
    typeof pattern.value === 'object' &&
    pattern.value.kind === 'symbol'
  )
}

/** A guess at the number of candidates where nothing is known of the solution. Nested solutions are small. */
function candidatesOf(access: Access, head: Head): number {
  const all = head.within === undefined ? 1000 : 500
  switch (access.kind) {
    case 'whole':
      return access.value.kind === 'constant' ? all / 8 : 1
    case 'fields': {
      const slots = access.keys.filter((key) => key.value.kind === 'slot').length
      const others = access.keys.length - slots
      const isEquated = access.keys.some((key) => key.value.kind === 'expression')
      if (slots > 0) return (head.within === undefined ? 10 : 8) / (slots + others / 100)
      return isEquated ? 12 : all / 2 - access.keys.length
    }
    case 'functional':
      return head.within === undefined ? 15 : 13
    case 'ordered':
    case 'content':
      return 0.9 * all
    case 'scan':
      return head.reactant.kind === 'all' ? 2 * all : all
  }
}

function holds(outer: Pattern, wanted: Pattern): boolean {
  if (outer === wanted) return true
  switch (outer.kind) {
    case 'tuple':
      return outer.fields.some((field) => holds(field, wanted))
    case 'list':
      return outer.items.some((item) => item.kind === 'item' && holds(item.pattern, wanted))
    case 'variable':
    case 'wildcard':
    case 'constant':
    case 'rule':
    case 'solution':
      return false
  }
}
