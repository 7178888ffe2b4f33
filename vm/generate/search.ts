import type { Molecule, Pattern, RuleShape, Slot } from '../../interpreter/index.ts'
import type { Arriving } from '../arriving.ts'
import { acceptsCode, everySlot, orderSpec, orderedSlots, storesCode } from '../code/candidates.ts'
import type { Opening } from '../code/inside.ts'
import { fieldsSpec, indexSpecFor } from '../code/index-specs.ts'
import type { Run, Step } from '../code/run.ts'
import { isGone } from '../code/search.ts'
import type { Cursor, StartCode } from '../code/search.ts'
import type { Head, Opened } from '../plan/heads.ts'
import type { GoingOn } from '../plan/go-on.ts'
import type { ReactionPlan } from '../plan/outcome.ts'
import type { Access, FieldKey, KnownValue, MatchPlan, PlanStep } from '../plan/plan.ts'
import { isTag } from '../plan/planner.ts'
import { Residual, hasFree } from '../residual.ts'
import { keyOf } from '../store/key.ts'
import { FEW } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import type { ClassTable, MoleculeClass } from '../store/molecule-class.ts'
import { classOfPattern } from '../plan/classes.ts'
import { ExpressionWriter, expectFailure, local } from './expressions.ts'
import { PatternWriter, isKnown, isWritable } from './patterns.ts'
import {
  canGenerateInside,
  writeClose,
  writeInsideReaction,
  writeLook,
  writeStart,
} from './inside.ts'
import { slowPath, writeReaction } from './react.ts'
import type { Around } from './inside.ts'
import type { FollowCode, Joined, Reactor } from './react.ts'
import { Text, functionFrom } from './text.ts'

/** Everything that generating a search needs beside the plan. */
export interface GenerateContext {
  readonly classes: ClassTable
  readonly reactor: Reactor
  readonly arrivals: Arriving
  /** The closure for reactions that are less plain. */
  readonly react: Step
  readonly reaction: ReactionPlan | undefined
  /** Where the outermost step last found something, by step: shared with the closures. */
  readonly cursor: Cursor
  readonly goesOn: GoingOn
  readonly joined: Joined | undefined
  /** Whether reactions may follow on one another at once, others being possible. */
  readonly mayRepeat: boolean
  /** What takes a molecule of a class that was made before it has a place, if anything does. */
  readonly follow: (moleculeClass: MoleculeClass) => FollowCode | undefined
  readonly opening: Opening
  /** The closures for the same plan. */
  readonly general: StartCode
}

/** Whether a plan can be written as one function: nothing is split, and only what is activated is opened. */
export function canGenerateFor(plan: MatchPlan): boolean {
  if (plan.anatomy.opened.length > 0) return canGenerateInside(plan)
  return plan.anatomy.heads.every(
    ({ reactant, within }) =>
      reactant.kind === 'single' && within === undefined && isWritable(reactant.pattern),
  )
}

/** A plan as one generated function that does just what its closures do, in the same order. */
export function generatedSearch(plan: MatchPlan, context: GenerateContext): StartCode {
  const writer = new SearchWriter(plan, context)
  // The text takes what `SearchCode.start` takes and answers what it answers.
  return writer.write() as StartCode
}

class SearchWriter {
  readonly #plan: MatchPlan
  readonly #context: GenerateContext
  readonly #text = new Text()
  readonly #expressions: ExpressionWriter
  readonly #bound = new Set<Slot>()
  readonly #patterns: PatternWriter
  readonly #placed: Head[] = []
  /** By level. */
  readonly #found: Head[] = []
  /** By level: what says which batch of candidates is being looked at. */
  readonly #batches: string[] = []
  #levels = 0
  /** What ends the blocks that are open, the innermost last. */
  readonly #closings: string[] = []

  constructor(plan: MatchPlan, context: GenerateContext) {
    this.#plan = plan
    this.#context = context
    this.#expressions = new ExpressionWriter(this.#text)
    this.#patterns = new PatternWriter(this.#text, this.#expressions, this.#bound)
    for (const rest of plan.anatomy.shape.topRests) this.#bound.add(rest)
  }

  get #shape(): RuleShape {
    return this.#plan.anatomy.shape
  }

  /** The parameters after the first. */
  get #parameters(): string {
    const { active } = this.#plan
    return active === undefined ? '_s, _c' : `s${String(active.index)}, c${String(active.index)}`
  }

  get #around(): Around {
    const { opening, general } = this.#context
    return { text: this.#text, opening, general, active: this.#parameters }
  }

  write(): unknown {
    const text = this.#text
    if (this.#plan.anatomy.opened.length > 0) writeStart(this.#around)
    const empty = new Residual(undefined, [])
    for (const rest of this.#shape.topRests) text.line(`${local(rest)} = ${text.constant(empty)}`)
    for (const step of this.#plan.steps) this.#step(step)
    this.#react()
    for (const closing of this.#closings.reverse()) text.line(closing)
    const frameSize = this.#context.joined?.chain?.frameSize ?? this.#shape.slotNames.length
    const names = Array.from({ length: frameSize }, (_, slot) => local(slot))
    const declared = [...names, ...this.#expressions.temporaries]
    const { active } = this.#plan
    const parameters = this.#parameters
    // Named, so that a profile tells which rule takes the time.
    const name = `${this.#shape.name?.replace(/\W/gu, '_') ?? 'rule'}_${String(active?.index ?? 'new')}`
    const body = `function search_${name}(run, ${parameters}) {
var membrane = run.membrane, captured = run.captured, z = 0${declared.map((name) => `, ${name} = 0`).join('')}
${this.#text.body}
return z
}`
    return functionFrom(text, body)
  }

  #step(step: PlanStep): void {
    switch (step.kind) {
      case 'take':
        this.#take(step.head)
        return
      case 'find':
        if (step.head.within === undefined) this.#find(step.head, step.access)
        else this.#findInside(step.head, step.head.within)
        return
      case 'close':
        writeClose(this.#text, step.opened)
        return
      case 'check':
        this.#check(step)
        return
      case 'split':
        throw new Error('a step that has no text')
    }
  }

  /** What to do where something does not fit: look at the next candidate, or give up. */
  get #fail(): string {
    return this.#levels === 0 ? 'return 0' : `continue l${String(this.#levels - 1)}`
  }

  #check({ conjunct }: Extract<PlanStep, { kind: 'check' }>): void {
    const text = this.#text
    const { text: test, canFail } = this.#expressions.holds(conjunct.expression)
    if (!canFail) {
      text.line(`if (!(${test})) ${this.#fail}`)
      return
    }
    const holds = text.fresh('h')
    const failed = text.constant(expectFailure)
    text.line(`var ${holds} = false; try { ${holds} = ${test} } catch (e) { ${failed}(e) }`)
    text.line(`if (!${holds}) ${this.#fail}`)
  }

  #take(head: Head): void {
    const own = this.#classOf(head)
    // Molecules of other tuples with as many fields are tried too.
    if (own !== undefined)
      this.#text.line(
        `if (s${String(head.index)}.class !== ${this.#text.constant(own)}) ${this.#fail}`,
      )
    this.#free(head)
    this.#match(head)
  }

  /** `found` by an index that may have looked at some fields already. */
  #match(head: Head, found?: { readonly level: string; readonly keys: readonly FieldKey[] }): void {
    const text = this.#text
    const { pattern } = head.reactant
    const i = String(head.index)
    if (pattern.kind !== 'tuple') {
      const first = `s${i}.columns[0][c${i}]`
      const value =
        this.#classOf(head) === undefined
          ? `(s${i}.class.kind === "tuple" ? s${i}.molecule(c${i}) : ${first})`
          : first
      this.#pattern(pattern, value)
    } else {
      const moleculeClass = this.#classOf(head)
      pattern.fields.forEach((field, column) => {
        const isOwnTag = column === 0 && moleculeClass?.tag !== undefined && isTag(field)
        if (isOwnTag || (field.kind === 'wildcard' && field.type === undefined)) return
        const at = String(column)
        const value =
          moleculeClass === undefined ? `s${i}.field(c${i}, ${at})` : `s${i}.columns[${at}][c${i}]`
        const isSeen =
          found?.keys.some((key) => key.column === column) === true && isKnown(field, this.#bound)
        if (isSeen) text.line(`if (!u${found.level}) {`)
        this.#pattern(field, value)
        if (isSeen) text.line('}')
      })
    }
    this.#placed.push(head)
  }

  #pattern(pattern: Pattern, value: string): void {
    const opened = this.#plan.anatomy.opened.find((each) => each.pattern === pattern)
    if (opened === undefined) this.#patterns.write(pattern, value, this.#fail)
    else writeLook(this.#around, opened, [value, this.#fail])
  }

  /** Opens a loop over the molecules of a value. */
  #findInside(head: Head, within: Opened): void {
    const text = this.#text
    const l = String(this.#levels)
    const k = String(within.slot)
    const i = String(head.index)
    const begin = this.#levels === 0 ? `${text.constant(this.#context.cursor)}.at` : 'run.turn'
    const { classes } = this.#context
    const { pattern } = head.reactant
    const accepts = acceptsCode(pattern)
    const accepted: (boolean | undefined)[] = []
    const takes = text.constant(accepted)
    const ask = text.constant((id: number): boolean => {
      const moleculeClass = classes.all[id]
      while (accepted.length < id) accepted.push(undefined)
      return (accepted[id] = moleculeClass !== undefined && accepts(moleculeClass))
    })
    text.line(`var g${l} = 0, e${l} = 0, i${l} = 0, o${l} = 0, s${i} = undefined, c${i} = -1`)
    text.line(`for (g${l} = 0; g${l} < n_${k}; g${l} = e${l}) {`)
    text.line(`var a${l} = d_${k}[g${l}]; e${l} = g${l} + 1`)
    text.line(`while (e${l} < n_${k} && d_${k}[e${l}] === a${l}) e${l}++`)
    text.line(`if (!(${takes}[a${l}] ?? ${ask}(a${l}))) continue`)
    text.line(
      `var n${l} = e${l} - g${l}; i${l} = 0; o${l} = n${l} > 1 ? run.first(n${l}, ${begin}) : 0`,
    )
    text.line(`l${l}: for (; i${l} < n${l}; i${l}++) {`)
    this.#levels++
    this.#found.push(head)
    this.#batches.push('0')
    text.line(`if (--run.looks <= 0 && run.isOverdue()) ${this.#finish('2')}`)
    text.line(`var q${l} = i${l} + o${l}; if (q${l} >= n${l}) q${l} -= n${l}`)
    text.line(`c${i} = g${l} + q${l}`)
    for (const other of this.#placed)
      if (other.within === within) text.line(`if (c${i} === c${String(other.index)}) continue`)
    this.#patterns.write(pattern, `m_${k}[c${i}]`, this.#fail)
    this.#placed.push(head)
    this.#closings.push('}', '}')
  }

  /** The one class that a head's molecules are of, where there is one. */
  #classOf({ reactant: { pattern } }: Head): MoleculeClass | undefined {
    return classOfPattern(pattern, this.#context.classes)
  }

  /** Whether a copy is left when the heads before have taken theirs. */
  #free(head: Head): void {
    const [store, slot] = [`s${String(head.index)}`, `c${String(head.index)}`]
    const own = this.#classOf(head)
    const used: string[] = []
    if (own === undefined)
      used.push(`(${store}.class.kind === "rule" && ${slot} === run.ruleSlot ? 1 : 0)`)
    for (const other of this.#placed) {
      if (other.within !== undefined) continue
      const its = this.#classOf(other)
      if (own !== undefined && its !== undefined && own !== its) continue
      const [s, c] = [`s${String(other.index)}`, `c${String(other.index)}`]
      used.push(`(${slot} === ${c} && ${store} === ${s} ? 1 : 0)`)
    }
    const has = this.#text.constant(hasFree)
    const count = used.length === 0 ? '0' : used.join(' + ')
    const first = used.length === 0 ? 'false' : `${count} !== 0`
    this.#text.line(
      `if (${store}.copies === undefined ? ${first} : !${has}(${store}, ${slot}, ${count})) ${this.#fail}`,
    )
  }

  /** Opens a loop over a head's candidates; the steps after it are written inside. */
  #find(head: Head, access: Access): void {
    const text = this.#text
    const level = this.#levels
    const l = String(level)
    const i = String(head.index)
    const own = this.#classOf(head)
    const [store, slot] = [`s${i}`, `c${i}`]
    text.line(`var r${l} = run.isResuming ? run.resumed(${l}) : undefined, g${l} = 0`)
    if (own === undefined) {
      const stores = text.constant(storesCode(head.reactant.pattern))
      text.line(`var a${l} = ${stores}(membrane)`)
      text.line(
        `for (g${l} = r${l} === undefined ? 0 : r${l}.store; g${l} < a${l}.length; g${l}++) {`,
      )
      text.line(`var ${store} = a${l}[g${l}]`)
    } else {
      text.line('{')
      text.line(`var ${store} = membrane.stores[${String(own.id)}]`)
    }
    text.line(`if (${store} !== undefined && ${store}.linkedCount !== 0) {`)
    const isInBatches = access.kind === 'ordered'
    if (isInBatches) {
      text.line(`var t${l} = r${l} === undefined ? 0 : r${l}.batch, h${l} = false`)
      text.line(`do { run.batch = t${l}; run.hasMore = false`)
      this.#batches.push(`t${l}`)
    } else this.#batches.push('0')
    this.#candidates(head, access, l)
    if (isInBatches) text.line(`h${l} = run.hasMore`)
    text.line(`if (n${l} !== 0) {`)
    text.line(`var i${l} = 0, o${l} = 0, y${l} = ${store}.state`)
    const begin = level === 0 ? `${text.constant(this.#context.cursor)}.at` : 'run.turn'
    text.line(
      `if (r${l} !== undefined) { i${l} = r${l}.candidate; o${l} = r${l}.offset; r${l} = undefined } else if (n${l} > 1) o${l} = run.first(n${l}, ${begin})`,
    )
    text.line(`l${l}: for (; i${l} < n${l}; i${l}++) {`)
    this.#levels++
    this.#found.push(head)
    text.line(`if (--run.looks <= 0 && run.isOverdue()) ${this.#finish('2')}`)
    text.line(`var q${l} = i${l} + o${l}; if (q${l} >= n${l}) q${l} -= n${l}`)
    text.line(`var ${slot} = m${l}[b${l} + q${l}]`)
    text.line(`if ((y${l}[${slot}] & 2) === 0) continue`)
    this.#free(head)
    this.#match(head, access.kind === 'fields' ? { level: l, keys: access.keys } : undefined)
    this.#closings.push('}', '}', ...(isInBatches ? [`t${l}++ } while (h${l})`] : []), '}', '}')
  }

  /** Ends the search, or goes on. Where it is broken off every level notes where it is. */
  #finish(answer: string): string {
    const saves: string[] = []
    for (let level = this.#levels - 1; level >= 0; level--) {
      const l = String(level)
      saves.push(`run.save(${l}, g${l}, ${this.#batches[level] ?? '0'}, i${l}, o${l})`)
    }
    if (answer === '2') return `{ ${saves.join('; ')}; return 2 }`
    const note = this.#levels === 0 ? '' : `${this.#text.constant(this.#context.cursor)}.at = q0; `
    const { goesOn } = this.#context
    const l = String(goesOn.level)
    const on =
      goesOn.level < 0 ? '' : `if (run.mayGoOn()) { z = 1; ${this.#reload(goesOn)}continue l${l} } `
    if (answer === '1') return `{ ${note}${on}return 1 }`
    return `{ var w = ${answer}; if (w === 2) { ${saves.join('; ')}; return 2 } ${note}${on}return w }`
  }

  /** Stores may have grown in a reaction: their states are read anew. */
  #reload({ level, isTaken }: GoingOn): string {
    const names: string[] = []
    for (let l = 0; l <= level; l++) {
      const head = this.#found[l]
      if (head !== undefined) names.push(`y${String(l)} = s${String(head.index)}.state; `)
    }
    const head = this.#found[level]
    if (isTaken && head !== undefined) {
      const [l, i] = [String(level), String(head.index)]
      names.push(`if (${this.#text.constant(isGone)}(m${l}, y${l}, c${i})) { n${l}--; i${l}-- } `)
    }
    return names.join('')
  }

  #candidates(head: Head, access: Access, level: string): void {
    const text = this.#text
    const store = `s${String(head.index)}`
    const every = text.constant(everySlot)
    const own = this.#classOf(head)
    const { pattern } = head.reactant
    const first = pattern.kind === 'tuple' ? pattern.fields[0] : undefined
    const lateTag =
      first?.kind === 'constant' && isTag(first) && own?.tag === undefined ? first : undefined
    const sought: Access =
      access.kind === 'scan' && lateTag !== undefined
        ? { kind: 'fields', keys: [{ column: 0, value: { kind: 'constant', pattern: lateTag } }] }
        : access
    const taken = `m${level} = run.items; b${level} = run.start; n${level} = run.count`
    // Set where the index has found just what is sought.
    text.line(`var m${level}, b${level} = 0, n${level} = 0, u${level} = false`)
    if (sought.kind === 'scan') {
      text.line(`${every}(run, ${store}); ${taken}`)
      return
    }
    if (sought.kind === 'content') throw new Error('solutions are opened by closures')
    if (sought.kind === 'ordered') {
      this.#ordered(sought, store)
      text.line(taken)
      return
    }
    const spec =
      sought.kind === 'fields'
        ? text.constant(fieldsSpec(sought.keys.map(({ column }) => column)))
        : `${text.constant(indexSpecFor(sought, this.#plan.anatomy))}(run, ${store})`
    text.line(`if (${store}.end <= ${String(FEW)}) { ${every}(run, ${store}); ${taken} } else {`)
    text.line(`var d${level} = ${store}.index(${spec}), e${level} = -1`)
    this.#group(sought, level)
    text.line(
      `if (e${level} >= 0) { m${level} = d${level}.runs; b${level} = 2 * e${level}; n${level} = m${level}[b${level} + 1]; if (n${level} !== 1) { b${level} = m${level}[b${level}]; m${level} = d${level}.items } }`,
    )
    text.line('}')
  }

  #ordered(access: Extract<Access, { kind: 'ordered' }>, store: string): void {
    const text = this.#text
    const { text: value, canFail } = this.#expressions.write(access.known)
    const found = { items: new Int32Array(FEW), count: 0, hasMore: false }
    const { side } = access
    const slots = text.constant((run: Run, of: Store, bound: Molecule): void =>
      orderedSlots(run, of, orderSpec(access.column), { side, value: bound, found }),
    )
    text.line(
      `if (${store}.end <= ${String(FEW)}) ${text.constant(everySlot)}(run, ${store}); else`,
    )
    const look = `${slots}(run, ${store}, ${value})`
    const failed = text.constant(expectFailure)
    text.line(canFail ? `try { ${look} } catch (e) { ${failed}(e); run.count = 0 }` : look)
  }

  /** The group of what is wanted. What has no value is not there. */
  #group(access: Exclude<Access, { kind: 'scan' | 'ordered' | 'content' }>, level: string): void {
    const text = this.#text
    const known =
      access.kind === 'fields'
        ? access.keys.map(({ value }) => this.#known(value))
        : [
            access.kind === 'whole'
              ? this.#known(access.value)
              : this.#expressions.write(access.known),
          ]
    const names = known.map(({ text: value }) => {
      if (/^\w+$/u.test(value)) return { name: value, set: '' }
      const name = text.fresh('f')
      this.#expressions.temporaries.push(name)
      return { name, set: `${name} = ${value}; ` }
    })
    const sets = names.map(({ set }) => set).join('')
    const [one, two] = names
    const key = text.constant(keyOf)
    const group =
      one !== undefined && names.length === 1
        ? `group1(typeof ${one.name} === "object" ? ${key}(${one.name}) : ${one.name})`
        : one !== undefined && two !== undefined && names.length === 2
          ? `group2(${one.name}, ${two.name})`
          : `groupOf([${names.map(({ name }) => name).join()}])`
    const look = `${sets}e${level} = d${level}.${group}`
    const canFail = known.some((value) => value.canFail)
    const failed = text.constant(expectFailure)
    if (access.kind === 'fields' && !canFail)
      text.line(
        `u${level} = ${[`d${level}.isExact`, ...names.map(({ name }) => `typeof ${name} === "number"`)].join(' && ')}`,
      )
    text.line(canFail ? `try { ${look} } catch (e) { ${failed}(e) }` : look)
  }

  #known(value: KnownValue): { readonly text: string; readonly canFail: boolean } {
    switch (value.kind) {
      case 'slot':
        return { text: local(value.slot), canFail: false }
      case 'constant':
        return { text: this.#expressions.literal(value.pattern.value), canFail: false }
      case 'expression':
        return this.#expressions.write(value.expression)
    }
  }

  #react(): void {
    const { reaction, classes, reactor, arrivals, react, joined } = this.#context
    const { mayRepeat, follow } = this.#context
    const { anatomy } = this.#plan
    const common = { text: this.#text, expressions: this.#expressions, anatomy }
    const finish = (answer: string): string => this.#finish(answer)
    if (anatomy.opened.length > 0) {
      const slow = slowPath({ ...common, react })
      writeInsideReaction({ ...common, reactor, slow, finish })
      return
    }
    writeReaction({
      ...common,
      plan: reaction,
      classes,
      reactor,
      arrivals,
      react,
      joined,
      mayRepeat,
      follow,
      finish,
    })
  }
}
