import { hasEffects } from './effects.ts'
import { EvaluationFailure } from './failures.ts'
import type { Surroundings } from './host.ts'
import { matches } from './match.ts'
import type { Matching } from './match.ts'
import type { Entry } from './molecule.ts'
import { equal } from './molecule.ts'
import { Multiset, SolutionValue } from './multiset.ts'
import type { Reaction } from './outcome.ts'
import { printBriefly } from './print.ts'
import { Inertness, possible, react } from './react.ts'
import { shapeOf } from './rule.ts'

/** Solutions with more molecules are not searched for reactions: the reference tries everything. */
const LARGEST = 2_000

/** Repeats what another machine did in the plainest way, and says where it cannot. */
export class Verifier {
  readonly #surroundings: Surroundings = { random: () => 0 }
  #reactions = 0
  #unrepeated = 0
  #isEndChecked = false

  /** How much was checked, in one line. */
  get text(): string {
    const parts = [`${String(this.#reactions)} reactions repeated on the reference`]
    if (this.#unrepeated > 0)
      parts.push(`${String(this.#unrepeated)} of them without their product, which calls the world`)
    parts.push(this.#isEndChecked ? 'nothing more can react' : 'the end not checked: too large')
    return parts.join(', ')
  }

  /** Why a reaction was not possible, or had another product; undefined where the reference agrees. */
  reaction({ rule, reactants, products, number }: Reaction): string | undefined {
    this.#reactions++
    const where = `reaction ${String(number)} of ${printBriefly(rule)}`
    for (const [molecule] of reactants)
      if (this.#isActive(SolutionValue.of([[molecule, 1]])))
        return `${where} took ${printBriefly(molecule)}, in which something can still react`
    const shape = shapeOf(rule)
    const contents = Multiset.of([...reactants, [rule, 1]])
    const expected = SolutionValue.of(products)
    let isPossible = false
    let failure: string | undefined
    for (const match of matches(rule, contents, this.#matching(new Inertness(), true))) {
      if (match === 'pause' || match.left.distinct > 0) continue
      isPossible = true
      if (hasEffects(shape.product)) {
        this.#unrepeated++
        return undefined
      }
      const location = { contents, level: 0, up: undefined }
      try {
        const { products: made } = react({ location, rule, match }, this.#surroundings, () => 0)
        if (equal(SolutionValue.of(made), expected)) return undefined
      } catch (error) {
        if (!(error instanceof EvaluationFailure)) throw error
        failure = error.message
      }
    }
    if (!isPossible) return `${where} took ${list(reactants)}, which it does not match`
    return `${where} made ${list(products)} of ${list(reactants)}, ${failure ?? 'which is not its product'}`
  }

  /** What can still react in a solution that is said to be inert; undefined where nothing can. */
  end(solution: SolutionValue): string | undefined {
    if (solution.contents().distinct > LARGEST) return undefined
    this.#isEndChecked = true
    const inertness = new Inertness()
    for (const { rule, match } of possible(solution, inertness, this.#matching(inertness, false)))
      return `the solution is not inert: ${printBriefly(rule)} can take ${list(match.reactants)}`
    return undefined
  }

  #isActive(solution: SolutionValue): boolean {
    const inertness = new Inertness()
    for (const _ of possible(solution, inertness, this.#matching(inertness, false))) return true
    return false
  }

  #matching(inertness: Inertness, isAllThere: boolean): Matching {
    return {
      ...this.#surroundings,
      isThere: (molecule) => isAllThere || inertness.isThere(molecule),
      order: (entries: Iterable<Entry>) => entries,
    }
  }
}

function list(entries: readonly Entry[]): string {
  return printBriefly(SolutionValue.of(entries))
}
