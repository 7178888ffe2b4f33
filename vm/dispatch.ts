import type { Slot } from '../interpreter/index.ts'
import type { Kernel } from './kernels/kernel.ts'
import { kernelsOf, recognised } from './kernels/recognise.ts'
import type { HeadSearch } from './head-search.ts'
import { chainOf } from './plan/chain.ts'
import type { Chain } from './plan/chain.ts'
import { followerOf } from './plan/follower.ts'
import type { Follower } from './plan/follower.ts'
import type { Glance, Hardening } from './plan/glance.ts'
import { boundBy, slotsOf } from './plan/heads.ts'
import type { Anatomy, Head } from './plan/heads.ts'
import type { RuleCode } from './rule-code.ts'
import type { MoleculeClass } from './store/molecule-class.ts'

/** A head that a molecule of some class can be tried as. */
export interface Occurrence {
  readonly code: RuleCode
  readonly search: HeadSearch
  readonly glance: Glance
  readonly head: Head
  /** Present where a molecule that is SPARED need not be tried so. */
  readonly hardening: Hardening | undefined
}

/** A kernel with the rules that it stands for. */
export class BoundKernel {
  readonly kernel: Kernel
  readonly codes: readonly RuleCode[]
  /** The id of the one class that it is for, where there is but one. */
  readonly classId: number | undefined
  readonly #accepts: (boolean | undefined)[] = []

  constructor(kernel: Kernel, codes: readonly RuleCode[]) {
    this.kernel = kernel
    this.codes = codes
    const [code] = codes
    const head = code?.heads[0]?.head
    this.classId = head === undefined ? undefined : code?.classOf(head)?.id
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
  #heads: Heads | undefined
  readonly #byClass: (readonly Occurrence[] | undefined)[] = []
  readonly #given: (boolean | undefined)[] = []
  readonly #chains = new Map<Anatomy, Chain | undefined>()
  readonly #followers = new Map<number, Follower | undefined>()
  #made: Made | undefined
  #byCode: Map<RuleCode, BoundKernel[]> | undefined
  readonly #next = new Map<RuleCode, Dispatch>()
  /** Whether the newest molecule is best reacted first: a rule makes more of what it takes one of, or all only spread. */
  readonly isNewestFirst: boolean
  #kernels: readonly BoundKernel[] | undefined

  constructor(codes: readonly RuleCode[], known: Map<string, Dispatch>) {
    this.codes = codes
    this.#known = known
    this.isNewestFirst = codes.some(isBranching) || (codes.length > 0 && codes.every(spreads))
  }

  occurrences(moleculeClass: MoleculeClass): readonly Occurrence[] {
    return (this.#byClass[moleculeClass.id] ??= this.#occurrencesOf(moleculeClass))
  }

  #occurrencesOf(moleculeClass: MoleculeClass): Occurrence[] {
    const { byClass, others } = (this.#heads ??= headsOf(this.codes))
    const all = [...(byClass.get(moleculeClass.id) ?? []), ...others]
      .filter(({ code, head, accepts }) => accepts(moleculeClass) && !code.isRepeated(head))
      .sort((a, b) => a.at - b.at)
    const spared = all.find(({ code, head }) => code.hardening?.head === head)
    return all.map(({ code, head }) => ({
      head,
      code,
      search: code.search(head),
      glance: code.glance(head),
      hardening: spared?.code === code && spared.head === head ? code.hardening : undefined,
    }))
  }

  /** What reacts in one go: rules of this set that were recognised. */
  get kernels(): readonly BoundKernel[] {
    const codes = this.codes
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
      !this.#makes(moleculeClass) &&
      !this.occurrences(moleculeClass).some(({ code }) =>
        this.#kernelsOf(code).some((bound) => bound.accepts(moleculeClass)),
      ))
  }

  #makes(moleculeClass: MoleculeClass): boolean {
    const { classes, others } = (this.#made ??= madeBy(this.codes))
    return classes.has(moleculeClass.id) || others.some((code) => code.makes(moleculeClass))
  }

  #kernelsOf(code: RuleCode): readonly BoundKernel[] {
    if (this.#byCode === undefined) {
      this.#byCode = new Map<RuleCode, BoundKernel[]>()
      for (const bound of this.kernels)
        for (const each of bound.codes) {
          const same = this.#byCode.get(each)
          if (same === undefined) this.#byCode.set(each, [bound])
          else same.push(bound)
        }
    }
    return this.#byCode.get(code) ?? []
  }

  /** What reactions of a rule of this set are sure to lead to. */
  chain(anatomy: Anatomy): Chain | undefined {
    if (!this.#chains.has(anatomy)) this.#chains.set(anatomy, this.#chainOf(anatomy))
    return this.#chains.get(anatomy)
  }

  #chainOf(anatomy: Anatomy): Chain | undefined {
    const code = this.codes.find((each) => each.anatomy === anatomy)
    const { byClass, others } = (this.#heads ??= headsOf(this.codes))
    return chainOf(anatomy, (expression) => {
      const id = code?.classOfProduct(expression)?.id
      const taken = id === undefined ? [...byClass.values()].flat() : (byClass.get(id) ?? [])
      return [...taken, ...others].map((placed) => placed.code.anatomy)
    })
  }

  /** How a molecule of a class that a reaction has just made is taken at once: where only one head of all takes it, and none reacts it in one go. */
  follower(moleculeClass: MoleculeClass): Follower | undefined {
    const { id, kind, tag } = moleculeClass
    if (kind !== 'tuple' || tag === undefined) return undefined
    if (!this.#followers.has(id)) this.#followers.set(id, this.#followerOf(moleculeClass))
    return this.#followers.get(id)
  }

  #followerOf(moleculeClass: MoleculeClass): Follower | undefined {
    const [only, ...others] = this.occurrences(moleculeClass)
    if (only === undefined || others.length > 0) return undefined
    const { code, head } = only
    const heads = code.heads.map((each) => code.classOf(each.head))
    const isKnown = heads.every((its) => its?.tag !== undefined)
    const isInOneGo = this.#kernelsOf(code).some((bound) => bound.accepts(moleculeClass))
    return isKnown && !isInOneGo
      ? followerOf(code.anatomy, head, this.chain(code.anatomy))
      : undefined
  }

  /** The one with a rule more or less, where it has been asked for before. */
  next(code: RuleCode): Dispatch | undefined {
    return this.#next.get(code)
  }

  /** That of these rules, in the order of their ids. */
  among(codes: readonly RuleCode[]): Dispatch {
    const key = codes.map(({ id }) => id).join()
    let found = this.#known.get(key)
    if (found === undefined) this.#known.set(key, (found = new Dispatch(codes, this.#known)))
    const change = onlyChange(this.codes, codes)
    if (change !== undefined) this.#next.set(change, found)
    return found
  }
}

/** The rule that is in one of two lists only, where the rest is the same. */
function onlyChange(before: readonly RuleCode[], after: readonly RuleCode[]): RuleCode | undefined {
  const [more, fewer] = before.length > after.length ? [before, after] : [after, before]
  if (more.length !== fewer.length + 1) return undefined
  const at = fewer.findIndex((code, i) => code !== more[i])
  const first = at < 0 ? fewer.length : at
  for (let i = first; i < fewer.length; i++) if (fewer[i] !== more[i + 1]) return undefined
  return more[first]
}

/** What a set of rules makes. */
interface Made {
  /** The ids of classes that some of it is sure to be of. */
  readonly classes: ReadonlySet<number>
  /** Rules of which some products may be of several classes. */
  readonly others: readonly RuleCode[]
}

function madeBy(codes: readonly RuleCode[]): Made {
  const classes = new Set<number>()
  const others = codes.filter((code) => {
    let isKnown = true
    for (const element of code.made) {
      const its = element.kind === 'molecule' ? code.classOfProduct(element.expression) : undefined
      if (its === undefined) isKnown = false
      else classes.add(its.id)
    }
    return !isKnown
  })
  return { classes, others }
}

/** A head of a rule, and its place among all of a set of rules. */
interface PlacedHead {
  readonly at: number
  readonly code: RuleCode
  readonly head: Head
  readonly accepts: (moleculeClass: MoleculeClass) => boolean
}

/** Heads by the one class that they take; those that may take several are apart. */
interface Heads {
  readonly byClass: ReadonlyMap<number, readonly PlacedHead[]>
  readonly others: readonly PlacedHead[]
}

function headsOf(codes: readonly RuleCode[]): Heads {
  const byClass = new Map<number, PlacedHead[]>()
  const others: PlacedHead[] = []
  let at = 0
  for (const code of codes)
    for (const { head, accepts } of code.heads) {
      const placed = { at: at++, code, head, accepts }
      const id = code.classOf(head)?.id
      const same = id === undefined ? others : byClass.get(id)
      if (same === undefined) byClass.set(id ?? 0, [placed])
      else same.push(placed)
    }
  return { byClass, others }
}

/**
 * What such a rule makes is told by what goes for it, whatever stays beside that: as in `OPEN:x:z, PATH:x:y,
 * EDGE:y:z by PATH:x:z, PATH:x:y, EDGE:y:z`. In which order its molecules react makes no difference to what
 * comes out, and one that has just come has its partners near those that were looked at last.
 */
function spreads({ reaction }: RuleCode): boolean {
  if (reaction === undefined || reaction.kept.size === 0 || reaction.bindings.length > 0)
    return false
  const given = new Set<Slot>()
  for (const { reactant } of reaction.removed) boundBy(reactant.pattern, given)
  return reaction.products.every(
    ({ expression, into }) =>
      into === undefined && [...slotsOf(expression)].every((slot) => given.has(slot)),
  )
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
