import { isInfinite } from './integer.ts'
import type { Int } from './integer.ts'
import { isInt } from './molecule.ts'
import type { Entry, Molecule, Rule, Solution } from './molecule.ts'
import { printInline } from './print.ts'
import type { JsonValue } from './json-value.ts'

/**
 * The exchange form of a molecule as a JavaScript value. It nests as deeply as the molecule:
 * `JSON.stringify` may overflow the stack on it where `jsonText` does not.
 */
export function toJson(molecule: Molecule): JsonValue {
  const root: JsonValue[] = []
  const stack: Building[] = []
  begin(molecule, root, stack)
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.next()
    if (next === undefined) stack.pop()
    else begin(next, top.target(), stack)
  }
  return root[0] ?? null
}

/** The entries of a solution as `[molecule, multiplicity]` pairs in canonical order, as `hocl run --json` lists them. */
export function pairsToJson(solution: Solution): readonly JsonValue[] {
  return solution
    .contents()
    .sorted()
    .map(([molecule, multiplicity]) => [toJson(molecule), multiplicityForm(multiplicity)])
}

/** The exchange form as text, on one line. */
export function jsonText(molecule: Molecule): string {
  return [...jsonPieces(molecule)].join('')
}

/** The exchange form as text in pieces of some 64,000 characters, without ever building it whole. */
export function* jsonPieces(molecule: Molecule): Generator<string> {
  const writer = new Writer()
  writer.begin(molecule)
  while (writer.step()) if (writer.text.length >= PIECE) yield writer.take()
  yield writer.take()
}

/** The pairs of a solution as text in pieces. */
export function* pairsPieces(solution: Solution): Generator<string> {
  const writer = new Writer()
  writer.beginPairs(solution)
  while (writer.step()) if (writer.text.length >= PIECE) yield writer.take()
  yield writer.take()
}

const PIECE = 2 ** 16

/** A multiplicity in a pair: an integer of JSON, a larger one as `{"int": …}`, `"inf"` or `"-inf"`. */
function multiplicityForm(multiplicity: Int): JsonValue {
  if (isInfinite(multiplicity)) return multiplicity > 0 ? 'inf' : '-inf'
  return intForm(multiplicity)
}

function intForm(value: Int): JsonValue {
  if (isInfinite(value)) return { int: value > 0 ? 'inf' : '-inf' }
  return typeof value === 'bigint' ? { int: String(value) } : value
}

/** The form of a molecule without others inside, or undefined. */
function atomForm(molecule: Molecule): JsonValue | undefined {
  if (isInt(molecule)) return intForm(molecule)
  if (typeof molecule !== 'object') return molecule
  switch (molecule.kind) {
    case 'float':
      return { float: molecule.value }
    case 'symbol':
      return { symbol: molecule.name }
    case 'rule':
      if (molecule.captured.length > 0) return undefined
      return ruleForm(molecule)
    case 'host': {
      const given = molecule.toHocl()
      return given === undefined ? { host: molecule.className } : undefined
    }
    case 'tuple':
    case 'list':
    case 'solution':
    case 'pending':
      return undefined
  }
}

/** A named rule is its name; the source is there where the name alone does not make it. */
function ruleForm(rule: Rule): { readonly [name: string]: JsonValue } {
  const { name, printsInFull } = rule.shape
  if (name !== undefined && printsInFull !== true && rule.captured.length === 0)
    return { rule: name }
  return { rule: name ?? null, source: rule.shape.text(rule.captured, printInline) }
}

/** The members of a compound's form, and the molecules that its array holds. */
interface Parts {
  readonly before: { readonly [name: string]: JsonValue }
  readonly name: string
  readonly molecules: readonly Molecule[] | undefined
  readonly entries: readonly Entry[]
}

function partsOf(molecule: Molecule): Parts {
  const molecules = { before: {}, name: '', molecules: [], entries: [] }
  if (typeof molecule !== 'object') return molecules
  switch (molecule.kind) {
    case 'tuple':
      return { ...molecules, name: 'tuple', molecules: molecule.fields }
    case 'list':
      return { ...molecules, name: 'list', molecules: molecule.items }
    case 'solution':
      return {
        ...molecules,
        name: 'solution',
        molecules: undefined,
        entries: molecule.contents().sorted(),
      }
    case 'rule':
      return {
        ...molecules,
        before: ruleForm(molecule),
        name: 'captured',
        molecules: molecule.captured,
      }
    case 'host':
      return {
        ...molecules,
        before: { host: molecule.className },
        name: 'args',
        molecules: molecule.toHocl() ?? [],
      }
    case 'pending':
      return {
        before: { pending: molecule.closedText(printInline), key: molecule.key },
        name: 'reactants',
        molecules: undefined,
        entries: molecule.reactants,
      }
    case 'float':
    case 'symbol':
      return molecules
  }
}

/** A compound on its way to a JavaScript value. */
class Building {
  readonly #parts: Parts
  readonly #array: JsonValue[]
  #index = 0
  #target: JsonValue[]

  constructor(parts: Parts, array: JsonValue[]) {
    this.#parts = parts
    this.#array = array
    this.#target = array
  }

  next(): Molecule | undefined {
    const index = this.#index++
    if (this.#parts.molecules !== undefined) return this.#parts.molecules[index]
    this.#closePair()
    const entry = this.#parts.entries[index]
    if (entry !== undefined) this.#target = []
    return entry?.[0]
  }

  /** Where the form of the next molecule goes. */
  target(): JsonValue[] {
    return this.#target
  }

  #closePair(): void {
    const entry = this.#parts.entries[this.#index - 2]
    if (entry === undefined) return
    this.#target.push(multiplicityForm(entry[1]))
    this.#array.push(this.#target)
  }
}

function begin(molecule: Molecule, target: JsonValue[], stack: Building[]): void {
  const atom = atomForm(molecule)
  if (atom !== undefined) {
    target.push(atom)
    return
  }
  const parts = partsOf(molecule)
  const array: JsonValue[] = []
  target.push({ ...parts.before, [parts.name]: array })
  stack.push(new Building(parts, array))
}

interface Writing {
  readonly parts: Parts
  readonly close: string
  index: number
}

class Writer {
  text = ''
  readonly #stack: Writing[] = []

  take(): string {
    const { text } = this
    this.text = ''
    return text
  }

  begin(molecule: Molecule): void {
    const atom = atomForm(molecule)
    if (atom !== undefined) {
      this.text += JSON.stringify(atom)
      return
    }
    const parts = partsOf(molecule)
    const before = JSON.stringify(parts.before)
    this.text += before === '{}' ? '{' : `${before.slice(0, -1)},`
    this.text += `"${parts.name}":[`
    this.#stack.push({ parts, close: ']}', index: 0 })
  }

  beginPairs(solution: Solution): void {
    this.text += '['
    this.#stack.push({ parts: partsOf(solution), close: ']', index: 0 })
  }

  /** Writes one more molecule; false when all is written. */
  step(): boolean {
    const top = this.#stack.at(-1)
    if (top === undefined) return false
    const index = top.index++
    if (top.parts.molecules === undefined) this.#nextPair(top, index)
    else this.#nextMolecule(top, top.parts.molecules[index], index)
    return true
  }

  #nextMolecule(top: Writing, molecule: Molecule | undefined, index: number): void {
    if (molecule === undefined) {
      this.#close(top)
      return
    }
    if (index > 0) this.text += ','
    this.begin(molecule)
  }

  #nextPair(top: Writing, index: number): void {
    const last = top.parts.entries[index - 1]
    if (last !== undefined) this.text += `,${JSON.stringify(multiplicityForm(last[1]))}]`
    const entry = top.parts.entries[index]
    if (entry === undefined) {
      this.#close(top)
      return
    }
    this.text += last === undefined ? '[' : ',['
    this.begin(entry[0])
  }

  #close(top: Writing): void {
    this.text += top.close
    this.#stack.pop()
  }
}
