import {
  EvaluationFailure,
  List,
  addInt,
  equal,
  isInfinite,
  isInt,
} from '../../interpreter/index.ts'
import type {
  Expression,
  Int,
  ListItemPattern,
  Molecule,
  Pattern,
  TypeTest,
} from '../../interpreter/index.ts'
import { Membrane } from '../membrane.ts'
import type { Anatomy, Head, Opened, Split } from '../plan/heads.ts'
import type { Access, KnownValue, MatchPlan, PlanStep } from '../plan/plan.ts'
import { Residual, lessen } from '../residual.ts'
import type { Taken } from '../residual.ts'
import type { HashIndex, IndexSpec } from '../store/hash-index.ts'
import { joinedKey, keyOf } from '../store/key.ts'
import type { Key } from '../store/key.ts'
import type { MoleculeClass } from '../store/molecule-class.ts'
import type { Store } from '../store/store.ts'
import { conditionCode, expressionCode } from './expressions.ts'
import { indexSpecFor } from './index-specs.ts'
import { headCode, matchCode } from './patterns.ts'
import type { HeadCode, PatternContext } from './patterns.ts'
import { BROKEN_OFF, NOTHING } from './run.ts'
import type { Answer, Run, Step } from './run.ts'

/** A plan as code: `start` is given the activated molecule's store and slot. */
export interface SearchCode {
  readonly plan: MatchPlan
  readonly start: (run: Run, store: Store | undefined, slot: number) => Answer
}

/** Below this many candidates a scan beats an index. */
const FEW = 8

/** Compiles a plan; `react` is what happens with a match. */
export function searchCode(
  plan: MatchPlan,
  react: Step,
  context: Omit<PatternContext, 'bound' | 'anatomy'>,
): SearchCode {
  const compiler = new SearchCompiler(plan, context)
  return { plan, start: compiler.compile(react) }
}

class SearchCompiler {
  readonly #plan: MatchPlan
  readonly #context: PatternContext
  readonly #placed: Head[] = []
  #levels = 0

  constructor(plan: MatchPlan, context: Omit<PatternContext, 'bound' | 'anatomy'>) {
    this.#plan = plan
    this.#context = {
      ...context,
      anatomy: plan.anatomy,
      bound: new Set(plan.anatomy.shape.topRests),
    }
  }

  /** Patterns compile from the front, as what is bound grows; the steps are then linked from the back. */
  compile(react: Step): SearchCode['start'] {
    const makers = this.#plan.steps.map((step) => this.#maker(step))
    const links = makers.reduceRight<Step>((next, make) => make(next), react)
    const { shape } = this.#plan.anatomy
    const empty = new Residual(undefined, [])
    return (run, store, slot) => {
      for (const rest of shape.topRests) run.slots[rest] = empty
      const { active } = this.#plan
      if (active !== undefined && store !== undefined) {
        run.stores[active.index] = store
        run.chosen[active.index] = slot
      }
      return links(run)
    }
  }

  #maker(step: PlanStep): (next: Step) => Step {
    switch (step.kind) {
      case 'take':
        return this.#take(step.head)
      case 'find':
        return this.#find(step.head, step.access)
      case 'split':
        return this.#split(step.split)
      case 'close':
        return this.#close(step.opened)
      case 'check': {
        const holds = conditionCode(step.conjunct.expression)
        return (next) => (run) => (holds(run) ? next(run) : NOTHING)
      }
    }
  }

  #take(head: Head): (next: Step) => Step {
    const match = headCode(head, this.#context)
    const isFree = this.#copies(head)
    this.#placed.push(head)
    const { index } = head
    return (next) => (run) => {
      const store = run.stores[index]
      const slot = run.chosen[index]
      if (store === undefined || slot === undefined) return NOTHING
      return isFree(run, store, slot) && match(store, slot, run) ? next(run) : NOTHING
    }
  }

  #find(head: Head, access: Access): (next: Step) => Step {
    const candidates = candidatesCode(access, this.#plan.anatomy, tagOf(head.reactant.pattern))
    const scope = scopeCode(head)
    const stores = storesCode(head.reactant.pattern)
    const match = headCode(head, this.#context)
    const isFree = this.#copies(head)
    const level = this.#levels++
    this.#placed.push(head)
    return (next) =>
      findCode({ index: head.index, level, scope, stores, candidates, match, isFree }, next)
  }

  /** Whether enough copies are left when the heads before have taken theirs; notes how many this head takes. */
  #copies(head: Head): (run: Run, store: Store, slot: number) => boolean {
    const rivals = this.#placed
      .filter((other) => other.within === head.within)
      .map((other) => other.index)
    const { index, reactant } = head
    const isTop = head.within === undefined
    const usedBy = (run: Run, store: Store, slot: number): Int => {
      let used: Int = isTop && store.class.kind === 'rule' && slot === run.ruleSlot ? 1 : 0
      for (const rival of rivals)
        if (run.chosen[rival] === slot && run.stores[rival] === store)
          used = addInt(used, run.needs[rival] ?? 1)
      return used
    }
    switch (reactant.kind) {
      case 'single':
        return (run, store, slot) => {
          run.needs[index] = 1
          const used = usedBy(run, store, slot)
          return store.copies === undefined ? used === 0 : lessen(store.copiesOf(slot), used) >= 1
        }
      case 'fixed': {
        const wanted = fixedCode(reactant.multiplicity)
        return (run, store, slot) => {
          const n = wanted(run)
          if (n === undefined) return false
          run.needs[index] = n
          const left = lessen(store.copiesOf(slot), usedBy(run, store, slot))
          return n > 0 ? left >= n : left <= n
        }
      }
      case 'all': {
        const bind = matchCode(
          { kind: 'variable', slot: reactant.multiplicity, type: undefined },
          this.#context,
        )
        return (run, store, slot) => {
          const left = lessen(store.copiesOf(slot), usedBy(run, store, slot))
          run.needs[index] = left
          return left !== 0 && bind(left, run)
        }
      }
    }
  }

  #close(opened: Opened): (next: Step) => Step {
    const { slot, heads, pattern } = opened
    const indexes = heads.map((head) => head.index)
    const [first, ...others] = pattern.rests
    const binds = [first, ...others].flatMap((rest) =>
      rest === undefined
        ? []
        : [matchCode({ kind: 'variable', slot: rest, type: undefined }, this.#context)],
    )
    return (next) => (run) => {
      const membrane = run.slots[slot]
      if (!(membrane instanceof Membrane)) return NOTHING
      if (first === undefined) return isAllTaken(membrane, indexes, run) ? next(run) : NOTHING
      const residual = new Residual(membrane, takenBy(indexes, run))
      for (let i = 0; i < binds.length; i++)
        if (binds[i]?.(i === 0 ? residual : new Residual(undefined, []), run) !== true)
          return NOTHING
      return next(run)
    }
  }

  #split({ slot, pattern }: Split): (next: Step) => Step {
    const parts = pattern.items.map((item) => ({
      item,
      match: matchCode(itemPattern(item), this.#context),
    }))
    return (next) => {
      const from = (at: number, given: readonly Molecule[], run: Run): Answer => {
        const part = parts[at]
        if (part === undefined) return given.length === 0 ? next(run) : NOTHING
        if (part.item.kind === 'item') {
          const [item] = given
          return item !== undefined && part.match(item, run)
            ? from(at + 1, given.slice(1), run)
            : NOTHING
        }
        const shortest = at === parts.length - 1 ? given.length : 0
        for (let length = given.length; length >= shortest; length--) {
          if (!part.match(new List(given.slice(0, length)), run)) continue
          const answer = from(at + 1, given.slice(length), run)
          if (answer !== NOTHING) return answer
        }
        return NOTHING
      }
      return (run) => {
        const list = run.slots[slot]
        return typeof list === 'object' && list.kind === 'list' ? from(0, list.items, run) : NOTHING
      }
    }
  }
}

function itemPattern(item: ListItemPattern): Pattern {
  return item.kind === 'item'
    ? item.pattern
    : { kind: 'variable', slot: item.slot, type: undefined }
}

interface Finding {
  readonly index: number
  readonly level: number
  readonly scope: (run: Run) => Membrane
  readonly stores: (membrane: Membrane) => readonly (Store | undefined)[]
  readonly candidates: (run: Run, store: Store) => readonly number[]
  readonly match: HeadCode
  readonly isFree: (run: Run, store: Store, slot: number) => boolean
}

/** The loop over the candidates for one head. */
function findCode(
  { index, level, scope, stores, candidates, match, isFree }: Finding,
  next: Step,
): Step {
  return (run) => {
    const from = run.resumed(level)
    const all = stores(scope(run))
    for (let s = from?.store ?? 0; s < all.length; s++) {
      const store = all[s]
      if (store === undefined || store.linked.length === 0) continue
      const slots = candidates(run, store)
      const n = slots.length
      if (n === 0) continue
      const isHere = from !== undefined && s === from.store
      const offset = isHere ? from.offset : run.first(n)
      for (let i = isHere ? from.candidate : 0; i < n; i++) {
        if (run.isOverdue) {
          run.save(level, s, i, offset)
          return BROKEN_OFF
        }
        const slot = slots[i + offset < n ? i + offset : i + offset - n]
        if (slot === undefined || !isFree(run, store, slot) || !match(store, slot, run)) continue
        run.stores[index] = store
        run.chosen[index] = slot
        const answer = next(run)
        if (answer === NOTHING) continue
        if (answer === BROKEN_OFF) run.save(level, s, i, offset)
        return answer
      }
    }
    return NOTHING
  }
}

function scopeCode(head: Head): (run: Run) => Membrane {
  const { within } = head
  if (within === undefined) return (run) => run.membrane
  const { slot } = within
  return (run) => {
    const membrane = run.slots[slot]
    if (!(membrane instanceof Membrane))
      throw new Error('a solution is looked into before it is opened')
    return membrane
  }
}

const NO_STORES: readonly (Store | undefined)[] = []

/** The stores that can hold what a pattern takes. */
function storesCode(pattern: Pattern): (membrane: Membrane) => readonly (Store | undefined)[] {
  const accepts = acceptsCode(pattern)
  return (membrane) => {
    const { stores } = membrane
    let only: Store | undefined
    let several: Store[] | undefined
    for (const store of stores) {
      if (store === undefined || store.linked.length === 0 || !accepts(store.class)) continue
      if (only === undefined) only = store
      else (several ??= [only]).push(store)
    }
    return several ?? (only === undefined ? NO_STORES : only.alone)
  }
}

/** Whether a pattern can take molecules of a class: decided once for each class. */
export function acceptsCode(pattern: Pattern): (moleculeClass: MoleculeClass) => boolean {
  const known: (boolean | undefined)[] = []
  return (moleculeClass) => (known[moleculeClass.id] ??= accepts(pattern, moleculeClass))
}

function accepts(pattern: Pattern, moleculeClass: MoleculeClass): boolean {
  switch (pattern.kind) {
    case 'variable':
    case 'wildcard':
      return pattern.type === undefined || canHaveType(moleculeClass, pattern.type)
    case 'constant':
      return moleculeClass.kind === classKindOf(pattern.value)
    case 'tuple': {
      if (moleculeClass.kind !== 'tuple' || moleculeClass.arity !== pattern.fields.length)
        return false
      const [first] = pattern.fields
      if (moleculeClass.tag === undefined || first === undefined) return true
      return first.kind === 'constant'
        ? equal(first.value, moleculeClass.tag)
        : first.kind === 'variable' || first.kind === 'wildcard'
    }
    case 'list':
    case 'solution':
    case 'rule':
      return moleculeClass.kind === pattern.kind
  }
}

function classKindOf(value: Molecule): MoleculeClass['kind'] {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 'int'
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'object':
      return value.kind === 'pending' ? 'host' : value.kind
  }
}

function canHaveType({ kind, arity }: MoleculeClass, type: TypeTest): boolean {
  switch (type.kind) {
    case 'any':
      return true
    case 'object':
      return kind !== 'rule' && kind !== 'solution'
    case 'number':
      return kind === 'int' || kind === 'float'
    case 'fields':
      return kind === 'tuple' && arity === type.fields.length
    case 'int':
    case 'float':
    case 'boolean':
    case 'string':
    case 'symbol':
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
    case 'host':
      return kind === type.kind
  }
}

const TAG_ACCESS: Access & { kind: 'fields' } = {
  kind: 'fields',
  keys: [{ column: 0, value: { kind: 'slot', slot: 0 } }],
}

function tagOf(pattern: Pattern): Molecule | undefined {
  const first = pattern.kind === 'tuple' ? pattern.fields[0] : undefined
  return first?.kind === 'constant' ? first.value : undefined
}

/** The slots of a store that are worth looking at. */
function candidatesCode(
  access: Access,
  anatomy: Anatomy,
  tag: Molecule | undefined,
): (run: Run, store: Store) => readonly number[] {
  if (access.kind === 'scan') {
    if (tag === undefined) return (_, store) => store.linked
    // A rule that came later than its molecules: their class is not the tag's own.
    const key = keyOf(tag)
    const spec = indexSpecFor(TAG_ACCESS, anatomy)
    return (run, store) =>
      store.class.tag !== undefined || store.linked.length <= FEW
        ? store.linked
        : store.index(spec(run)).slots(key)
  }
  const { spec, key } = keyCode(access, anatomy)
  return (run, store) => {
    if (store.linked.length <= FEW) return store.linked
    const wanted = key(run)
    if (wanted === undefined) return store.linked
    const index: HashIndex = store.index(spec(run))
    return index.slots(wanted)
  }
}

interface KeyCode {
  readonly spec: (run: Run) => IndexSpec
  readonly key: (run: Run) => Key | undefined
}

function keyCode(access: Exclude<Access, { kind: 'scan' }>, anatomy: Anatomy): KeyCode {
  const spec = indexSpecFor(access, anatomy)
  switch (access.kind) {
    case 'whole':
      return { spec, key: knownKey(access.value) }
    case 'fields': {
      const keys = access.keys.map(({ value }) => knownKey(value))
      const [only] = keys
      if (only !== undefined && keys.length === 1) return { spec, key: only }
      return { spec, key: (run) => joinedKey(keys.map((key) => key(run))) }
    }
    case 'functional': {
      const known = expressionCode(access.known)
      return {
        spec,
        // A condition that fails is false: nothing is filed under this key.
        key: (run) => {
          try {
            return keyOf(known(run))
          } catch (error) {
            if (error instanceof EvaluationFailure) return NO_KEY
            throw error
          }
        },
      }
    }
  }
}

const NO_KEY = {}

function knownKey(value: KnownValue): (run: Run) => Key {
  if (value.kind === 'constant') {
    const key = keyOf(value.pattern.value)
    return () => key
  }
  const { slot } = value
  return (run) => keyOf(run.slots[slot] ?? 0)
}

/** The n of `p^n`; undefined where it is no number of copies, and then nothing matches. */
function fixedCode(multiplicity: Expression): (run: Run) => Int | undefined {
  const code = expressionCode(multiplicity)
  return (run) => {
    try {
      const n = code(run)
      return isInt(n) && n !== 0 && !isInfinite(n) ? n : undefined
    } catch (error) {
      if (error instanceof EvaluationFailure) return undefined
      throw error
    }
  }
}

function takenBy(indexes: readonly number[], run: Run): Taken[] {
  return indexes.flatMap((index) => {
    const store = run.stores[index]
    const slot = run.chosen[index]
    const copies = run.needs[index]
    return store === undefined || slot === undefined || copies === undefined
      ? []
      : [{ store, slot, copies }]
  })
}

/** Whether the heads take all that a membrane holds. */
function isAllTaken(membrane: Membrane, indexes: readonly number[], run: Run): boolean {
  let slots = 0
  let isCounted = false
  for (const store of membrane.stores) {
    if (store === undefined) continue
    slots += store.size
    if (store.copies !== undefined) isCounted = true
  }
  if (!isCounted) return slots === indexes.length
  if (slots > indexes.length) return false
  const [left] = new Residual(membrane, takenBy(indexes, run)).entries()
  return left === undefined
}
