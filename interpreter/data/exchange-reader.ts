import { DataError } from '../errors.ts'
import { pairFromJson } from '../json-read.ts'
import type { JsonContext } from '../json-read.ts'
import { DEEPEST_JSON, jsonData } from '../json-value.ts'
import type { JsonData } from '../json-value.ts'
import type { Batch, DataReader } from './formats.ts'
import { JsonReader } from './json-reader.ts'

/**
 * Reads the exchange form: a list of `[molecule, multiplicity]` pairs as it arrives, or, whole, a molecule
 * or what `hocl run --json` printed. Of a solution the molecules inside are read, not the solution.
 */
export class ExchangeReader implements DataReader {
  readonly #reader: JsonReader<JsonData>
  readonly #context: JsonContext
  #batch: Batch = { molecules: [], multiplicities: [] }
  #count = 0

  constructor(file: string, context: JsonContext = {}) {
    this.#reader = new JsonReader(jsonData, 'elements', file, DEEPEST_JSON)
    this.#reader.taker = (value) => {
      this.#take(value)
    }
    this.#context = context
  }

  push(chunk: string): Batch {
    this.#reader.push(chunk)
    return this.#taken()
  }

  end(): Batch {
    this.#reader.end()
    return this.#taken()
  }

  #taken(): Batch {
    const batch = this.#batch
    this.#batch = { molecules: [], multiplicities: [] }
    return batch
  }

  #take(value: JsonData): void {
    try {
      this.#add(this.#batch, value)
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      const which = this.#reader.hasElements ? `pair ${String(this.#count + 1)}: ` : ''
      throw this.#reader.failure(error.code, `${which}${error.message}`, error.hint)
    }
    this.#count++
  }

  #add(batch: Batch, value: JsonData): void {
    const pairs = this.#reader.hasElements ? [value] : pairsOf(value)
    for (const pair of pairs ?? [[value, 1]]) {
      const [molecule, multiplicity] = pairFromJson(pair, this.#context)
      if (multiplicity === 0) continue
      batch.molecules.push(molecule)
      batch.multiplicities.push(multiplicity)
    }
  }
}

/** The pairs of a solution, or of a run's result; undefined for another molecule. */
function pairsOf(value: JsonData): readonly JsonData[] | undefined {
  const solution =
    value instanceof Map ? (value as Map<string, JsonData>).get('solution') : undefined
  return Array.isArray(solution) ? (solution as readonly JsonData[]) : undefined
}
