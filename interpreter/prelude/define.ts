import { isFloat, isNumber } from '../arithmetic.ts'
import { EvaluationFailure } from '../failures.ts'
import type { HostFunction, Surroundings } from '../host.ts'
import { isInfinite } from '../integer.ts'
import type { Int } from '../integer.ts'
import { isInt } from '../molecule.ts'
import type { Float, List, Molecule, Solution } from '../molecule.ts'
import { printBriefly } from '../print.ts'

/** What a function was called with. Each reader gives a value of that type or fails, naming the function. */
export class Arguments {
  readonly name: string
  readonly #given: readonly Molecule[]

  constructor(name: string, given: readonly Molecule[]) {
    this.name = name
    this.#given = given
  }

  get count(): number {
    return this.#given.length
  }

  all(): readonly Molecule[] {
    return this.#given
  }

  at(index: number): Molecule {
    const molecule = this.#given[index]
    if (molecule === undefined)
      throw new EvaluationFailure(`\`${this.name}\` lacks its argument ${String(index + 1)}`)
    return molecule
  }

  int(index: number): Int {
    const molecule = this.at(index)
    if (isInt(molecule)) return molecule
    throw this.refusal(index, 'an integer')
  }

  /** A small integer: an index, a length, a base. */
  small(index: number): number {
    const value = this.int(index)
    if (typeof value === 'number' && !isInfinite(value)) return value
    throw this.refusal(index, 'an integer of ordinary size')
  }

  number(index: number): Int | Float {
    const molecule = this.at(index)
    if (isNumber(molecule)) return molecule
    throw this.refusal(index, 'a number')
  }

  /** Any number as a double. */
  double(index: number): number {
    const value = this.number(index)
    return isFloat(value) ? value.value : Number(value)
  }

  text(index: number): string {
    const molecule = this.at(index)
    if (typeof molecule === 'string') return molecule
    throw this.refusal(index, 'a string')
  }

  list(index: number): List {
    const molecule = this.at(index)
    if (typeof molecule === 'object' && molecule.kind === 'list') return molecule
    throw this.refusal(index, 'a list')
  }

  listOrSolution(index: number): List | Solution {
    const molecule = this.at(index)
    if (typeof molecule === 'object' && (molecule.kind === 'list' || molecule.kind === 'solution'))
      return molecule
    throw this.refusal(index, 'a list or a solution')
  }

  /** The failure for an argument that is not what the function takes. */
  refusal(index: number, wanted: string): EvaluationFailure {
    const which = this.count === 1 ? '' : ` as argument ${String(index + 1)}`
    return new EvaluationFailure(
      `\`${this.name}\` takes ${wanted}${which}, not ${printBriefly(this.at(index))}`,
    )
  }

  fail(message: string): EvaluationFailure {
    return new EvaluationFailure(`\`${this.name}\`: ${message}`)
  }
}

/** How many arguments: exactly so many, or [least, most]. */
export type Arity = number | readonly [number, number]

/** A pure function of the prelude. */
export function pure(
  name: string,
  arity: Arity,
  body: (args: Arguments) => Molecule,
): HostFunction {
  return {
    name,
    arity: pair(arity),
    isPure: true,
    isAsync: false,
    apply: (args) => body(new Arguments(name, args)),
  }
}

/** A function that draws on the run's random numbers, so that conditions may not call it. */
export function random(name: string, draw: (surroundings: Surroundings) => Molecule): HostFunction {
  return {
    name,
    arity: [0, 0],
    isPure: false,
    isAsync: false,
    apply: (_, surroundings) => draw(surroundings),
  }
}

/** One place for functions that differ in their first name only: `abs` and `Math.abs`. */
export type Definition = readonly [name: string, arity: Arity, body: (args: Arguments) => Molecule]

/** Functions by their plain names; `namespace` goes before the name in messages. */
export function functionsOf(
  definitions: readonly Definition[],
  namespace?: string,
): Map<string, HostFunction> {
  return new Map(
    definitions.map(([name, arity, body]) => [
      name,
      pure(namespace === undefined ? name : `${namespace}.${name}`, arity, body),
    ]),
  )
}

function pair(arity: Arity): readonly [number, number] {
  return typeof arity === 'number' ? [arity, arity] : arity
}
