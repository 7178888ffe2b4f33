import { SolutionValue, holdsSolution } from '../../interpreter/index.ts'
import type { Molecule, Rule } from '../../interpreter/index.ts'
import type { RuleTable } from '../rule-table.ts'
import type { BoundKernel, Dispatch } from '../dispatch.ts'
import type { RuleCode } from '../rule-code.ts'
import type { Kernels } from './kernels.ts'
import type { ClassTable, MoleculeClass } from '../store/molecule-class.ts'

/** Larger solutions react as membranes, where the clock is looked at in between. */
const MOST = 2048

/** What a solution that is a value comes to. */
export interface Reduced {
  /** Itself where nothing in it reacts. */
  readonly value: SolutionValue
  readonly reactions: number
  /** What has reacted in one go. */
  readonly bound: BoundKernel | undefined
}

/** So many molecules of a class. */
interface Amount {
  readonly moleculeClass: MoleculeClass
  n: number
}

/** A kernel that reacts all that can, with the class that it takes; or nothing can react. */
type Course = { readonly bound: BoundKernel; readonly moleculeClass: MoleculeClass } | 'nothing'

/**
 * Reduces solutions that are values without making membranes of them: those in which nothing can react, and
 * those in which one recognised rule alone can, and does so in a list as well as in columns.
 */
export class ValueKernels {
  readonly #rules: RuleTable
  readonly #classes: ClassTable
  readonly #kernels: Kernels
  /** What two Ints or more come to beside one rule. */
  readonly #ofTwo = new Map<Dispatch, { readonly course: Course | undefined }>()
  /** Solutions beside each other mostly have the same rule. */
  #lastRule: Rule | undefined
  #lastCourse: Course | undefined

  constructor(rules: RuleTable, classes: ClassTable, kernels: Kernels) {
    this.#rules = rules
    this.#classes = classes
    this.#kernels = kernels
  }

  /** A value has been taken for what it came to. */
  note({ bound, reactions }: Reduced): void {
    if (bound !== undefined) this.#kernels.note(bound, reactions)
  }

  /** Undefined where it takes more than that. */
  reduce(value: SolutionValue): Reduced | undefined {
    const molecules = value.contents().plain
    if (molecules === undefined || molecules.length > MOST) return undefined
    const at = onlyRule(molecules)
    const rule = molecules[at]
    if (rule !== undefined && molecules.length > 2) {
      const course = this.#ofInts(rule as Rule)
      if (course !== undefined && course !== 'nothing')
        return (
          reducedInts(course.bound, molecules, at) ??
          reducedBy(course.bound, value, [rule], molecules.toSpliced(at, 1))
        )
    }
    return this.#reduceAny(value, molecules)
  }

  #reduceAny(value: SolutionValue, molecules: readonly Molecule[]): Reduced | undefined {
    const rules: Rule[] = []
    const others: Molecule[] = []
    for (let i = 0; i < molecules.length; i++) {
      const molecule = molecules[i]!
      if (typeof molecule === 'object') {
        if (molecule.kind === 'rule') {
          rules.push(molecule)
          continue
        }
        if (molecule.kind === 'pending' || holdsSolution(molecule)) return undefined
      }
      others.push(molecule)
    }
    const dispatch = this.#rules.dispatch(rules)
    if (dispatch === undefined) return undefined
    const course = courseOf(dispatch, this.#amounts(rules.length, others))
    if (course === undefined) return undefined
    if (course === 'nothing') return { value, reactions: 0, bound: undefined }
    const taken: Molecule[] = []
    const kept: Molecule[] = [...rules]
    for (const molecule of others)
      (this.#classes.of(molecule) === course.moleculeClass ? taken : kept).push(molecule)
    return reducedBy(course.bound, value, kept, taken)
  }

  /** What becomes of Ints beside a rule. */
  #ofInts(rule: Rule): Course | undefined {
    if (rule === this.#lastRule) return this.#lastCourse
    const dispatch = this.#rules.dispatch([rule])
    let known = dispatch && this.#ofTwo.get(dispatch)
    if (dispatch !== undefined && known === undefined) {
      known = { course: courseOf(dispatch, [{ moleculeClass: this.#classes.int, n: 2 }]) }
      this.#ofTwo.set(dispatch, known)
    }
    this.#lastRule = rule
    return (this.#lastCourse = known?.course)
  }

  /** What each rule finds: itself it does not take. */
  #amounts(rules: number, others: readonly Molecule[]): Amount[] {
    const amounts: Amount[] = []
    for (const molecule of others) {
      const moleculeClass = this.#classes.of(molecule)
      const same = amounts.find((amount) => amount.moleculeClass === moleculeClass)
      if (same === undefined) amounts.push({ moleculeClass, n: 1 })
      else same.n++
    }
    if (rules > 1) amounts.push({ moleculeClass: this.#classes.rule, n: rules - 1 })
    return amounts
  }
}

/** How molecules of these classes react by these rules; undefined where several rules or classes have a part in it. */
function courseOf({ codes, kernels }: Dispatch, amounts: readonly Amount[]): Course | undefined {
  const reacting = codes.filter((code) => canReact(code, amounts))
  if (reacting.length === 0) return 'nothing'
  for (const bound of kernels) {
    if (bound.kernel.ofList === undefined) continue
    if (!reacting.every((code) => bound.codes.includes(code))) continue
    const [taken, another] = amounts.filter(({ moleculeClass }) =>
      bound.codes.some((code) => takes(code, moleculeClass)),
    )
    if (taken === undefined || another !== undefined) return undefined
    const { moleculeClass } = taken
    return bound.accepts(moleculeClass) ? { bound, moleculeClass } : undefined
  }
  return undefined
}

/** Whether there may be a molecule for each head. With fewer molecules there cannot be where there could not be with more. */
function canReact(code: RuleCode, amounts: readonly Amount[]): boolean {
  const { heads } = code
  for (const { accepts } of heads)
    if (!amounts.some(({ moleculeClass }) => accepts(moleculeClass))) return false
  if (heads.some(({ head }) => head.reactant.kind !== 'single')) return true
  let there = 0
  for (const { moleculeClass, n } of amounts) if (takes(code, moleculeClass)) there += n
  return there >= heads.length
}

function takes({ heads }: RuleCode, moleculeClass: MoleculeClass): boolean {
  return heads.some(({ accepts }) => accepts(moleculeClass))
}

/** Where the rule is, if all others are numbers; −1 for anything else. */
function onlyRule(molecules: readonly Molecule[]): number {
  let at = -1
  for (let i = 0; i < molecules.length; i++) {
    const molecule = molecules[i]!
    if (typeof molecule === 'number') continue
    if (at >= 0 || typeof molecule !== 'object' || molecule.kind !== 'rule') return -1
    at = i
  }
  return at
}

/** Mostly one Int is left beside the rule. */
function reducedInts(
  bound: BoundKernel,
  molecules: readonly Molecule[],
  at: number,
): Reduced | undefined {
  const left = bound.kernel.ofList?.ints?.(molecules, at)
  if (left === undefined) return undefined
  const value = SolutionValue.listing([left, molecules[at]!], undefined, Infinity)
  return { value, reactions: molecules.length - 2, bound }
}

function reducedBy(
  bound: BoundKernel,
  value: SolutionValue,
  kept: readonly Molecule[],
  taken: readonly Molecule[],
): Reduced | undefined {
  const left = bound.kernel.ofList?.all(taken)
  if (left === undefined) return undefined
  const reactions = taken.length - left.length
  if (reactions === 0) return { value, reactions, bound }
  return { value: SolutionValue.listing([...left, ...kept], undefined, Infinity), reactions, bound }
}
