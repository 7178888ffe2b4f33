import { Counts } from '../charts/counts.ts'
import type { Event, ReactionForm, SessionState } from '../session/messages.ts'
import { nameOf } from './marks.ts'
import { Story } from './story.ts'

/** How often a rule reacted, and what it took and gave. */
export interface RuleFigures {
  readonly rule: string
  readonly reactions: number
  readonly taken: number
  readonly given: number
  /** Milliseconds that its reactions took, as far as they were told one by one. */
  readonly cost: number
}

type Counted = { -readonly [Name in Exclude<keyof RuleFigures, 'rule'>]: number }

/** A longer story is begun anew. */
const MOST_REACTIONS = 20_000

/** What has happened so far in one session, as far as it was told: what all views of the past are made from. */
export class Recording {
  readonly counts = new Counts()
  #story: Story | undefined
  #figures = new Map<string, Counted>()
  #skipped = 0
  /** Whether reactions are missing, so that the story goes on with what is there next. */
  #isLost = false
  #latest: readonly ReactionForm[] = []
  #position = -1
  readonly #listeners = new Set<() => void>()

  /** Undefined before the first solution. */
  get story(): Story | undefined {
    return this.#story
  }

  /** Reactions that were not told one by one. */
  get skipped(): number {
    return this.#skipped
  }

  /** The busiest rule first. */
  get figures(): readonly RuleFigures[] {
    const all = [...this.#figures].map(([rule, figures]) => ({ rule, ...figures }))
    return all.sort((a, b) => b.reactions - a.reactions)
  }

  /** The reactions that led to the solution that was told last, from the one before. */
  get latest(): readonly ReactionForm[] {
    return this.#latest
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  hear(event: Event): void {
    switch (event.kind) {
      case 'loaded':
        this.#begin(event.state)
        break
      case 'reactions':
        this.#note(event.reactions, event.skipped)
        break
      case 'state':
        this.#look(event.state)
        break
      default:
        return
    }
    for (const listener of this.#listeners) listener()
  }

  #begin(state: SessionState): void {
    this.#figures = new Map()
    this.#skipped = 0
    this.#isLost = false
    this.#latest = []
    this.#story = undefined
    this.counts.clear()
    this.#look(state)
  }

  #note(reactions: readonly ReactionForm[], skipped: number): void {
    this.#skipped += skipped
    if (skipped > 0) this.#isLost = true
    for (const reaction of reactions) {
      const last = this.#story?.last ?? 0
      if (reaction.number > last) this.#count(reaction)
      const { number, time, change } = reaction
      if (change !== undefined)
        this.counts.react({ reaction: number, ...(time !== undefined && { time }) }, change)
      if (!this.#isLost && this.#story?.note(reaction) === false) this.#isLost = true
    }
    this.#latest = [...this.#latest, ...reactions].slice(-50)
  }

  #count(reaction: ReactionForm): void {
    const { rule, taken, given, cost = 0 } = reaction
    const name = nameOf(rule)
    const figures = this.#figures.get(name) ?? { reactions: 0, taken: 0, given: 0, cost: 0 }
    figures.reactions++
    figures.taken += taken.length
    figures.given += given.length
    figures.cost += cost
    this.#figures.set(name, figures)
  }

  #look({ solution, position, reactions, time, status }: SessionState): void {
    if (solution === undefined) return
    const isPresent = position === reactions
    if (isPresent) {
      this.counts.take({ reaction: position, ...(time !== undefined && { time }) }, solution)
      const story = this.#story
      const isBehind = story === undefined || this.#isLost || story.last !== position
      // While reactions go by untold, a story would be over before it could be looked at.
      const canBegin = story === undefined || status !== 'running' || !this.#isLost
      if (isBehind || story.reactions.length > MOST_REACTIONS) {
        if (canBegin) this.#story = new Story(solution, position)
        if (canBegin) this.#isLost = false
      } else if (this.#position === position) story.compare(solution)
    }
    if (this.#position !== position)
      this.#latest = this.#latest.filter((r) => r.number > this.#position)
    this.#position = position
  }
}
