import { HoclError } from '../interpreter/index.ts'
import type { Blueprint } from './blueprint.ts'
import { subjects } from './bus.ts'
import type { Bus } from './bus.ts'
import { sizeOf } from './copies.ts'
import type { Copies } from './copies.ts'
import { InjectionError } from './errors.ts'
import { isName } from './bus.ts'
import { lineIn } from './failure.ts'
import { isObject, parsed, textOf } from './json.ts'
import type { ShardOwner } from './shard.ts'
import { cutOf, statusOf } from './solution-status.ts'

export interface OutsideOptions {
  readonly bus: Bus
  readonly solution: string
  readonly blueprint: Blueprint
  /** Of the shard where molecules come in. */
  readonly owner: ShardOwner
  /** Told of each injection that is refused. */
  readonly onRefusal: () => void
}

/** What the nodes of a solution say of it. */
interface Standing {
  readonly isStill: boolean
  readonly hasFailed: boolean
}

/** An injection of so many characters at most: it goes into one record. */
const LARGEST = 150_000
/** More molecules than that do not wait where they come in. */
const HIGH_WATER = 100_000

/**
 * What a solution answers to those outside, in any language: JSON in, JSON out. The node that owns the shard where
 * molecules come in speaks for it, and says nothing of which it does not know that it is in the log.
 */
export class Outside {
  readonly #options: OutsideOptions
  readonly #ends: (() => void)[]
  /** What was told last at `events`. */
  #told: string | undefined
  #isLooking = false
  /** Some shard has failed, as nodes tell each other: nothing will react. */
  #hasFailed = false

  constructor(options: OutsideOptions) {
    const { bus, solution } = options
    this.#options = options
    this.#ends = [
      bus.answer(subjects.inject(solution), (text) => this.#injected(text)),
      bus.answer(subjects.status(solution), () => this.#status()),
      bus.answer(subjects.result(solution), () => this.#result()),
    ]
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end()
  }

  /** Tells at `events` what has become of the solution, of which the nodes say that nothing goes on, or that it has failed. */
  async look({ isStill, hasFailed }: Standing): Promise<void> {
    const { bus, solution, blueprint, owner } = this.#options
    this.#hasFailed ||= hasFailed
    if (!owner.isOwning || this.#isLooking) return
    if (!isStill && !hasFailed) {
      this.#tell({ state: 'running' })
      return
    }
    if (this.#told === 'failed' || (this.#told === 'inert' && !hasFailed)) return
    this.#isLooking = true
    try {
      const status = await statusOf(bus, solution, blueprint.shards + 1)
      if (status.state !== 'running') this.#tell(status)
    } finally {
      this.#isLooking = false
    }
  }

  #tell(news: { readonly state: string }): void {
    if (news.state === this.#told) return
    this.#told = news.state
    const { bus, solution } = this.#options
    bus.send(subjects.events(solution), textOf({ solution, ...news }))
  }

  async #injected(text: string): Promise<string | undefined> {
    const { owner } = this.#options
    try {
      const { molecules, name } = this.#read(text)
      const ending = await new Promise<'logged' | 'known' | 'lost'>((settle) => {
        owner.injectWhole({ molecules, settle, ...(name === undefined ? {} : { name }) })
      })
      // Whoever owns the shard now is asked again by the same name.
      if (ending === 'lost') return undefined
      if (this.#told === 'inert') this.#told = undefined
      return textOf({ ok: true, molecules: molecules.length, isRepeated: ending === 'known' })
    } catch (error) {
      if (!(error instanceof InjectionError) && !(error instanceof HoclError)) throw error
      this.#options.onRefusal()
      const { code, message } = error
      return textOf({ ok: false, code, error: message })
    }
  }

  /** Throws an `InjectionError` that says what is wrong. */
  #read(text: string): { readonly molecules: readonly Copies[]; readonly name?: string } {
    const { blueprint, owner } = this.#options
    const value = parsed(text)
    if (!isObject(value)) throw new InjectionError('not-json', 'an injection is an object of JSON')
    const { molecules: written, pairs, name } = value
    if (name !== undefined && (typeof name !== 'string' || !isName(name)))
      throw new InjectionError('name', 'a name has letters, digits, `-` and `_`, 64 at most')
    if ((typeof written === 'string') === (pairs !== undefined))
      throw new InjectionError(
        'no-molecules',
        'write `{"molecules": "1, A:2"}`, or `{"pairs": [[molecule, copies], …]}`',
      )
    const molecules = blueprint.incoming(typeof written === 'string' ? { written } : { pairs })
    if (molecules.length === 0) throw new InjectionError('no-molecules', 'there is no molecule')
    if (sizeOf(molecules) > LARGEST)
      throw new InjectionError(
        'too-large',
        `molecules of more than ${String(LARGEST)} characters come in several injections`,
      )
    const { failure } = owner.state
    if (failure !== undefined || this.#hasFailed)
      throw new InjectionError(
        'failed',
        `the solution has failed, and nothing will react${failure === undefined ? '' : `: ${lineIn(failure)}`}`,
      )
    if (owner.waiting > HIGH_WATER)
      throw new InjectionError('busy', 'too much has come in already: try again later')
    return { molecules, ...(name === undefined ? {} : { name }) }
  }

  async #status(): Promise<string | undefined> {
    const { bus, solution, blueprint, owner } = this.#options
    if (!owner.isOwning) return undefined
    return textOf({ solution, ...(await statusOf(bus, solution, blueprint.shards + 1)) })
  }

  async #result(): Promise<string | undefined> {
    const { bus, solution, blueprint, owner } = this.#options
    if (!owner.isOwning) return undefined
    const status = await statusOf(bus, solution, blueprint.shards + 1)
    if (status.state === 'broken') return textOf({ solution, ...status })
    const { molecules } = await cutOf(bus, solution, blueprint.shards + 1)
    const pairs = blueprint.outgoing(molecules)
    if (pairs.length <= LARGEST_ANSWER)
      return `${textOf({ solution, ...status }).slice(0, -1)},"molecules":${pairs}}`
    const why = 'the result is too long for one message: read it with `hocl cluster result`'
    return textOf({ solution, ...status, error: why })
  }
}

/** Most servers take messages of a million bytes. */
const LARGEST_ANSWER = 500_000
