import { SolutionValue, symbol } from '../../interpreter/index.ts'
import type { Dispatch } from '../dispatch.ts'
import type { Machine } from '../machine.ts'
import { Membrane } from '../membrane.ts'
import type { Program } from '../reactor/program.ts'
import type { RuleCode } from '../rule-code.ts'
import type { ClassTable } from '../store/molecule-class.ts'
import type { Field } from './field.ts'
import { MembraneReader } from './membrane-reader.ts'
import { MoleculeReader } from './molecule-reader.ts'
import type { ShapeReader } from './shapes.ts'
import { readTurns } from './turns-reader.ts'

/** Puts what a snapshot holds into a machine that has nothing in it. Calls that wait are made last. */
export function readMachine(
  form: Field,
  machine: Machine,
  { program, shapes }: { readonly program: Program; readonly shapes: ShapeReader },
): void {
  const { parts } = machine
  readClasses(form.named('classes'), parts.classes)
  const codes = form
    .named('codes')
    .items()
    .map((code) => code.maybe(() => parts.rules.compile(shapes.at(code.item(0)))))
  const membranes = form
    .named('membranes')
    .items()
    .map((_, at) => (at === 0 ? parts.root : new Membrane(machine, SolutionValue.empty)))
  if (membranes.length === 0) form.named('membranes').fail('the outermost solution is missing')
  const molecules = new MoleculeReader(form.named('molecules'), {
    ...{ program, shapes, machine, membranes },
  })
  const reader = new MembraneReader({ parts, codes, membranes, molecules })
  const forms = form.named('membranes').items()
  for (const [at, membrane] of membranes.entries()) reader.read(forms[at] ?? form, membrane)
  reader.own(form.named('membranes'))
  for (const [at, code] of form.named('codes').items().entries()) {
    const restored = codes[at]
    if (restored !== undefined) readSearches(code, restored, (ids) => reader.among(ids))
  }
  for (const [at, membrane] of membranes.entries()) reader.readIndexes(forms[at] ?? form, membrane)
  readTurns(form, machine, { membranes, molecules })
  for (const membrane of membranes)
    for (const pending of membrane.details.pending)
      if (!parts.answers.answered.some(({ element }) => element === pending))
        machine.awaited(pending, membrane)
}

function readClasses(form: Field, classes: ClassTable): void {
  const builtIn = classes.all.length
  for (const [id, field] of form.items().entries()) {
    const arity = field.item(1).int(1)
    const kinds = field.item(3).ints(0, 2)
    if (kinds.length !== arity) field.fail('a kind is expected for each column')
    const tag = field.item(2).maybe((name) => symbol(name.text()))
    if (id >= builtIn && (field.item(0).value !== 'tuple' || arity < 2))
      field.fail('only tuples have classes of their own')
    const known =
      id < builtIn
        ? classes.all[id]
        : tag === undefined
          ? classes.untagged(arity)
          : classes.tag(tag, arity)
    if (known?.id !== id || known.kind !== field.item(0).value || known.arity !== arity)
      return field.fail('this class stands in another place')
    for (const [at, kind] of kinds.entries()) known.columns[at] = kind as 0 | 1 | 2
  }
}

/** What the searches of a rule have come to. */
function readSearches(form: Field, code: RuleCode, among: (ids: Field) => Dispatch): void {
  for (const field of form.items().slice(1)) {
    const head = field.item(0).int(-1)
    const search =
      head < 0
        ? code.freshSearch
        : code.search(
            code.heads.find((each) => each.head.index === head)?.head ??
              field.fail('the rule has no such head'),
          )
    const state = field.item(1)
    search.restore({
      starts: state.named('starts').int(),
      review: state.named('review').int(),
      looked: state.named('looked').int(),
      isIndexed: state.named('isIndexed').flag(),
      cursor: state.named('cursor').int(0, 2 ** 31 - 1),
      planned: state.named('planned').maybe((planned) => ({
        estimates: planned
          .named('estimates')
          .items()
          .map((each) => each.maybe((estimate) => estimate.number())),
        counts: planned.named('counts').ints(),
        isIndexed: planned.named('isIndexed').flag(),
        isHot: planned.named('isHot').flag(),
        joined: planned.named('joined').maybe((ids) => {
          const dispatch = among(ids)
          return { chain: dispatch.chain(code.anatomy), dispatch }
        }),
      })),
    })
  }
}
