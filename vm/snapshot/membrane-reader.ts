import { holdsSolution } from '../../interpreter/index.ts'
import type { Rule } from '../../interpreter/index.ts'
import { BestFirst } from '../best-first.ts'
import { Run } from '../code/run.ts'
import type { Dispatch } from '../dispatch.ts'
import { membranesIn, own } from '../inner.ts'
import type { Membrane } from '../membrane.ts'
import type { RuleCode } from '../rule-code.ts'
import { liveRules } from '../rules.ts'
import { ALIVE } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import { Worklist } from '../worklist.ts'
import type { Field } from './field.ts'
import type { MachineParts } from './machine-parts.ts'
import { floatOf } from './molecule-reader.ts'
import type { MoleculeReader } from './molecule-reader.ts'
import { readIndexes, readStore } from './store-reader.ts'
import type { StoreSources } from './store-reader.ts'

/** Slots that may be empty, or wait, beside those that are there: no solution ever has more. */
const MOST_ROOM = 2 ** 26

/** What membranes refer to. */
interface Sources {
  readonly parts: MachineParts
  /** By the id in the snapshot; undefined for a rule that comes back as its text. */
  readonly codes: readonly (RuleCode | undefined)[]
  readonly membranes: readonly Membrane[]
  readonly molecules: MoleculeReader
}

/** Fills membranes that have nothing in them. */
export class MembraneReader {
  readonly #sources: Sources
  readonly #stores: StoreSources
  /** Slots that may wait, in all membranes together. */
  #waiting = MOST_ROOM

  constructor(sources: Sources) {
    this.#sources = sources
    const { parts, codes, molecules } = sources
    this.#stores = {
      ...{ molecules, codes, classes: parts.classes, room: MOST_ROOM },
      run: () => new Run(parts.root, { random: () => 0 }, () => false),
    }
  }

  /** The dispatch of rules by their ids. */
  among(ids: Field): Dispatch {
    const { codes, parts } = this.#sources
    return parts.rules.among(
      ids.ints(0, codes.length - 1).map((id) => codes[id] ?? ids.fail('there is no such rule')),
    )
  }

  read(form: Field, membrane: Membrane): void {
    const { parts, molecules } = this.#sources
    const sleep = form.named('sleep').oneOf(['no', 'inert', 'active'])
    const scheduled = form.named('scheduled').flag()
    membrane.restingSince = form.named('resting').int()
    if (sleep !== 'no') {
      if (membrane === parts.root) form.fail('the outermost solution never sleeps')
      membrane.hold(molecules.value(form.named('value')))
      membrane.restore({ nested: 0, pending: [], reserves: [] }, sleep)
    } else {
      const reserves = form.named('reserves')
      membrane.restore(
        {
          nested: form.named('nested').int(),
          pending: form
            .named('pending')
            .items()
            .map((field) => molecules.pending(field)),
          reserves: molecules.entries(reserves).map(([molecule, copies]) => {
            const count = Number(copies)
            return Number.isSafeInteger(count) && count > 0
              ? { molecule, copies: count }
              : reserves.fail('a number of copies is expected here')
          }),
        },
        sleep,
      )
      membrane.depth = form.named('depth').int()
      this.#readInside(form, membrane)
    }
    membrane.waiting = form.named('waiting').int()
    membrane.isScheduled = scheduled
  }

  #readInside(form: Field, membrane: Membrane): void {
    const { classes, selection } = this.#sources.parts
    for (const field of form.named('stores').items()) {
      const id = field.named('class').int(0, classes.all.length - 1)
      const moleculeClass = classes.all[id]
      if (moleculeClass === undefined || membrane.stores[id] !== undefined)
        return field.fail('a class has one store')
      readStore(field, membrane.store(moleculeClass), this.#stores)
    }
    this.#readRules(form.named('rules'), membrane)
    this.#readWorklist(form.named('worklist'), membrane, membrane.worklist)
    membrane.sleepers = form.named('sleepers').maybe((field) => {
      const sleepers = new Worklist()
      this.#readWorklist(field, membrane, sleepers)
      return sleepers
    })
    const last = form.named('last').maybe((field) => field.int())
    if (last !== undefined) selection?.restoreLast(membrane, last)
  }

  #readRules(form: Field, membrane: Membrane): void {
    const store = membrane.stores[this.#sources.parts.classes.rule.id]
    const ruleIn = (slot: number): Rule => {
      const rule = ((store?.state[slot] ?? 0) & ALIVE) === 0 ? undefined : store?.molecule(slot)
      if (typeof rule !== 'object' || rule.kind !== 'rule') return form.fail('no rule is there')
      return rule
    }
    const order = form.named('order').ints()
    if (new Set(order).size < order.length) form.fail('a rule is there twice')
    liveRules(membrane).restore(
      {
        order,
        fresh: form.named('fresh').ints(),
        kernelsFrom: form.named('kernelsFrom').int(),
        hasTried: form.named('hasTried').flag(),
        sparing: undefined,
      },
      ruleIn,
      form.named('sparing').maybe((ids) => this.among(ids)),
    )
  }

  #readWorklist(form: Field, membrane: Membrane, worklist: Worklist): void {
    const rows = form.named('rows')
    const numbers = rows.ints(0, 2 ** 31 - 1)
    for (let at = 0; at < numbers.length; at += 3) {
      const [classId = 0, from = 0, count = 0] = numbers.slice(at, at + 3)
      const room = membrane.stores[classId]?.details.capacity ?? 0
      this.#waiting -= count
      if (from + count > room || this.#waiting < 0) rows.fail('more waits than is there')
      worklist.putRow(classId, from, count)
    }
    worklist.best = form.named('best').maybe((field) => {
      const store =
        membrane.stores[field.named('class').int()] ?? field.fail('no such class is here')
      const best = new BestFirst(store.class.id, {
        column: field.named('column').int(0, store.class.arity - 1),
        isLeastFirst: field.named('least').flag(),
      })
      const keys = field.named('keys').items().map(floatOf)
      const slots = field.named('slots').ints(0, 2 ** 31 - 1)
      if (keys.length !== slots.length || keys.some(Number.isNaN))
        field.fail('a key is expected for each slot')
      best.restore(keys, slots)
      return best
    })
  }

  /** Tells inner membranes where they are: each in one place, in one that stands before it. */
  own(forms: Field): void {
    const { membranes } = this.#sources
    const numbers = new Map<object, number>()
    for (const [number, membrane] of membranes.entries()) numbers.set(membrane, number)
    for (const [number, membrane] of membranes.entries())
      for (const store of membrane.stores)
        if (store !== undefined && mayHold(store))
          this.#ownIn(membrane, store, forms.item(number), numbers)
    for (const [number, { parent }] of membranes.entries())
      if (number > 0 && parent === undefined) forms.item(number).fail('this solution is nowhere')
  }

  #ownIn(
    membrane: Membrane,
    store: Store,
    form: Field,
    numbers: ReadonlyMap<object, number>,
  ): void {
    for (let slot = 0; slot < store.end; slot++) {
      if (((store.state[slot] ?? 0) & ALIVE) === 0) continue
      const inner = membranesIn(store.molecule(slot))
      if (inner.length === 0) continue
      for (const each of inner)
        if (each.parent !== undefined || (numbers.get(each) ?? 0) <= (numbers.get(membrane) ?? 0))
          form.fail('a solution stands in two places, or around itself')
      if (new Set(inner).size < inner.length) form.fail('a solution stands in two places')
      own(membrane, store, slot)
    }
  }

  /** Indexes come when all that they are on is there. */
  readIndexes(form: Field, membrane: Membrane): void {
    if (membrane.sleep !== 'no') return
    for (const field of form.named('stores').items()) {
      const store = membrane.stores[field.named('class').int()]
      if (store !== undefined) readIndexes(field, store, this.#stores)
    }
  }
}

function mayHold({ columns }: Store): boolean {
  return columns.some(
    (column) =>
      Array.isArray(column) &&
      column.some((molecule) => typeof molecule === 'object' && holdsSolution(molecule)),
  )
}
