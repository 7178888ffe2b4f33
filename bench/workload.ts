import { Table } from '../interpreter/index.ts'
import type { Entry, Molecule, Outcome, SolutionValue } from '../interpreter/index.ts'

/** What a program is given and what comes out, for one way of writing it. */
export interface Form<Data> {
  /** The data as molecules, in columns where it is in arrays. `rule` gives a rule of the program by its name, for solutions that need one inside. */
  molecules(data: Data, rule: (name: string) => Molecule): Iterable<Molecule | Table>
  /** The result as the peers print it, read from what is left: rules are among its molecules. */
  result(left: SolutionValue, end: Outcome): string
}

/** A program of the benchmark: its data, how a person would write it in JavaScript, and two ways in HOCL. */
export interface Definition<Data> {
  readonly name: string
  /** The file in `programs/` and in `variants/`, where it is not the name. */
  readonly file?: string
  /** What N counts. */
  readonly unit: string
  /** Ascending. `npm run bench` runs all, `--quick` the first. */
  readonly sizes: readonly number[]
  data(size: number): Data
  /** The result, made in the best way there is. Undefined where that would take for ever. */
  hand(data: Data): string | undefined
  /** The result in any other way, where `hand` has none. */
  check?(data: Data): string
  /** Where results are drawn: whether one is as good as the other. Otherwise they must be equal. */
  agrees?(result: string, expected: string): boolean
  /** After so many events a program that goes on for ever is stopped; it is simulated by its rates. */
  events?(data: Data): number
  readonly program: Form<Data>
  readonly variant: Form<Data>
  /** What peers are given. Absent for a program that none of them has. */
  readonly peers?: { readonly sizes: readonly number[]; readonly data?: (size: number) => Data }
}

/** Which of the two ways in HOCL. */
export type FormName = 'program' | 'variant'

/** A workload at one size, with its data made. */
export interface Task {
  readonly hasHand: boolean
  hand(): string
  /** What every way must give. */
  expected(): string
  isRight(result: string): boolean
  /** Of a program that is simulated; undefined for all others. */
  readonly events: number | undefined
  /** What is to be injected, one after the other. */
  batches(form: FormName, rule: (name: string) => Molecule): readonly Iterable<Entry>[]
  result(form: FormName, end: Outcome): string
}

/** A `Definition` without the type of its data, so that they stand in one list. */
export interface Workload {
  readonly name: string
  readonly file: string
  readonly unit: string
  readonly sizes: readonly number[]
  readonly peerSizes: readonly number[]
  task(size: number): Task
  /** With the data that peers are given. */
  peerTask(size: number): Task
}

/** Closes a definition over its data. */
export function workload<Data>(definition: Definition<Data>): Workload {
  const { name, file = name, unit, sizes, peers } = definition
  return {
    name,
    file,
    unit,
    sizes,
    peerSizes: peers?.sizes ?? [],
    task: (size) => taskOf(definition, definition.data(size)),
    peerTask: (size) => taskOf(definition, (peers?.data ?? definition.data)(size)),
  }
}

function taskOf<Data>(definition: Definition<Data>, data: Data): Task {
  const hand = (): string => {
    const result = definition.hand(data)
    if (result === undefined) throw new RangeError(`${definition.name} has no hand result here`)
    return result
  }
  const hasHand = definition.check === undefined || definition.hand(data) !== undefined
  const expected = (): string => (hasHand ? hand() : (definition.check?.(data) ?? ''))
  return {
    hasHand,
    hand,
    expected,
    isRight: (result) => definition.agrees?.(result, expected()) ?? result === expected(),
    events: definition.events?.(data),
    batches: (form, rule) => batchesOf(definition[form].molecules(data, rule)),
    result: (form, end) => definition[form].result(end.solution, end),
  }
}

/** Tables as they are, and other molecules that come one after the other together. */
function batchesOf(molecules: Iterable<Molecule | Table>): Iterable<Entry>[] {
  const batches: Iterable<Entry>[] = []
  let entries: Entry[] | undefined
  for (const molecule of molecules) {
    if (molecule instanceof Table) {
      batches.push(molecule)
      entries = undefined
      continue
    }
    if (entries === undefined) batches.push((entries = []))
    entries.push([molecule, 1])
  }
  return batches
}
