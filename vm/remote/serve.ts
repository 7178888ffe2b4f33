import { HostCallError } from '../../interpreter/index.ts'
import type { Host, Molecule, Reaction, SolutionValue } from '../../interpreter/index.ts'
import { Program, parseFor } from '../reactor/program.ts'
import { Reactor } from '../reactor/reactor.ts'
import type { Stream } from '../reactor/stream.ts'
import { readSnapshot } from '../snapshot/snapshot.ts'
import { Letters } from './letters.ts'
import type { Creation, FromReactor, Question, SentAnswer, ToReactor } from './messages.ts'
import type { Port } from './port.ts'
import { hostOfSketches } from './remote-host.ts'

/** Loads a module of the host by its address. */
export type LoadModule = (url: string) => Promise<Readonly<Record<string, unknown>>>

/** Hosts a reactor for whoever is at the other end of a port: what a thread does from its start. */
export function serveReactor(port: Port, load: LoadModule): void {
  const calls = new CallsAway(port)
  let served: Promise<Served | undefined> | undefined
  port.listen((message) => {
    // A caller sends nothing else.
    const said = message as ToReactor
    if (said.kind === 'answer' || said.kind === 'no-answer') {
      calls.answered(said)
      return
    }
    if (said.kind === 'create') {
      served = create(said, { port, calls, load })
      return
    }
    void served?.then((found) => {
      found?.hear(said)
    })
  })
}

interface Surrounded {
  readonly port: Port
  readonly calls: CallsAway
  readonly load: LoadModule
}

async function create(
  creation: Creation,
  { port, calls, load }: Surrounded,
): Promise<Served | undefined> {
  const { functions, hostModule, snapshot } = creation
  try {
    const exports = hostModule === undefined ? undefined : await load(hostModule)
    const host = hostOfSketches(exports, functions, (...call) => calls.call(...call))
    const start = snapshot === undefined ? programOf(creation, host) : readSnapshot(snapshot, host)
    const letters = new Letters(start instanceof Program ? start : start.program)
    calls.letters = letters
    const stopping = new AbortController()
    const { seed, strategy, limits, run, history } = creation
    const options = {
      limits,
      signal: stopping.signal,
      ...(run !== undefined && { run }),
      ...(history !== undefined && { history }),
    }
    const reactor =
      start instanceof Program
        ? Reactor.create(start, { ...options, seed, strategy })
        : Reactor.restore(start, options)
    const served = new Served(reactor, { port, letters, stopping })
    tell(port, { kind: 'ready', solution: letters.write(reactor.solution) })
    return served
  } catch (error) {
    tell(port, { kind: 'refused', message: error instanceof Error ? error.message : String(error) })
    return undefined
  }
}

function programOf({ name, text, modules }: Creation, host: Host): Program {
  return parseFor(host, text, { name, modules: new Map(modules) })
}

function tell(port: Port, message: FromReactor): void {
  port.send(message)
}

/** Calls of functions that are in the caller's thread. */
class CallsAway {
  letters: Letters | undefined
  readonly #port: Port
  readonly #waiting = new Map<number, PromiseWithResolvers<Molecule> & { readonly name: string }>()
  #last = 0

  constructor(port: Port) {
    this.#port = port
  }

  call(name: string, args: readonly Molecule[], key: () => string): Promise<Molecule> {
    const { letters } = this
    if (letters === undefined) throw new Error('a program calls nothing before it is read')
    const id = ++this.#last
    const waiting = { ...Promise.withResolvers<Molecule>(), name }
    this.#waiting.set(id, waiting)
    const written = args.map((arg) => letters.write(arg))
    tell(this.#port, { kind: 'call', id, name, args: written, key: key() })
    return waiting.promise
  }

  answered(said: Extract<ToReactor, { kind: 'answer' | 'no-answer' }>): void {
    const waiting = this.#waiting.get(said.id)
    if (waiting === undefined || this.letters === undefined) return
    this.#waiting.delete(said.id)
    if (said.kind === 'answer') waiting.resolve(this.letters.read(said.molecule))
    else waiting.reject(new HostCallError(waiting.name, said.reason, said.message))
  }
}

interface Serving {
  readonly port: Port
  readonly letters: Letters
  readonly stopping: AbortController
}

/** A reactor and those who listen to it at the other end. */
class Served {
  readonly #reactor: Reactor
  readonly #port: Port
  readonly #letters: Letters
  readonly #stopping: AbortController
  /** What ends streams and waiting, by number. */
  readonly #open = new Map<number, () => void>()
  readonly #observed = new Map<number, Observed>()
  #isWatched = false
  /** Whether the last change that was told has not been looked at yet. */
  #isUnseen = false
  #told: SolutionValue | undefined

  constructor(reactor: Reactor, { port, letters, stopping }: Serving) {
    this.#reactor = reactor
    this.#port = port
    this.#letters = letters
    this.#stopping = stopping
    this.#told = reactor.solution
    reactor.subscribe(() => {
      this.#turned()
    })
  }

  hear(said: ToReactor): void {
    switch (said.kind) {
      case 'start':
        this.#reactor.start()
        return
      case 'abort':
        this.#stopping.abort()
        return
      case 'inject':
        this.#reactor.inject(this.#letters.readEntries(said.molecules))
        return
      case 'watch':
        this.#isWatched = said.isOn
        this.#turned()
        return
      case 'seen':
        this.#isUnseen = false
        this.#turned()
        return
      case 'observe':
        this.#observe(said)
        return
      case 'more':
        this.#observed.get(said.id)?.more()
        return
      case 'leave':
        this.#open.get(said.id)?.()
        this.#open.delete(said.id)
        this.#observed.delete(said.id)
        return
      case 'ask':
        void this.#answer(said.id, said)
        return
      case 'create':
      case 'answer':
      case 'no-answer':
    }
  }

  async #answer(id: number, question: Question): Promise<void> {
    try {
      tell(this.#port, { kind: 'done', id, answer: await this.#answerTo(id, question) })
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error))
      tell(this.#port, { kind: 'failed', id, name, message })
    } finally {
      this.#open.delete(id)
    }
  }

  async #answerTo(id: number, question: Question): Promise<SentAnswer> {
    const reactor = this.#reactor
    const letters = this.#letters
    switch (question.what) {
      case 'run':
        return { what: 'outcome', outcome: letters.writeOutcome(await reactor.run()) }
      case 'step':
        return { what: 'step', step: letters.writeStep(reactor.step()) }
      case 'back': {
        const undone = reactor.stepBack()
        return { what: 'back', reaction: undone && letters.writeReaction(undone) }
      }
      case 'history':
        return { what: 'history', past: reactor.history.map((past) => letters.writePast(past)) }
      case 'snapshot':
        return { what: 'snapshot', snapshot: reactor.snapshot() }
      case 'stats':
        return { what: 'stats', stats: reactor.stats() }
      case 'solution':
        return { what: 'solution', solution: letters.write(reactor.solution) }
      case 'remove':
        reactor.remove(letters.readEntries(question.molecules))
        return { what: 'nothing' }
      case 'wait': {
        const leaving = new AbortController()
        this.#open.set(id, () => {
          leaving.abort()
        })
        const { patterns, when } = question
        const { signal } = leaving
        const how = when === undefined ? { signal } : { signal, when }
        const { molecules, variables } = await reactor.waitFor(patterns, how)
        return {
          what: 'found',
          molecules: molecules.map(([molecule, copies]) => [letters.write(molecule), copies]),
          variables: [...variables].map(([name, value]) => [name, letters.write(value)]),
        }
      }
    }
  }

  #observe({ id, rule, capacity }: Extract<ToReactor, { kind: 'observe' }>): void {
    const stream = this.#reactor.reactions(rule === undefined ? { capacity } : { capacity, rule })
    this.#open.set(id, () => {
      stream.close()
    })
    const observed = new Observed(stream, (reactions, lost) => {
      const sent = reactions.map((each) => this.#letters.writeReaction(each))
      tell(this.#port, { kind: 'reactions', id, reactions: sent, lost })
    })
    this.#observed.set(id, observed)
    void observed.follow()
  }

  /** Tells of a change, unless the caller has not looked at the last one. */
  #turned(): void {
    if (!this.#isWatched || this.#isUnseen) return
    const { solution } = this.#reactor
    if (solution === this.#told) return
    this.#told = solution
    this.#isUnseen = true
    tell(this.#port, { kind: 'changed', solution: this.#letters.write(solution) })
  }
}

/** Reactions that go together in one message. */
const REACTIONS_AT_ONCE = 256

/** A stream of reactions on its way: the next ones go when the last ones have been read. */
class Observed {
  readonly #stream: Stream<Reaction>
  readonly #send: (reactions: readonly Reaction[], lost: number) => void
  #wake: (() => void) | undefined

  constructor(
    stream: Stream<Reaction>,
    send: (reactions: readonly Reaction[], lost: number) => void,
  ) {
    this.#stream = stream
    this.#send = send
  }

  more(): void {
    this.#wake?.()
  }

  async follow(): Promise<void> {
    for (;;) {
      const next = await this.#stream.next()
      if (next.done === true) return
      const reactions = [next.value, ...this.#stream.waiting(REACTIONS_AT_ONCE - 1)]
      const read = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#send(reactions, this.#stream.lost)
      await read
    }
  }
}
