import { fitted } from '../fitted.ts'
import { Float, List, NULL, Tuple } from '../molecule.ts'
import type { Entry, Molecule } from '../molecule.ts'
import { SolutionValue } from '../multiset.ts'
import { onceEach } from './formats.ts'
import type { Batch, DataReader } from './formats.ts'
import { JsonReader } from './json-reader.ts'
import type { JsonMaker } from './json-reader.ts'

/** JSON that others made: an object is the solution of its `"key":value` tuples, null the symbol `NULL`. */
const molecules: JsonMaker<Molecule> = {
  int: (value) => value,
  float: (value) => new Float(value),
  text: (value) => value,
  boolean: (value) => value,
  nothing: () => NULL,
  array: (items) => new List(fitted(items)),
  object: (members) => {
    const entries: Entry[] = []
    for (const [name, value] of members) entries.push([new Tuple([name, value]), 1])
    return SolutionValue.of(entries)
  },
}

/** Reads the elements of a JSON array, or with `lines` one value from each line. */
export class JsonDataReader implements DataReader {
  readonly #reader: JsonReader<Molecule>

  constructor(mode: 'elements' | 'lines', file: string) {
    this.#reader = new JsonReader(molecules, mode, file)
  }

  push(chunk: string): Batch {
    return onceEach(this.#reader.push(chunk))
  }

  end(): Batch {
    return onceEach(this.#reader.end())
  }
}
