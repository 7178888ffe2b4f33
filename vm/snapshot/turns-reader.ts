import { PendingElement } from '../../interpreter/index.ts'
import type { BrokenOffAt } from '../activation.ts'
import type { Saved } from '../code/run.ts'
import type { Machine } from '../machine.ts'
import type { Membrane } from '../membrane.ts'
import { liveRules } from '../rules.ts'
import type { RuleEntry } from '../rules.ts'
import type { Field } from './field.ts'
import type { CutShort } from './machine-parts.ts'
import type { MoleculeReader } from './molecule-reader.ts'

const INT32_MOST = 2 ** 31 - 1

/** What the turns of a machine refer to. */
interface Sources {
  readonly membranes: readonly Membrane[]
  readonly molecules: MoleculeReader
}

/** Whose turn is next, what was cut short, chance, and all numbers. */
export function readTurns(form: Field, machine: Machine, sources: Sources): void {
  new TurnsReader(machine, sources).read(form)
}

class TurnsReader {
  readonly #machine: Machine
  readonly #sources: Sources

  constructor(machine: Machine, sources: Sources) {
    this.#machine = machine
    this.#sources = sources
  }

  read(form: Field): void {
    const { ready, dormitory, random, sleepers, activation, kernels } = this.#machine.parts
    const { molecules } = this.#sources
    const turns = form.named('turns')
    const waiting = turns
      .named('ready')
      .items()
      .map((field) => this.#membrane(field))
    // Each has one place among those that wait: it would have its turn twice.
    if (new Set(waiting).size < waiting.length) turns.fail('a solution has two turns')
    for (const membrane of waiting) ready.put(membrane)
    const hall = turns.named('dormitory')
    dormitory.restore({
      resting: this.#resting(hall.named('resting')),
      next: hall.named('next').int(0, INT32_MOST),
      time: hall.named('time').int(),
    })
    random.resume(randomState(form.named('random')))
    if (sleepers !== undefined) sleepers.left = turns.named('left').maybe((left) => left.int(0, 64))
    const broken = turns.named('broken').maybe((field) => this.#broken(field))
    if (broken !== undefined) activation.restore(broken)
    this.#readChosen(turns.named('chosen'))
    kernels?.restore({
      passed: turns.named('passed').maybe((field) => this.#membrane(field)),
      working: turns.named('working').maybe((field) => ({
        membrane: this.#awake(field.named('membrane')),
        isCurrent: field.named('current').flag(),
        kernel: field.named('kernel').int(),
        slot: field.named('slot').int(),
        classId: field.named('class').int(),
      })),
    })
    this.#readAnswered(form.named('answered'), molecules)
    this.#readCounters(form.named('counters'), turns.named('cut'))
  }

  #membrane(field: Field): Membrane {
    const { membranes } = this.#sources
    return membranes[field.int(0, membranes.length - 1)] ?? field.fail('there is no such solution')
  }

  #awake(field: Field): Membrane {
    const membrane = this.#membrane(field)
    return membrane.sleep === 'no' ? membrane : field.fail('this solution is asleep')
  }

  /** By place; undefined where nobody is who still counts. */
  #resting(field: Field): (Membrane | undefined)[] {
    const rows = field.ints()
    const resting: (Membrane | undefined)[] = []
    for (let at = 0; at < rows.length; at += 2) {
      const [from = 0, count = 0] = [rows[at], rows[at + 1]]
      if (count > MOST_RESTING - resting.length) field.fail('so many never rest')
      for (let i = 0; i < count; i++) {
        const number = from + i
        const membrane = number === 0 ? undefined : this.#sources.membranes[number - 1]
        if (number > 0 && membrane === undefined) field.fail('there is no such solution')
        resting.push(membrane)
      }
    }
    return resting
  }

  #broken(field: Field): BrokenOffAt {
    const membrane = this.#awake(field.named('membrane'))
    const store = membrane.stores[field.named('class').int()]
    const slot = field.named('slot').int(0, INT32_MOST)
    const entry = this.#entry(field.named('rule'), membrane)
    if (store === undefined || slot >= store.end) return field.fail('nothing is there')
    const place = field.named('place').maybe((numbers) => {
      const [first = 0, tried = 0, instance = 0] = numbers.ints()
      return { first, tried, instance }
    })
    return {
      ...{ activated: { membrane, store, slot }, entry, place },
      isPut: field.named('put').flag(),
      isCurrent: field.named('current').flag(),
      places: placesIn(field.named('places')),
    }
  }

  #entry(field: Field, membrane: Membrane): RuleEntry {
    return liveRules(membrane).at(field.int()) ?? field.fail('no rule is there')
  }

  #readChosen(field: Field): void {
    const { selection, random } = this.#machine.parts
    if (field.isAbsent || selection === undefined) return
    selection.restore({
      membrane: this.#awake(field.named('membrane')),
      isCurrent: field.named('current').flag(),
      tried: field.named('tried').int(),
      places: placesIn(field.named('places')),
      random: undefined,
    })
    const began = field.named('random').maybe(randomState)
    if (began !== undefined) random.resume(began)
  }

  #readAnswered(field: Field, molecules: MoleculeReader): void {
    for (const form of field.items()) {
      const element = molecules.pending(form.item(0))
      if (!(element instanceof PendingElement)) return form.fail('this is no call that waits')
      const membrane = this.#membrane(form.item(1))
      this.#machine.parts.answers.restore({
        element,
        membrane,
        entries: molecules.entries(form, 2),
      })
    }
  }

  #readCounters(field: Field, cut: Field): void {
    this.#machine.restore({
      reactions: field.named('reactions').int(),
      atOnce: field.named('atOnce').int(),
      lastId: field.named('lastId').int(),
      looks: field.named('looks').int(),
      molecules: field.named('molecules').int(Number.MIN_SAFE_INTEGER),
      used: Math.max(0, field.named('used').number()),
      since: field.named('since').int(),
      cutShort: cut.maybe((each): CutShort => {
        return {
          membrane: this.#membrane(each.named('membrane')),
          until: each.named('until').maybe((until) => until.int()),
          isAwake: each.named('awake').flag(),
        }
      }),
    })
  }
}

/** Of a machine. */
const MOST_RESTING = 2 ** 20

function placesIn(field: Field): Saved[] {
  return field.items().map((form) => {
    const [store = 0, batch = 0, candidate = 0, offset = 0] = form.ints(0, INT32_MOST)
    return { store, batch, candidate, offset }
  })
}

function randomState(field: Field): readonly [number, number, number, number] {
  const [a, b, c, d, ...more] = field.ints(-(2 ** 31), 2 ** 31 - 1)
  if (a === undefined || b === undefined || c === undefined || d === undefined || more.length > 0)
    return field.fail('four numbers are expected here')
  return [a, b, c, d]
}
