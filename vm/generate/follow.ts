import type { Slot } from '../../interpreter/index.ts'
import type { Arriving } from '../arriving.ts'
import { fieldsSpec } from '../code/index-specs.ts'
import type { Step } from '../code/run.ts'
import { classOfPattern } from '../plan/classes.ts'
import type { Follower } from '../plan/follower.ts'
import type { Head } from '../plan/heads.ts'
import type { FieldKey, MatchPlan } from '../plan/plan.ts'
import { keyOf } from '../store/key.ts'
import { FEW } from '../store/store.ts'
import type { ClassTable } from '../store/molecule-class.ts'
import { ExpressionWriter, expectFailure, local } from './expressions.ts'
import { PatternWriter, isKnown } from './patterns.ts'
import { writeShort } from './react.ts'
import type { FollowCode, Joined, Reactor } from './react.ts'
import { Text, functionFrom } from './text.ts'

/** So many candidates are looked at for what has no place yet: whoever looks further does so in its own time. */
const LOOKED_AT = 16

/** Everything that writing a follower needs. */
export interface FollowContext {
  readonly classes: ClassTable
  readonly reactor: Reactor
  readonly arrivals: Arriving
  readonly dispatch: Joined['dispatch']
}

/** A follower as one function. */
export function followCode(follower: Follower, context: FollowContext): FollowCode {
  return new FollowWriter(follower, context).write()
}

class FollowWriter {
  readonly #follower: Follower
  readonly #context: FollowContext
  readonly #text = new Text()
  readonly #expressions = new ExpressionWriter(this.#text)
  readonly #bound = new Set<Slot>()
  readonly #patterns = new PatternWriter(this.#text, this.#expressions, this.#bound)
  #fail = 'return 0'
  #isInLoop = false

  constructor(follower: Follower, context: FollowContext) {
    this.#follower = follower
    this.#context = context
  }

  write(): FollowCode {
    const text = this.#text
    const { anatomy, head, match, plan, reactions, frameSize } = this.#follower
    const { dispatch, classes, reactor, arrivals } = this.#context
    text.line(`if (membrane.rules.dispatch !== ${text.constant(dispatch)}) return 0`)
    for (const step of match.steps) this.#step(step)
    writeShort(
      {
        ...{ text, expressions: this.#expressions, anatomy, plan: undefined },
        ...{ classes, reactor, arrivals, react: NO_STEP, joined: undefined },
        ...{ mayRepeat: false, follow: () => undefined, finish: () => 'return 1' },
      },
      { plan, reactions, test: undefined, mayRepeat: false, isFollowing: true },
    )
    if (this.#isInLoop) text.line('return 0 }')
    const names = Array.from({ length: frameSize }, (_, slot) => local(slot))
    const declared = [...names, ...this.#expressions.temporaries]
    const { pattern } = head.reactant
    const fields = pattern.kind === 'tuple' ? pattern.fields.slice(1) : []
    const parameters = ['run', ...fields.map((_, at) => `f${String(at + 1)}`)]
    const name = anatomy.shape.name?.replace(/\W/gu, '_') ?? 'rule'
    const body = `function follow_${name}_${String(head.index)}(${parameters.join()}) {
var membrane = run.membrane${declared.map((each) => `, ${each} = 0`).join('')}
${text.body}
return 0
}`
    // The text takes what `FollowCode` takes and gives what it gives.
    return functionFrom(text, body) as FollowCode
  }

  #step(step: MatchPlan['steps'][number]): void {
    switch (step.kind) {
      case 'take':
        this.#take(step.head)
        return
      case 'find':
        if (step.access.kind === 'fields') this.#find(step.head, step.access.keys)
        return
      case 'check': {
        const { text, canFail } = this.#expressions.holds(step.conjunct.expression)
        const failed = this.#text.constant(expectFailure)
        this.#text.line(
          canFail
            ? `try { if (!(${text})) ${this.#fail} } catch (e) { ${failed}(e); ${this.#fail} }`
            : `if (!(${text})) ${this.#fail}`,
        )
        return
      }
      case 'split':
      case 'close':
        throw new Error('a step that nothing follows by')
    }
  }

  /** What was made; its tag is that of the class. */
  #take({ reactant: { pattern } }: Head): void {
    if (pattern.kind !== 'tuple') return
    for (const [column, field] of pattern.fields.entries())
      if (column > 0) this.#patterns.write(field, `f${String(column)}`, this.#fail)
  }

  /** Opens a loop over the partners. */
  #find(head: Head, keys: readonly FieldKey[]): void {
    const text = this.#text
    const i = String(head.index)
    const own = classOfPattern(head.reactant.pattern, this.#context.classes)
    text.line(`var s${i} = membrane.stores[${String(own?.id ?? -1)}]`)
    // Without an index there is nothing to be quick by.
    text.line(
      `if (s${i} === undefined || s${i}.end <= ${String(FEW)} || s${i}.linkedCount === 0 || s${i}.copies !== undefined) return 0`,
    )
    const spec = text.constant(fieldsSpec(keys.map(({ column }) => column)))
    const values = keys.map(({ value }) =>
      value.kind === 'slot'
        ? local(value.slot)
        : value.kind === 'constant'
          ? this.#expressions.literal(value.pattern.value)
          : '',
    )
    const [one = '', ...others] = values
    const group =
      others.length === 0
        ? `group1(typeof ${one} === "object" ? ${text.constant(keyOf)}(${one}) : ${one})`
        : others.length === 1
          ? `group2(${values.join()})`
          : `groupOf([${values.join()}])`
    text.line(`var d = s${i}.index(${spec}), e = d.${group}`)
    // Then the index has looked at these fields already.
    const isExact = ['d.isExact', ...values.map((value) => `typeof ${value} === "number"`)]
    text.line(`var u = ${isExact.join(' && ')}`)
    text.line('if (e < 0) return 0')
    text.line('var m = d.listOf(e), b = d.startOf(e), n = d.lengthOf(e)')
    text.line('var o = n > 1 ? run.first(n, run.turn) : 0')
    text.line(`l0: for (var i = 0; i < n && i < ${String(LOOKED_AT)}; i++) {`)
    text.line('var q = i + o; if (q >= n) q -= n')
    text.line(`var c${i} = m[b + q]`)
    this.#fail = 'continue l0'
    this.#isInLoop = true
    const { pattern } = head.reactant
    if (pattern.kind !== 'tuple') return
    for (const [column, field] of pattern.fields.entries()) {
      if (column === 0) continue
      const isKey = keys.some((key) => key.column === column) && isKnown(field, this.#bound)
      if (isKey) text.line('if (!u) {')
      this.#patterns.write(field, `s${i}.columns[${String(column)}][c${i}]`, this.#fail)
      if (isKey) text.line('}')
    }
  }
}

/** What is less plain is left to the search that what was made waits for. */
const NO_STEP: Step = () => 0
