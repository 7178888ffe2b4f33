import { shapeOf } from '../interpreter/index.ts'
import type { Molecule, Rule, RuleShape } from '../interpreter/index.ts'
import { acceptsCode } from './code/candidates.ts'
import type { PatternContext } from './code/patterns.ts'
import type { Step } from './code/run.ts'
import { HeadSearch } from './head-search.ts'
import type { Generation } from './head-search.ts'
import type { Joined } from './generate/react.ts'
import type { Kernel } from './kernels/kernel.ts'
import { kernelsOf, recognised } from './kernels/recognise.ts'
import type { Membrane } from './membrane.ts'
import { glanceOf, hardenedHead } from './plan/glance.ts'
import type { Glance } from './plan/glance.ts'
import { anatomyOf } from './plan/heads.ts'
import type { Anatomy, Head } from './plan/heads.ts'
import { chainOf } from './plan/chain.ts'
import type { Chain } from './plan/chain.ts'
import { impliedKinds } from './plan/implied.ts'
import { madeBy } from './plan/made.ts'
import { repeatedHeads } from './plan/orbits.ts'
import { reactionPlan } from './plan/outcome.ts'
import type { ReactionPlan } from './plan/outcome.ts'
import type { MoleculeClass } from './store/molecule-class.ts'
import type { MembraneRules } from './world.ts'

/** A rule's shape compiled for one machine: a search for each head that an activated molecule can be tried as. */
export class RuleCode {
  readonly id: number
  readonly anatomy: Anatomy
  /** Heads of the rule's own solution, with the classes that they take. */
  readonly heads: readonly {
    readonly head: Head
    readonly accepts: (moleculeClass: MoleculeClass) => boolean
  }[]
  /** The classes whose copies it counts, at any depth: equal molecules of these must share a slot. */
  readonly counting: readonly ((moleculeClass: MoleculeClass) => boolean)[]
  /** What happens with a match. */
  readonly react: Step
  readonly opening: PatternContext['opening']
  /** Whether its reactions may make molecules of a class. */
  readonly makes: (moleculeClass: MoleculeClass) => boolean
  readonly #generation: Generation
  readonly #searches: (HeadSearch | undefined)[] = []
  #fresh: HeadSearch | undefined
  #reaction: ReactionPlan | undefined
  #isReactionKnown = false
  #repeated: ReadonlyMap<Head, Head> | undefined

  constructor(
    id: number,
    shape: RuleShape,
    react: (anatomy: Anatomy) => Step,
    context: CodeContext,
  ) {
    this.id = id
    this.anatomy = anatomyOf(shape)
    this.heads = this.anatomy.heads
      .filter((head) => head.within === undefined)
      .map((head) => ({ head, accepts: acceptsHead(this.anatomy, head) }))
    this.counting = this.anatomy.heads
      .filter(({ reactant }) => reactant.kind !== 'single')
      .map(({ reactant }) => acceptsCode(reactant.pattern))
    this.react = react(this.anatomy)
    this.makes = madeBy(this.anatomy)
    this.opening = context.opening
    this.#generation = context.generation
  }

  /** Where its reactions are plain, what they do. */
  get reaction(): ReactionPlan | undefined {
    if (!this.#isReactionKnown) this.#reaction = reactionPlan(this.anatomy)
    this.#isReactionKnown = true
    return this.#reaction
  }

  /** The head whose molecule its reactions change so that it need not be tried as this head again. */
  get hardened(): Head | undefined {
    return hardenedHead(this.anatomy, this.reaction)
  }

  /** Whether a molecule need not be tried as a head, since it is tried as another that is just like it. */
  isRepeated(head: Head): boolean {
    return (this.#repeated ??= repeatedHeads(this.anatomy)).has(head)
  }

  glance(head: Head): Glance {
    return glanceOf(this.anatomy, head, this.#generation.classes)
  }

  /** What is sure to follow on its reactions in a membrane. */
  joined(membrane: Membrane): Joined | undefined {
    const { dispatch } = liveRules(membrane)
    const chain = dispatch.chain(this.anatomy)
    return chain && { chain, dispatch }
  }

  /** The search for the others when a molecule is tried as one head. Compiled when first wanted. */
  search(head: Head): HeadSearch {
    return (this.#searches[head.index] ??= new HeadSearch(this, head, this.#generation))
  }

  /** The search for all, when the rule itself is new. */
  get freshSearch(): HeadSearch {
    return (this.#fresh ??= new HeadSearch(this, undefined, this.#generation))
  }
}

/** Whether a head can take molecules of a class, and the condition can then hold. */
function acceptsHead(anatomy: Anatomy, head: Head): (moleculeClass: MoleculeClass) => boolean {
  const accepts = acceptsCode(head.reactant.pattern)
  const kinds = impliedKinds(anatomy, head)
  if (kinds === undefined) return accepts
  return (moleculeClass) => kinds.has(moleculeClass.kind) && accepts(moleculeClass)
}

/** What compiling a rule needs of its machine. */
export interface CodeContext {
  readonly opening: PatternContext['opening']
  readonly generation: Generation
}

/** A rule that is in a solution now. */
export interface RuleEntry {
  readonly code: RuleCode
  readonly rule: Rule
  readonly captured: readonly Molecule[]
  readonly slot: number
  /** Not yet tried with the molecules that were there before it. */
  isFresh: boolean
}

/** A head that a molecule of some class can be tried as. */
export interface Occurrence {
  readonly code: RuleCode
  readonly search: HeadSearch
  readonly glance: Glance
  /** Whether a molecule that is SPARED need not be tried so. */
  readonly isSpared: boolean
}

/** A kernel with the rules that it stands for. */
export class BoundKernel {
  readonly kernel: Kernel
  readonly codes: readonly RuleCode[]
  readonly #accepts: (boolean | undefined)[] = []

  constructor(kernel: Kernel, codes: readonly RuleCode[]) {
    this.kernel = kernel
    this.codes = codes
  }

  /** Whether all that these rules take can be of a class. Rules, solutions and host values react one by one. */
  accepts(moleculeClass: MoleculeClass): boolean {
    return (this.#accepts[moleculeClass.id] ??=
      KERNEL_KINDS.has(moleculeClass.kind) &&
      this.codes.every(({ heads }) => heads.every(({ accepts }) => accepts(moleculeClass))))
  }
}

const KERNEL_KINDS: ReadonlySet<MoleculeClass['kind']> = new Set<MoleculeClass['kind']>([
  'int',
  'float',
  'string',
  'boolean',
  'symbol',
  'tuple',
])

/**
 * Which heads a molecule of a class is tried as, for one set of rules. Membranes with the same rules
 * share it; adding or removing a rule leads to the next one, which is remembered.
 */
export class Dispatch {
  readonly codes: readonly RuleCode[]
  /** All that there are, by the ids of their rules. */
  readonly #known: Map<string, Dispatch>
  readonly #byClass: (readonly Occurrence[] | undefined)[] = []
  readonly #given: (boolean | undefined)[] = []
  readonly #chains = new Map<Anatomy, Chain | undefined>()
  readonly #next = new Map<RuleCode, Dispatch>()
  /** Whether a rule makes more of what it takes one of: then the newest molecule is best reacted first. */
  readonly isBranching: boolean
  #kernels: readonly BoundKernel[] | undefined

  constructor(codes: readonly RuleCode[], known: Map<string, Dispatch>) {
    this.codes = codes
    this.#known = known
    this.isBranching = codes.some(isBranching)
  }

  occurrences(moleculeClass: MoleculeClass): readonly Occurrence[] {
    return (this.#byClass[moleculeClass.id] ??= this.#occurrencesOf(moleculeClass))
  }

  #occurrencesOf(moleculeClass: MoleculeClass): Occurrence[] {
    const all = this.codes.flatMap((code) =>
      code.heads
        .filter(({ head, accepts }) => accepts(moleculeClass) && !code.isRepeated(head))
        .map(({ head }) => ({ code, head })),
    )
    const spared = all.find(({ code, head }) => code.hardened === head)
    return all.map(({ code, head }) => ({
      code,
      search: code.search(head),
      glance: code.glance(head),
      isSpared: spared?.code === code && spared.head === head,
    }))
  }

  /** What reacts in one go: rules of this set that were recognised. */
  get kernels(): readonly BoundKernel[] {
    const { codes } = this
    return (this.#kernels ??= kernelsOf(codes.map(({ anatomy }) => recognised(anatomy))).map(
      ({ kernel, rules }) =>
        new BoundKernel(
          kernel,
          rules.flatMap((at) => codes[at] ?? []),
        ),
    ))
  }

  /** Whether no rule of this set makes molecules of a class, and none reacts them in one go: all that there will be is there. */
  isGiven(moleculeClass: MoleculeClass): boolean {
    return (this.#given[moleculeClass.id] ??=
      moleculeClass.kind !== 'rule' &&
      !this.codes.some(({ makes }) => makes(moleculeClass)) &&
      !this.kernels.some((bound) => bound.accepts(moleculeClass)))
  }

  /** What reactions of a rule of this set are sure to lead to. */
  chain(anatomy: Anatomy): Chain | undefined {
    if (!this.#chains.has(anatomy))
      this.#chains.set(
        anatomy,
        chainOf(
          anatomy,
          this.codes.map((code) => code.anatomy),
        ),
      )
    return this.#chains.get(anatomy)
  }

  with(code: RuleCode): Dispatch {
    return this.#follow(code, () => [...this.codes, code].sort((a, b) => a.id - b.id))
  }

  without(code: RuleCode): Dispatch {
    return this.#follow(code, () => this.codes.filter((other) => other !== code))
  }

  #follow(code: RuleCode, codes: () => readonly RuleCode[]): Dispatch {
    let next = this.#next.get(code)
    if (next !== undefined) return next
    const wanted = codes()
    const key = wanted.map(({ id }) => id).join()
    next = this.#known.get(key)
    if (next === undefined) this.#known.set(key, (next = new Dispatch(wanted, this.#known)))
    this.#next.set(code, next)
    return next
  }
}

/** One molecule gives two or more that the same rule takes: a tree of reactions, best walked depth first. */
function isBranching({ anatomy }: RuleCode): boolean {
  const [head, ...others] = anatomy.heads
  if (head === undefined || others.length > 0) return false
  const { pattern } = head.reactant
  const again = anatomy.shape.product.elements.filter((element) => {
    if (element.kind !== 'molecule') return false
    const { expression } = element
    if (pattern.kind === 'tuple') {
      const tag = pattern.fields[0]
      const first = expression.kind === 'tuple' ? expression.fields[0] : undefined
      return tag?.kind === 'constant' && first?.kind === 'constant' && tag.value === first.value
    }
    return (
      pattern.kind === 'variable' && expression.kind !== 'tuple' && expression.kind !== 'constant'
    )
  })
  return again.length > 1
}

const NONE: readonly RuleEntry[] = []

/** The rules of one membrane. */
export class LiveRules implements MembraneRules {
  dispatch: Dispatch
  /** No kernel is tried before so many reactions: the last one found little to do. */
  kernelsFrom = 0
  /** Whether some rule here was tried with all that had been activated. */
  hasTried = false
  #sparing: Dispatch | undefined
  readonly #bySlot: (RuleEntry | undefined)[] = []
  /** By the id of its code. */
  readonly #byCode: (RuleEntry[] | undefined)[] = []
  readonly #codeOf: (shape: RuleShape) => RuleCode

  constructor(empty: Dispatch, codeOf: (shape: RuleShape) => RuleCode) {
    this.dispatch = empty
    this.#codeOf = codeOf
  }

  add(rule: Rule, slot: number): void {
    const code = this.#codeOf(shapeOf(rule))
    const entry = { code, rule, captured: rule.captured, slot, isFresh: true }
    while (this.#bySlot.length < slot) this.#bySlot.push(undefined)
    this.#bySlot[slot] = entry
    const same = this.#byCode[code.id]
    if (same === undefined) {
      while (this.#byCode.length < code.id) this.#byCode.push(undefined)
      this.#byCode[code.id] = [entry]
      this.dispatch = this.dispatch.with(code)
      this.kernelsFrom = 0
    } else same.push(entry)
  }

  remove(slot: number): void {
    const entry = this.#bySlot[slot]
    if (entry === undefined) return
    this.#bySlot[slot] = undefined
    const same = this.#byCode[entry.code.id]
    if (same === undefined) return
    same.splice(same.indexOf(entry), 1)
    if (same.length > 0) return
    this.#byCode[entry.code.id] = undefined
    this.dispatch = this.dispatch.without(entry.code)
  }

  /** Whether molecules of a class that a rule has changed can be spared its search; only while the rules stay the same. */
  spares(moleculeClass: MoleculeClass, by: Anatomy): boolean {
    this.#sparing ??= this.dispatch
    return (
      this.isSparing &&
      this.dispatch
        .occurrences(moleculeClass)
        .some(({ isSpared, code }) => isSpared && code.anatomy === by)
    )
  }

  /** Whether the rules are those that molecules are SPARED for. */
  get isSparing(): boolean {
    return this.#sparing === this.dispatch
  }

  rest(slot: number): void {
    const entry = this.#bySlot[slot]
    if (entry !== undefined) this.tried(entry)
  }

  tried(entry: RuleEntry): void {
    entry.isFresh = false
    this.hasTried = true
  }

  at(slot: number): RuleEntry | undefined {
    return this.#bySlot[slot]
  }

  /** All, in the order in which they came. */
  *entries(): Generator<RuleEntry> {
    for (const entry of this.#bySlot) if (entry !== undefined) yield entry
  }

  of(code: RuleCode): readonly RuleEntry[] {
    return this.#byCode[code.id] ?? NONE
  }
}

/** The rules of a membrane as the machine keeps them. */
export function liveRules(membrane: Membrane): LiveRules {
  // Every membrane of a machine gets its rules from `Machine.rulesOf`, which makes these.
  return membrane.rules as LiveRules
}
