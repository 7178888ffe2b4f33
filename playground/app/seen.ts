import { useEffect, useState } from 'preact/hooks'
import { Recording } from '../history/recording.ts'
import type { Drop } from '../picture/into.ts'
import { Tasks } from '../workflow/tasks.ts'
import type { TasksSeen } from '../workflow/tasks.ts'
import type { Workbench } from './workbench.ts'

/** What the views of a page remember of its session, whichever of them is on the screen. */
export class Seen {
  readonly recording = new Recording()
  /** The molecule whose story is told; undefined for the last product. */
  molecule: number | undefined
  #tasks: TasksSeen | undefined
  readonly #known = new Tasks()
  #version = 0
  readonly #listeners = new Set<() => void>()

  constructor(workbench: Workbench) {
    const { session, solution } = workbench.state
    if (solution !== undefined)
      this.recording.hear({ kind: 'state', load: 0, state: { ...session, solution } })
    workbench.listen((event) => {
      if (event.kind === 'loaded') {
        this.molecule = undefined
        this.#known.clear()
        this.#tasks = undefined
      }
      this.recording.hear(event)
      const isWorkflow = workbench.state.program?.modules.includes('hocl.workflow') === true
      if ((event.kind === 'state' || event.kind === 'loaded') && isWorkflow && event.state.solution)
        this.#tasks = this.#known.look(event.state.solution)
      if (event.kind !== 'output') this.#changed()
    })
  }

  get version(): number {
    return this.#version
  }

  get tasks(): TasksSeen | undefined {
    return this.#tasks
  }

  choose(molecule: number | undefined): void {
    this.molecule = molecule
    this.#changed()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #changed(): void {
    this.#version++
    for (const listener of this.#listeners) listener()
  }
}

const known = new WeakMap<Workbench, Seen>()

/** What is remembered of a workbench, from when it is first asked for. */
export function seenOf(workbench: Workbench): Seen {
  let seen = known.get(workbench)
  if (seen === undefined) {
    seen = new Seen(workbench)
    known.set(workbench, seen)
  }
  return seen
}

/** The same for a component, which is drawn again when something happens. */
export function useSeen(workbench: Workbench): Seen {
  const seen = seenOf(workbench)
  const [, setVersion] = useState(seen.version)
  useEffect(
    () =>
      seen.subscribe(() => {
        setVersion(seen.version)
      }),
    [seen],
  )
  return seen
}

/**
 * Puts a molecule where it was dropped. What is taken out first has to have been there: otherwise nothing comes in
 * for it.
 */
export function drop(workbench: Workbench, { remove, inject }: Drop): void {
  if (remove === undefined) {
    workbench.inject(inject)
    return
  }
  const end = workbench.listen((event) => {
    if (event.kind === 'state') workbench.inject(inject)
    if (event.kind === 'state' || event.kind === 'refused' || event.kind === 'loaded') end()
  })
  workbench.remove(remove)
}
