import { SolutionValue, printInline, shapeOf } from '../../interpreter/index.ts'
import type { HostValue, Molecule, Pending, Rule } from '../../interpreter/index.ts'
import { Membrane } from '../membrane.ts'
import { isKnownInert } from '../solutions.ts'
import { SnapshotError } from './error.ts'
import type { Plain } from './plain.ts'
import { foreignForm } from './shapes.ts'
import type { ShapeWriter } from './shapes.ts'

/*
 * Molecules in a snapshot. Small integers, strings and booleans stand for themselves. All else is in one
 * list, each thing once and after those inside it, and `[7]` refers to number 7: so nothing nests, and what
 * stands in many places is written once. `molecule-reader.ts` reads it.
 */

/** What tells the forms of a solution's contents apart; 4 more for one in which nothing can react. */
export const PLAIN = 0
export const COPIES = 1
export const MAP = 2
export const ROWS = 3
export const INERT = 4

/** Where the numbers of membranes and shapes come from. */
interface Numbers {
  readonly shapes: ShapeWriter
  readonly numberOf: (membrane: Membrane) => number | undefined
  /** The machine, as values know it that it found to be inert. */
  readonly machine: object
}

/** Writes molecules into one list. */
export class MoleculeWriter {
  readonly #numbers: Numbers
  readonly #places = new Map<Molecule, number>()
  readonly #arguments = new Map<HostValue, readonly Molecule[]>()
  /** All that was written. */
  readonly written: Plain[] = []

  constructor(numbers: Numbers) {
    this.#numbers = numbers
  }

  /** The molecule itself, or where it stands in the list. */
  of(molecule: Molecule): Plain {
    return inline(molecule) ?? this.#placeOf(molecule)
  }

  all(molecules: Iterable<Molecule>): Plain[] {
    return Array.from(molecules, (molecule) => this.of(molecule))
  }

  #placeOf(root: Molecule): Plain {
    const known = this.#places.get(root)
    if (known !== undefined) return [known]
    const stack = [root]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const before = stack.length
      if (!this.#places.has(top))
        for (const inner of this.#inside(top))
          if (inline(inner) === undefined && !this.#places.has(inner)) stack.push(inner)
      if (stack.length > before) continue
      stack.pop()
      if (this.#places.has(top)) continue
      const form = this.#formOf(top)
      this.#places.set(top, this.written.length)
      this.written.push(form)
    }
    return [this.#places.get(root) ?? 0]
  }

  #inside(molecule: Molecule): Iterable<Molecule> {
    if (typeof molecule !== 'object') return []
    switch (molecule.kind) {
      case 'tuple':
        return molecule.fields
      case 'list':
        return molecule.items
      case 'solution':
        return molecule instanceof SolutionValue ? moleculesIn(molecule) : []
      case 'rule':
        return molecule.captured
      case 'host':
        return this.#argumentsOf(molecule)
      case 'pending':
        return molecule.reactants.flat()
      case 'float':
      case 'symbol':
        return []
    }
  }

  #formOf(molecule: Molecule): Plain {
    if (typeof molecule !== 'object') return ['int', String(molecule)]
    switch (molecule.kind) {
      case 'float':
        return ['float', floatForm(molecule.value)]
      case 'symbol':
        return ['symbol', molecule.name]
      case 'tuple':
        return ['tuple', ...this.all(molecule.fields)]
      case 'list':
        return ['list', ...this.all(molecule.items)]
      case 'rule':
        return this.#ruleForm(molecule)
      case 'host':
        return ['host', molecule.className, ...this.all(this.#argumentsOf(molecule))]
      case 'pending':
        return this.#pendingForm(molecule)
      case 'solution':
        if (molecule instanceof SolutionValue) return this.#valueForm(molecule)
        if (molecule instanceof Membrane) {
          const number = this.#numbers.numberOf(molecule)
          if (number !== undefined) return ['membrane', number]
        }
        throw new SnapshotError('busy', 'a solution is on its way')
    }
  }

  #ruleForm(rule: Rule): Plain {
    const number = this.#numbers.shapes.numberOf(shapeOf(rule))
    if (number === undefined) return ['text', ...foreignForm(rule)]
    return ['rule', number, ...this.all(rule.captured)]
  }

  #pendingForm(pending: Pending): Plain {
    const text = pending.closedText(printInline)
    const reactants = pending.reactants.flatMap(([molecule, copies]) => [
      this.of(molecule),
      this.of(copies),
    ])
    return ['pending', pending.id, text, pending.key, ...reactants]
  }

  #valueForm(value: SolutionValue): Plain {
    const { form } = value.contents()
    const mark = !value.isPassive && isKnownInert(value, this.#numbers.machine) ? INERT : 0
    switch (form.kind) {
      case 'listing':
        return form.copies === undefined
          ? ['solution', PLAIN + mark, this.all(form.molecules)]
          : ['solution', COPIES + mark, this.all(form.molecules), this.all(form.copies)]
      case 'map':
        return [
          'solution',
          MAP + mark,
          this.all(form.entries.map(([molecule]) => molecule)),
          this.all(form.entries.map(([, copies]) => copies)),
        ]
      case 'rows': {
        const { others, compounds, blocks } = form.rows
        const written = blocks.map(({ tag, columns, count }) => [
          tag === undefined ? null : this.of(tag),
          count,
          ...columns.map((column) => this.all(Array.from(column))),
        ])
        return ['solution', ROWS + mark, this.all(others), compounds.length, ...written]
      }
    }
  }

  #argumentsOf(value: HostValue): readonly Molecule[] {
    let known = this.#arguments.get(value)
    if (known === undefined) {
      known = value.toHocl()
      if (known === undefined)
        throw new SnapshotError(
          'not-portable',
          `a value of \`${value.className}\` cannot be written`,
          { hint: `give the class a method toHocl() that returns its constructor's arguments` },
        )
      this.#arguments.set(value, known)
    }
    return known
  }
}

/** What stands for itself; undefined for all else. */
function inline(molecule: Molecule): Plain | undefined {
  if (typeof molecule === 'string' || typeof molecule === 'boolean') return molecule
  return Number.isSafeInteger(molecule) && !Object.is(molecule, -0)
    ? (molecule as number)
    : undefined
}

export function floatForm(value: number): Plain {
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : Object.is(value, -0)
      ? '-0'
      : String(value)
}

function* moleculesIn(value: SolutionValue): Generator<Molecule> {
  const { form } = value.contents()
  switch (form.kind) {
    case 'listing':
      yield* form.molecules
      yield* form.copies ?? []
      return
    case 'map':
      for (const entry of form.entries) yield* entry
      return
    case 'rows':
      yield* form.rows.others
      for (const { tag, columns } of form.rows.blocks) {
        if (tag !== undefined) yield tag
        for (const column of columns) yield* Array.from(column)
      }
  }
}
