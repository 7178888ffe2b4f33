import type { Molecule } from '../../interpreter/index.ts'
import type { Run } from '../code/run.ts'
import type { Membrane } from '../membrane.ts'
import { liveRules } from '../rules.ts'
import type { BoundKernel } from '../dispatch.ts'
import type { LiveRules, RuleEntry } from '../rules.ts'
import type { MoleculeClass } from '../store/molecule-class.ts'
import type { Store } from '../store/store.ts'
import type { Done, KernelName } from './kernel.ts'
import { matterOf, settle, waitingIn } from './matter.ts'
import type { Left, Matter } from './matter.ts'

/** So many pieces of work on a store up to this size are done before anyone looks at the clock. */
const FEW_PIECES = 16
const QUICK = 2048

/** A kernel is worth while only where so much of a store is new: one molecule in so many. */
const ONE_IN = 4

/** After a look at all stores in vain, so many reactions are made one by one. */
const IN_VAIN = 256

/** What kernels ask of the machine. */
export interface KernelHost {
  readonly reactions: number
  /** So many reactions until a limit. */
  readonly reactionsLeft: number
  /** Whether each reaction is to be reported. */
  readonly isObserved: boolean
  /** Whether nothing has to be counted in this membrane, and no limit is near. */
  arePlainIn(membrane: Membrane, reactions: number): boolean
  isOverdue(): boolean
  classOf(molecule: Molecule): MoleculeClass
  /** So many reactions happened, which changed the number of molecules by so many. */
  reactedTimes(reactions: number, molecules: number): void
}

/** When kernels are taken. */
export type KernelUse = 'always' | 'when-many' | 'never'

/** What one kernel did for one rule. */
export interface KernelReport {
  readonly rule: string
  readonly kernel: KernelName
  readonly times: number
  readonly reactions: number
}

/** A kernel at work on a store. */
interface Working {
  readonly membrane: Membrane
  readonly version: number
  readonly bound: BoundKernel
  readonly entries: readonly RuleEntry[]
  readonly matter: Matter
  readonly work: Generator<undefined, Done | undefined>
}

/** Which kernel was at work on which store, and whether nothing has changed since. */
interface WorkingAt {
  readonly membrane: Membrane
  readonly isCurrent: boolean
  /** Its place among those of the membrane's rules. */
  readonly kernel: number
  /** Where its rule is. */
  readonly slot: number
  readonly classId: number
}

/** What the course of kernels depends on beside what is there. */
export interface KernelsState {
  readonly passed: Membrane | undefined
  readonly working: WorkingAt | undefined
}

/**
 * Lets recognised rules react in one go, before molecules are activated one by one. What a kernel leaves is
 * activated after it, unless nothing there can react with it: so the worklist has the last word on what is inert.
 */
export class Kernels {
  readonly #host: KernelHost
  readonly #run: Run
  /** Whether they are taken where there is little to do, too. */
  readonly #isAlways: boolean
  readonly #reports = new Map<BoundKernel, { times: number; reactions: number }>()
  #working: Working | undefined
  /** One that is to begin anew. */
  #again: (WorkingAt & { readonly version: number }) | undefined
  /** A membrane in which a kernel was dropped: it has a turn without. */
  #passed: Membrane | undefined

  constructor(host: KernelHost, run: Run, use: KernelUse) {
    this.#host = host
    this.#run = run
    this.#isAlways = use === 'always'
  }

  /** What kernels did so far. */
  get reports(): readonly KernelReport[] {
    return [...this.#reports].map(([{ kernel, codes }, { times, reactions }]) => ({
      rule: codes[0]?.anatomy.shape.name ?? 'anonymous',
      kernel: kernel.name,
      times,
      reactions,
    }))
  }

  /** A kernel has reacted so many times in one go. */
  note(bound: BoundKernel, reactions: number): void {
    let report = this.#reports.get(bound)
    if (report === undefined) this.#reports.set(bound, (report = { times: 0, reactions: 0 }))
    report.times++
    report.reactions += reactions
  }

  /** The kernel that was left off, and the membrane that one was dropped in. */
  get state(): KernelsState {
    const again = this.#again
    if (again !== undefined)
      return {
        passed: this.#passed,
        working: { ...again, isCurrent: again.version === again.membrane.version },
      }
    const { membrane, version, bound, entries, matter } = this.#working ?? {}
    const [entry] = entries ?? []
    const isKnown = membrane !== undefined && bound !== undefined && matter !== undefined
    return {
      passed: this.#passed,
      working:
        isKnown && entry !== undefined
          ? {
              membrane,
              isCurrent: version === membrane.version,
              kernel: liveRules(membrane).dispatch.kernels.indexOf(bound),
              slot: entry.slot,
              classId: matter.store.class.id,
            }
          : undefined,
    }
  }

  /** A kernel that was left off begins anew: it has changed nothing yet. */
  restore({ passed, working }: KernelsState): void {
    this.#passed = passed
    if (working === undefined) return
    const { version } = working.membrane
    this.#again = { ...working, version: working.isCurrent ? version : -1 }
  }

  /** Goes on with what was left off; false where it has to be left off again. */
  resume(): boolean {
    const again = this.#again
    this.#again = undefined
    const working = this.#working ?? (again && this.#begunAgain(again))
    if (working === undefined) {
      if (again !== undefined) this.#passed = again.membrane
      return true
    }
    this.#working = undefined
    if (working.membrane.version === working.version && !this.#host.isObserved)
      return this.#goOn(working) !== 'left off'
    working.work.return(undefined)
    this.#passed = working.membrane
    return true
  }

  /** Reacts what kernels can in a membrane; false where one had to leave off for now. */
  react(membrane: Membrane): boolean {
    const rules = liveRules(membrane)
    const { kernels } = rules.dispatch
    if (kernels.length === 0 || this.#host.reactions < rules.kernelsFrom) return true
    if (this.#passed === membrane) {
      this.#passed = undefined
      return true
    }
    const first = this.#host.reactions
    for (let round = 0; round <= kernels.length; round++) {
      const before = this.#host.reactions
      for (const bound of kernels) if (!this.#tryOne(membrane, rules, bound)) return false
      if (this.#host.reactions === before) break
    }
    if (this.#host.reactions === first) this.#pauseAfter(IN_VAIN, rules)
    return true
  }

  /** The same work from the start; undefined where something has changed. */
  #begunAgain(again: WorkingAt & { readonly version: number }): Working | undefined {
    const { membrane, version, kernel, slot, classId } = again
    const rules = liveRules(membrane)
    const [bound, entry] = [rules.dispatch.kernels[kernel], rules.at(slot)]
    const store = membrane.stores[classId]
    if (
      version !== membrane.version ||
      bound === undefined ||
      entry === undefined ||
      store === undefined
    )
      return undefined
    const matter = this.#worthWhile(store, bound, entry)
    const more = bound.codes.slice(1).flatMap((other) => rules.of(other)[0] ?? [])
    return matter && this.#begin(membrane, bound, [entry, ...more], matter)
  }

  #begin(
    membrane: Membrane,
    bound: BoundKernel,
    entries: readonly RuleEntry[],
    matter: Matter,
  ): Working {
    this.#run.membrane = membrane
    const work = bound.kernel.work({
      matter,
      captured: entries[0]?.captured ?? [],
      most: this.#host.reactionsLeft,
      run: this.#run,
      classOf: (molecule) => this.#host.classOf(molecule),
    })
    return { membrane, version: membrane.version, bound, entries, matter, work }
  }

  #tryOne(membrane: Membrane, rules: LiveRules, bound: BoundKernel): boolean {
    const { kernel, codes } = bound
    if (kernel.canGrow && !this.#host.arePlainIn(membrane, 1)) return true
    const [code, ...others] = codes
    if (code === undefined) return true
    const more = others.flatMap((other) => rules.of(other)[0] ?? [])
    if (more.length < others.length) return true
    for (const entry of rules.of(code))
      for (const store of storesFor(bound, membrane)) {
        if (membrane.worklist.size === 0) return true
        if (store === undefined || store.size === 0 || !bound.accepts(store.class)) continue
        if (!this.#isTempting(membrane, store, bound, entry)) continue
        const matter = this.#worthWhile(store, bound, entry)
        if (matter === undefined) {
          this.#pauseAfter(store.size, rules)
          continue
        }
        const answer = this.#goOn(this.#begin(membrane, bound, [entry, ...more], matter))
        if (answer === 'left off') return false
        if (answer === 'nothing') this.#pauseAfter(matter.n, rules)
      }
    return true
  }

  /** So many molecules were looked at in vain: before the next look, as many reactions are made one by one. */
  #pauseAfter(molecules: number, rules: LiveRules): void {
    if (!this.#isAlways)
      rules.kernelsFrom = Math.max(rules.kernelsFrom, this.#host.reactions + molecules)
  }

  /** Whether a kernel may be worth while, as far as can be told without looking at each molecule. */
  #isTempting(
    { worklist }: Membrane,
    { size, copies, holdsMembranes }: Store,
    { kernel }: BoundKernel,
    { isFresh }: RuleEntry,
  ): boolean {
    if (holdsMembranes) return false
    if (this.#isAlways) return true
    return (
      (size >= kernel.least || copies !== undefined) && (isFresh || worklist.size * ONE_IN >= size)
    )
  }

  /** The molecules of a store, where there are enough that are new, or the rule is. */
  #worthWhile(store: Store, { kernel }: BoundKernel, { isFresh }: RuleEntry): Matter | undefined {
    const n = store.size
    if (!isFresh && !this.#isAlways) {
      const waiting = waitingIn(store)
      if (waiting === 0 || waiting * ONE_IN < n) return undefined
    }
    const matter = this.#withinLimits(matterOf(store))
    if (matter === undefined || n >= kernel.least || this.#isAlways) return matter
    return matter.total >= kernel.leastCopies && matter.total > 2 * n ? matter : undefined
  }

  /** What would most probably take too many reactions is left to react one by one, up to the limit. */
  #withinLimits(matter: Matter | undefined): Matter | undefined {
    return matter === undefined || matter.total / 2 > this.#host.reactionsLeft ? undefined : matter
  }

  #goOn(working: Working): 'done' | 'nothing' | 'left off' {
    const { work, matter } = working
    for (let pieces = matter.n <= QUICK ? 0 : FEW_PIECES; ; pieces++) {
      const step = work.next()
      if (step.done === true) return this.#end(working, step.value) ? 'done' : 'nothing'
      if (pieces < FEW_PIECES || !this.#host.isOverdue()) continue
      this.#working = working
      return 'left off'
    }
  }

  /** Puts in what came of a kernel; false where it was not worth while. */
  #end(working: Working, done: Done | undefined): boolean {
    const { membrane, bound, entries, matter } = working
    if (done === undefined || done.reactions > this.#host.reactionsLeft) return false
    const isAtRest = done.isExact && canRest(membrane, bound, matter.store)
    if (done.reactions === 0 && !isAtRest) return false
    settle(membrane, matter, done.left, isAtRest)
    for (const [molecule, copies] of done.added ?? []) membrane.add(molecule, copies)
    this.#host.reactedTimes(done.reactions, countOf(done.left) - matter.total)
    // What is at rest has been tried with the rule, and nothing else is there yet that it could take.
    if (isAtRest) for (const { slot } of entries) liveRules(membrane).rest(slot)
    this.note(bound, done.reactions)
    return isAtRest || done.reactions * ONE_IN >= matter.n
  }
}

/** Where what a kernel is for can be. */
function storesFor({ classId }: BoundKernel, { stores }: Membrane): readonly (Store | undefined)[] {
  if (classId === undefined) return stores
  const only = stores[classId]
  return only === undefined ? NO_STORES : only.alone
}

const NO_STORES: readonly Store[] = []

/**
 * Whether what an exact kernel left need not be activated: only its own rules take molecules of this class,
 * and nothing else that they take has been activated.
 */
function canRest(membrane: Membrane, { codes }: BoundKernel, store: Store): boolean {
  const rules = liveRules(membrane)
  for (const { code } of rules.dispatch.occurrences(store.class))
    if (!codes.includes(code) || rules.of(code).length > 1) return false
  for (const other of membrane.stores) {
    if (other === undefined || other === store || other.linkedCount === 0) continue
    for (const code of codes)
      if (code.heads.some(({ accepts }) => accepts(other.class))) return false
  }
  return true
}

function countOf(left: Left): number {
  if ('anew' in left) return left.anew.reduce((sum, [, copies]) => sum + Number(copies), 0)
  return left.copies?.reduce((sum, copies) => sum + copies, 0) ?? left.count
}
