import type { Machine } from '../machine.ts'
import type { Membrane } from '../membrane.ts'
import { membranesIn } from '../inner.ts'
import type { HeadSearch } from '../head-search.ts'
import { liveRules } from '../rules.ts'
import type { RuleCode } from '../rule-code.ts'
import { ALIVE } from '../store/store.ts'
import type { Worklist } from '../worklist.ts'
import { SnapshotError } from './error.ts'
import { inRows } from './field.ts'
import type { MachineParts } from './machine-parts.ts'
import { MoleculeWriter, floatForm } from './molecule-writer.ts'
import type { Plain } from './plain.ts'
import type { ShapeWriter } from './shapes.ts'
import { storeForm } from './store-writer.ts'

/** All that the course of a machine depends on; see `machine-reader.ts`. */
export function machineForm(machine: Machine, shapes: ShapeWriter): Plain {
  const { parts } = machine
  if (parts.isWorking) throw new SnapshotError('busy', 'a reaction is being told of just now')
  return new MachineWriter(machine, parts, shapes).form()
}

class MachineWriter {
  readonly #parts: MachineParts
  readonly #shapes: ShapeWriter
  readonly #molecules: MoleculeWriter
  readonly #codes: readonly RuleCode[]
  /** Outer ones before inner ones. */
  readonly #membranes: readonly Membrane[]
  readonly #numbers = new Map<Membrane, number>()
  /** By the id of a rule: one from elsewhere comes back as its text. */
  readonly #isForeign: readonly boolean[]

  constructor(machine: Machine, parts: MachineParts, shapes: ShapeWriter) {
    this.#parts = parts
    this.#shapes = shapes
    this.#codes = parts.rules.codes
    this.#membranes = membranesFrom(parts.root)
    for (const [number, membrane] of this.#membranes.entries()) this.#numbers.set(membrane, number)
    this.#isForeign = this.#codes.map(({ anatomy }) => shapes.numberOf(anatomy.shape) === undefined)
    const numberOf = (membrane: Membrane): number | undefined => this.#numbers.get(membrane)
    this.#molecules = new MoleculeWriter({ shapes, numberOf, machine })
  }

  form(): Plain {
    const { reactions, atOnce, lastId, looks, molecules, used, since, random } = this.#parts
    const membranes = this.#membranes.map((membrane) => this.#membrane(membrane))
    const answered = this.#parts.answers.answered.map(({ element, membrane, entries }) => [
      this.#molecules.of(element),
      this.#numberOf(membrane),
      ...entries.flatMap(([molecule, copies]) => [
        this.#molecules.of(molecule),
        this.#molecules.of(copies),
      ]),
    ])
    return {
      random: random.state,
      counters: { reactions, atOnce, lastId, looks, molecules, used, since },
      classes: this.#parts.classes.all.map(({ kind, arity, tag, columns }) => [
        kind,
        arity,
        tag?.name ?? null,
        columns,
      ]),
      codes: this.#codes.map((code) => this.#code(code)),
      membranes,
      turns: this.#turns(),
      answered,
      // Last, when all that refers to them is written.
      molecules: this.#molecules.written,
    }
  }

  #numberOf(membrane: Membrane): number {
    return this.#numbers.get(membrane) ?? -1
  }

  /** Undefined where one of these rules comes back as another one. */
  #idsOf(codes: readonly { readonly id: number }[]): Plain {
    const ids = codes.map(({ id }) => id)
    return ids.some((id) => this.#isForeign[id] === true) ? null : ids
  }

  #code(code: RuleCode): Plain {
    const shape = this.#shapes.numberOf(code.anatomy.shape)
    if (shape === undefined) return null
    return [
      shape,
      ...code.searches.flatMap(([head, search]) => {
        const form = this.#search(search)
        return form === undefined ? [] : [[head, form]]
      }),
    ]
  }

  #search({ state }: HeadSearch): Plain | undefined {
    if (state === undefined) return undefined
    const { planned, ...numbers } = state
    if (planned === undefined) return { ...numbers, planned: null }
    const { estimates, isIndexed, isHot, joined, counts } = planned
    return {
      ...numbers,
      planned: {
        estimates: estimates.map((each) => each ?? null),
        counts,
        isIndexed,
        isHot,
        joined: joined === undefined ? null : this.#idsOf(joined.dispatch.codes),
      },
    }
  }

  #membrane(membrane: Membrane): Plain {
    const { sleep, depth, waiting, isScheduled, restingSince, asleep } = membrane
    const common = { depth, waiting, scheduled: isScheduled, resting: restingSince }
    if (asleep !== undefined) return { ...common, sleep, value: this.#molecules.of(asleep) }
    const { nested, pending, reserves } = membrane.details
    const rules = liveRules(membrane).state
    const known = this.#codes.map((code) => (this.#isForeign[code.id] === true ? undefined : code))
    return {
      ...{ ...common, sleep, nested },
      stores: membrane.stores.flatMap((store) =>
        store === undefined ? [] : [storeForm(store, this.#molecules, known)],
      ),
      worklist: this.#worklist(membrane.worklist),
      sleepers: membrane.sleepers === undefined ? null : this.#worklist(membrane.sleepers),
      rules: {
        order: rules.order,
        fresh: rules.fresh,
        kernelsFrom: rules.kernelsFrom,
        hasTried: rules.hasTried,
        sparing: rules.sparing === undefined ? null : this.#idsOf(rules.sparing),
      },
      pending: this.#molecules.all(pending),
      reserves: reserves.flatMap(({ molecule, copies }) => [this.#molecules.of(molecule), copies]),
      last: this.#parts.selection?.lastIn(membrane) ?? null,
    }
  }

  #worklist({ rows, best }: Worklist): Plain {
    if (best === undefined) return { rows, best: null }
    const { keys, slots } = best.waiting
    return {
      rows,
      best: {
        class: best.classId,
        column: best.ranking.column,
        least: best.ranking.isLeastFirst,
        keys: keys.map(floatForm),
        slots,
      },
    }
  }

  #turns(): Plain {
    const { ready, dormitory, cutShort, sleepers, activation, selection, kernels } = this.#parts
    const { resting, next, time } = dormitory.state
    const broken = activation.brokenOff
    const chosen = selection?.brokenOff
    const { passed, working } = kernels?.state ?? {}
    return {
      ready: ready.waiting.map((membrane) => this.#numberOf(membrane)),
      dormitory: {
        // One more than the number of each, and 0 for nobody.
        resting: inRows(resting.map((each) => (each === undefined ? 0 : this.#numberOf(each) + 1))),
        next,
        time,
      },
      cut: cutShort === undefined ? null : this.#cut(cutShort),
      left: sleepers?.left ?? null,
      broken: broken === undefined ? null : this.#broken(broken),
      chosen:
        chosen === undefined
          ? null
          : {
              membrane: this.#numberOf(chosen.membrane),
              current: chosen.isCurrent,
              tried: chosen.tried,
              places: chosen.places.map(placeForm),
              random: chosen.random ?? null,
            },
      passed: passed === undefined ? null : this.#numberOf(passed),
      working:
        working === undefined
          ? null
          : {
              membrane: this.#numberOf(working.membrane),
              current: working.isCurrent,
              ...{ kernel: working.kernel, slot: working.slot, class: working.classId },
            },
    }
  }

  #cut({ membrane, until, isAwake }: NonNullable<MachineParts['cutShort']>): Plain {
    return { membrane: this.#numberOf(membrane), until: until ?? null, awake: isAwake }
  }

  #broken(broken: NonNullable<MachineParts['activation']['brokenOff']>): Plain {
    const { activated, entry, place, isPut, isCurrent, places } = broken
    return {
      membrane: this.#numberOf(activated.membrane),
      class: activated.store.class.id,
      slot: activated.slot,
      rule: entry.slot,
      place: place === undefined ? null : [place.first, place.tried, place.instance],
      ...{ put: isPut, current: isCurrent },
      places: places.map(placeForm),
    }
  }
}

type Saved = NonNullable<MachineParts['activation']['brokenOff']>['places'][number]

function placeForm({ store, batch, candidate, offset }: Saved): Plain {
  return [store, batch, candidate, offset]
}

/** All membranes from the outermost on, each after the one around it. */
function membranesFrom(root: Membrane): readonly Membrane[] {
  const found: Membrane[] = [root]
  for (let at = 0; at < found.length; at++) {
    for (const store of found[at]?.stores ?? []) {
      if (store?.holdsMembranes !== true) continue
      for (let slot = 0; slot < store.end; slot++) {
        if (((store.state[slot] ?? 0) & ALIVE) === 0) continue
        // What the membrane of the machine owns is one of its own.
        for (const inner of membranesIn(store.molecule(slot))) found.push(inner as Membrane)
      }
    }
  }
  return found
}
