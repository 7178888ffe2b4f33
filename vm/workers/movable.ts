import { SolutionValue, hasEffects, shapeOf } from '../../interpreter/index.ts'
import type { Molecule, Rule, RuleShape } from '../../interpreter/index.ts'
import { reachableShapes } from '../plan/reachable.ts'

/**
 * Tells which solutions can be reduced apart: those in which no rule, nor any that rules make, calls the
 * host, draws a number or waits for an answer, and which hold nothing that belongs to the host.
 */
export class Movable {
  readonly #isPure = new Map<RuleShape, boolean>()

  /** Whether nothing in a value ties it to this thread. */
  has(value: SolutionValue): boolean {
    const waiting: Molecule[] = [value]
    for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
      if (typeof top !== 'object') continue
      switch (top.kind) {
        case 'solution':
          if (!(top instanceof SolutionValue)) return false
          top.contents().visit((molecule) => {
            if (typeof molecule === 'object') waiting.push(molecule)
          })
          break
        case 'tuple':
          pushObjects(top.fields, waiting)
          break
        case 'list':
          pushObjects(top.items, waiting)
          break
        case 'rule':
          if (!this.#isPureRule(top)) return false
          pushObjects(top.captured, waiting)
          break
        case 'host':
        case 'pending':
          return false
        case 'float':
        case 'symbol':
      }
    }
    return true
  }

  /** What an instance captured is looked at by itself. */
  #isPureRule(rule: Rule): boolean {
    const shape = shapeOf(rule)
    let isPure = this.#isPure.get(shape)
    if (isPure === undefined) {
      isPure = true
      for (const reached of reachableShapes([], [shape])) isPure &&= !hasEffects(reached.product)
      this.#isPure.set(shape, isPure)
    }
    return isPure
  }
}

function pushObjects(molecules: readonly Molecule[], onto: Molecule[]): void {
  for (const molecule of molecules)
    if (typeof molecule === 'object' && molecule.kind !== 'symbol') onto.push(molecule)
}
