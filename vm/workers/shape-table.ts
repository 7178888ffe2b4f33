import type { RuleShape } from '../../interpreter/index.ts'

/**
 * The rules of a program by number, as two threads that have read the same program know them. What was read
 * later, data and injections, is not in it.
 */
export class ShapeTable {
  readonly #shapes: readonly RuleShape[]
  readonly #numbers = new Map<RuleShape, number>()

  constructor(shapes: readonly RuleShape[]) {
    const all = [...shapes]
    // `(one …)^∞` is another rule, made when it is needed.
    for (const shape of shapes) all.push(shape.repeated())
    this.#shapes = all
    for (const [number, shape] of all.entries())
      if (!this.#numbers.has(shape)) this.#numbers.set(shape, number)
  }

  numberOf(shape: RuleShape): number | undefined {
    return this.#numbers.get(shape)
  }

  at(number: number): RuleShape | undefined {
    return this.#shapes[number]
  }

  /** The same for two tables only where the same numbers stand for the same rules. */
  get signature(): string {
    const lines = this.#shapes.map(({ name, shots, place, capturedNames }) =>
      JSON.stringify([name, shots, place.source.name, place.span, capturedNames]),
    )
    return lines.join('\n')
  }
}
