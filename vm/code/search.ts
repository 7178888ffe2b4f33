import { EvaluationFailure, List, addInt, isInfinite, isInt } from '../../interpreter/index.ts'
import type {
  Expression,
  Int,
  ListItemPattern,
  Molecule,
  Pattern,
} from '../../interpreter/index.ts'
import { Membrane } from '../membrane.ts'
import type { Head, Opened, Split } from '../plan/heads.ts'
import type { GoingOn } from '../plan/go-on.ts'
import type { Access, MatchPlan, PlanStep } from '../plan/plan.ts'
import { Residual, lessen } from '../residual.ts'
import type { Taken } from '../residual.ts'
import { LINKED } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import { FIRST_SLOTS, candidatesCode, storesCode, tagOf } from './candidates.ts'
import type { CandidatesCode } from './candidates.ts'
import { conditionCode, expressionCode } from './expressions.ts'
import { findInValueCode, restInValue } from './in-value.ts'
import { canBeValue } from './inside.ts'
import { headCode, matchCode } from './patterns.ts'
import type { HeadCode, PatternContext } from './patterns.ts'
import { BROKEN_OFF, NOTHING, REACTED } from './run.ts'
import type { Answer, Run, Step } from './run.ts'

/** A plan as code: it is given the activated molecule's store and slot. */
export type StartCode = (run: Run, store: Store | undefined, slot: number) => Answer

/** What compiling a search needs beside the plan. */
export interface SearchContext {
  readonly opening: PatternContext['opening']
  readonly cursor: Cursor
  readonly goesOn: GoingOn
}

/** Compiles a plan to closures; `react` is what happens with a match. */
export function searchCode(plan: MatchPlan, react: Step, context: SearchContext): StartCode {
  return new SearchCompiler(plan, context).compile(react)
}

class SearchCompiler {
  readonly #plan: MatchPlan
  readonly #context: PatternContext & SearchContext
  readonly #placed: Head[] = []
  #levels = 0

  constructor(plan: MatchPlan, context: SearchContext) {
    this.#plan = plan
    this.#context = {
      ...context,
      anatomy: plan.anatomy,
      bound: new Set(plan.anatomy.shape.topRests),
    }
  }

  /** Patterns compile from the front, as what is bound grows; the steps are then linked from the back. */
  compile(react: Step): StartCode {
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
    const level = this.#levels++
    const inValue = this.#findInValue(head, level)
    const match = headCode(head, this.#context)
    const isFree = this.#copies(head)
    const { cursor } = this.#context
    const { goesOn: going } = this.#context
    const goesOn = level === going.level
    const isTaken = goesOn && going.isTaken
    this.#placed.push(head)
    const { index, within } = head
    return (next) => {
      const find = findCode(
        { index, level, scope, stores, candidates, match, isFree, cursor, goesOn, isTaken },
        next,
      )
      if (inValue === undefined || within === undefined) return find
      const findInValue = inValue(next)
      return (run) => (run.slots[within.slot] instanceof Membrane ? find(run) : findInValue(run))
    }
  }

  /** The same in a solution that is a value; undefined where the head's never are. */
  #findInValue(head: Head, level: number): ((next: Step) => Step) | undefined {
    const { within } = head
    if (within === undefined || !canBeValue(within)) return undefined
    const rivals = this.#placed.filter((other) => other.within === within)
    const finding = {
      index: head.index,
      within,
      pattern: head.reactant.pattern,
      level,
      rivals: rivals.map(({ index }) => index),
      cursor: this.#context.cursor,
      classes: this.#context.opening.classes,
      // Both codes bind the same variables.
      match: matchCode(head.reactant.pattern, {
        ...this.#context,
        bound: new Set(this.#context.bound),
      }),
    }
    return (next) => findInValueCode(finding, next)
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
      let residual: Residual | undefined
      if (!(membrane instanceof Membrane)) residual = restInValue(run, opened)
      else if (first !== undefined) residual = new Residual(membrane, takenBy(indexes, run))
      else if (isAllTaken(membrane, indexes, run)) return next(run)
      if (residual === undefined) return NOTHING
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
      // Each rest is a level of its own, so that a long search goes on where it was.
      level: item.kind === 'rest' ? this.#levels++ : 0,
    }))
    // What must come after the last rest is looked at first.
    const lastRest = pattern.items.findLastIndex((item) => item.kind === 'rest')
    const least = (at: number): number =>
      pattern.items.slice(at).filter((item) => item.kind === 'item').length
    const wanted = parts.map((_, at) => least(at + 1))
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
        const longest = given.length - (wanted[at] ?? 0)
        const shortest = at === lastRest ? longest : 0
        const resumed = run.resumed(part.level)
        for (let length = resumed?.candidate ?? longest; length >= shortest; length--) {
          if (--run.looks <= 0 && run.isOverdue()) {
            run.save(part.level, 0, 0, length, 0)
            return BROKEN_OFF
          }
          if (!part.match(new List(given.slice(0, length)), run)) continue
          const answer = from(at + 1, given.slice(length), run)
          if (answer === NOTHING) continue
          if (answer === BROKEN_OFF) run.save(part.level, 0, 0, length, 0)
          return answer
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
  readonly candidates: CandidatesCode
  readonly match: HeadCode
  readonly isFree: (run: Run, store: Store, slot: number) => boolean
  readonly cursor: Cursor
  readonly goesOn: boolean
  readonly isTaken: boolean
}

/** Where the outermost step of a search goes on next time. */
export interface Cursor {
  at: number
}

/** Whether a candidate was taken out of the list that it stood in: then the last one is in its place. */
export function isGone(items: Int32Array, state: Uint8Array, slot: number): boolean {
  return items !== FIRST_SLOTS && ((state[slot] ?? 0) & LINKED) === 0
}

/** The loop over the candidates for one head. */
function findCode(
  { index, level, scope, stores, candidates, match, isFree, cursor, goesOn, isTaken }: Finding,
  next: Step,
): Step {
  // The outermost search goes on where it last found something: what did not fit before that is not
  // tried again each time, and everything has its turn.
  return (run) => {
    const from = run.resumed(level)
    const all = stores(scope(run))
    let outcome: Answer = NOTHING
    for (let s = from?.store ?? 0; s < all.length; s++) {
      const store = all[s]
      if (store === undefined || store.linkedCount === 0) continue
      let batch = from !== undefined && s === from.store ? from.batch : 0
      let hasMore: boolean
      do {
        run.batch = batch
        run.hasMore = false
        candidates(run, store)
        const { items, start } = run
        let { count: n } = run
        ;({ hasMore } = run)
        let { state } = store
        const isHere = from !== undefined && s === from.store && batch === from.batch
        const begin = level === 0 ? cursor.at : run.turn
        const offset = isHere ? from.offset : n > 1 ? run.first(n, begin) : 0
        for (let i = isHere ? from.candidate : 0; i < n; i++) {
          if (--run.looks <= 0 && run.isOverdue()) {
            run.save(level, s, batch, i, offset)
            return BROKEN_OFF
          }
          const at = i + offset < n ? i + offset : i + offset - n
          const slot = items[start + at] ?? 0
          if (((state[slot] ?? 0) & LINKED) === 0) continue
          if (!isFree(run, store, slot) || !match(store, slot, run)) continue
          run.stores[index] = store
          run.chosen[index] = slot
          const answer = next(run)
          if (answer === NOTHING) continue
          if (answer === BROKEN_OFF) run.save(level, s, batch, i, offset)
          else if (level === 0) cursor.at = at
          if (!goesOn || answer === BROKEN_OFF || !run.mayGoOn()) return answer
          // The store may have grown.
          ;({ state } = store)
          outcome = REACTED
          if (isTaken && isGone(items, state, slot)) {
            n--
            i--
          }
        }
        batch++
      } while (hasMore)
    }
    return outcome
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
