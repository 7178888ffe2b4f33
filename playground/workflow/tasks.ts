import type { MoleculeForm, SolutionForm } from '../session/messages.ts'
import type { Task, TaskState, Workflow } from '../../workflow/index.ts'

/** What a solution tells of a workflow, without the values. */
export interface TasksSeen {
  readonly workflow: Workflow
  readonly states: ReadonlyMap<string, TaskState>
}

const STATES: Readonly<Record<string, TaskState>> = {
  WAITS: 'waiting',
  RUNNING: 'running',
  RESULT: 'done',
  FAILED: 'failed',
  SKIPPED: 'skipped',
  REMOVED: 'removed',
}

/** Follows the tasks of a run. Tasks are taken apart when they come in, so those that were seen are remembered. */
export class Tasks {
  readonly #tasks = new Map<string, Task>()

  clear(): void {
    this.#tasks.clear()
  }

  /** Undefined where no task was ever there. */
  look(solution: SolutionForm): TasksSeen | undefined {
    const states = new Map<string, TaskState>()
    for (const molecule of solution.entries) {
      this.#addTask(molecule)
      const [tag = '', name = ''] = firstWords(molecule.text)
      const state = STATES[tag]
      if (state === undefined || name === '') continue
      states.set(name, state)
      if (!this.#tasks.has(name)) this.#tasks.set(name, {})
    }
    // What a running task has given back stands in the task itself as well.
    if (this.#tasks.size === 0) return undefined
    return { workflow: { tasks: Object.fromEntries(this.#tasks) }, states }
  }

  #addTask({ text, inside }: MoleculeForm): void {
    const [name = '', rest = ''] = firstWords(text)
    const [solution] = inside ?? []
    if (solution === undefined || name === '' || !/[>…]$/.test(text)) return
    if (name === 'ADAPT') {
      for (const each of solution.entries)
        if (each.text.startsWith('WITH:'))
          for (const task of each.inside?.[0]?.entries ?? []) this.#addTask(task)
      return
    }
    const options = new Map(solution.entries.map((each) => [firstWords(each.text)[0] ?? '', each]))
    // A task that waits for nothing more has come back with its result.
    if (rest !== '' || !options.has('SRC') || options.has('RES')) return
    const service = /^SRV:"((?:[^"\\]|\\.)*)"$/.exec(options.get('SRV')?.text ?? '')?.[1]
    const after = (options.get('SRC')?.inside?.[0]?.entries ?? []).map((each) => each.text)
    this.#tasks.set(name, { after, ...(service !== undefined && { service }) })
  }
}

/** The symbols that a tuple begins with, two at most; `T3:<…>` begins with one. */
function firstWords(text: string): readonly string[] {
  const word =
    /^([\p{Lu}\p{Lt}][\p{L}\p{M}\p{Nd}_$']*)(?::([\p{Lu}\p{Lt}][\p{L}\p{M}\p{Nd}_$']*))?/u
  const [, first, second] = word.exec(text) ?? []
  return [first, second].flatMap((each) => each ?? [])
}
