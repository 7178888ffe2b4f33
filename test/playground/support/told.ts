import type { Command, Event, RunSettings } from '../../../playground/session/messages.ts'
import { ServedSession } from '../../../playground/session/served-session.ts'

export const settings: RunSettings = { seed: 1, strategy: 'fast', limits: {}, isStochastic: false }

/** A session without a thread, and what it told. */
export class Told {
  readonly events: Event[] = []
  #wake: (() => void) | undefined
  readonly session = new ServedSession({
    tell: (event) => {
      this.events.push(structuredClone(event))
      this.#wake?.()
    },
    clock: () => performance.now(),
    breathe: (milliseconds) =>
      new Promise((resolve) => {
        if (milliseconds === 0) setImmediate(resolve)
        else setTimeout(resolve, milliseconds)
      }),
  })

  load(text: string, more: Partial<RunSettings> = {}): void {
    const files = [{ name: 'main.hocl', text }] as const
    this.send({ kind: 'load', load: 1, files, settings: { ...settings, ...more } })
  }

  send(command: Command): void {
    void this.session.hear(command)
  }

  /** The first event from `from` on that is so. */
  async until<E extends Event>(is: (event: Event) => event is E, from = 0): Promise<E> {
    for (let at = from; ; at++) {
      while (at >= this.events.length)
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      const event = this.events[at]
      if (event !== undefined && is(event)) return event
    }
  }

  /** Where it stands after a command. */
  async rest(command: Command): Promise<Extract<Event, { kind: 'state' }>['state']> {
    const from = this.events.length
    this.send(command)
    const { state } = await this.until(isAtRest, from)
    return state
  }

  get texts(): readonly string[] {
    const last = this.events.findLast(
      (event) => (event.kind === 'state' || event.kind === 'loaded') && event.state.solution,
    )
    const solution =
      last?.kind === 'state' || last?.kind === 'loaded' ? last.state.solution : undefined
    return (solution?.entries ?? []).map(
      ({ text, copies }) => `${text}${copies === 1 ? '' : `^${String(copies)}`}`,
    )
  }
}

function isAtRest(event: Event): event is Extract<Event, { kind: 'state' }> {
  return event.kind === 'state' && event.state.status !== 'running'
}
