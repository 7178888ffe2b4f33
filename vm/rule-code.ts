import type { Element, Expression, RuleShape } from '../interpreter/index.ts'
import { acceptsCode } from './code/candidates.ts'
import type { PatternContext } from './code/patterns.ts'
import type { Step } from './code/run.ts'
import { HeadSearch } from './head-search.ts'
import type { Generation } from './head-search.ts'
import { classOfExpression, classOfPattern } from './plan/classes.ts'
import { glanceOf, hardeningOf } from './plan/glance.ts'
import type { Glance, Hardening } from './plan/glance.ts'
import { anatomyOf } from './plan/heads.ts'
import type { Anatomy, Head } from './plan/heads.ts'
import { impliedKinds } from './plan/implied.ts'
import { madeBy, mayMake } from './plan/made.ts'
import { repeatedHeads } from './plan/orbits.ts'
import { reactionPlan } from './plan/outcome.ts'
import type { ReactionPlan } from './plan/outcome.ts'
import type { MoleculeClass } from './store/molecule-class.ts'

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
  /** What its reactions make. */
  readonly made: readonly Element[]
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
    this.made = madeBy(this.anatomy)
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
  get hardening(): Hardening | undefined {
    return hardeningOf(this.anatomy, this.reaction)
  }

  /** Whether a molecule need not be tried as a head, since it is tried as another that is just like it. */
  isRepeated(head: Head): boolean {
    return (this.#repeated ??= repeatedHeads(this.anatomy)).has(head)
  }

  /** Whether its reactions may make molecules of a class. */
  makes(moleculeClass: MoleculeClass): boolean {
    return mayMake(this.made, moleculeClass)
  }

  /** The class of what it makes by an expression, where there is but one. */
  classOfProduct(expression: Expression): MoleculeClass | undefined {
    // What arithmetic gives may be of several classes.
    return expression.kind === 'tuple'
      ? classOfExpression(expression, this.anatomy.heads, this.#generation.classes)
      : undefined
  }

  /** The one class that a head takes molecules of, where there is one. */
  classOf(head: Head): MoleculeClass | undefined {
    return classOfPattern(head.reactant.pattern, this.#generation.classes)
  }

  glance(head: Head): Glance {
    return glanceOf(this.anatomy, head, this.#generation.classes)
  }

  /** The search for the others when a molecule is tried as one head. Compiled when first wanted. */
  search(head: Head): HeadSearch {
    return (this.#searches[head.index] ??= new HeadSearch(this, head, this.#generation))
  }

  /** The searches there are by the head that they are for, and the one for all, under −1. */
  get searches(): readonly (readonly [head: number, search: HeadSearch])[] {
    const all: (readonly [number, HeadSearch])[] = []
    for (const { head } of this.heads) {
      const search = this.#searches[head.index]
      if (search !== undefined) all.push([head.index, search])
    }
    if (this.#fresh !== undefined) all.push([-1, this.#fresh])
    return all
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
