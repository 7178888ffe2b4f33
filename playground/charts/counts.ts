import type { ChangeForm, MoleculeForm, SolutionForm } from '../session/messages.ts'

/** When something was counted. */
export interface Moment {
  readonly reaction: number
  /** Simulated time, in stochastic runs. */
  readonly time?: number
}

/** What can be shown over time. */
export type Observable =
  | { readonly kind: 'all' }
  | { readonly kind: 'group'; readonly group: string }
  /** Molecules for which the test holds, with the text of the pattern that it was made of. */
  | { readonly kind: 'match'; readonly text: string; readonly test: (molecule: string) => boolean }

/** A count for each moment. */
export interface Series {
  readonly name: string
  readonly values: readonly number[]
}

interface Sample {
  readonly moment: Moment
  readonly all: number
  readonly groups: ReadonlyMap<string, number>
  readonly molecules: ReadonlyMap<string, number>
}

/** When there are more, every other one is forgotten. */
const MOST_SAMPLES = 1_200
/** Different molecules that are counted one by one, for patterns. */
const MOST_MOLECULES = 500

/** How many there were of what, moment by moment. */
export class Counts {
  #samples: Sample[] = []
  /** Of so many moments, one is kept. */
  #every = 1
  #skipped = 0
  readonly #groups = new Map<string, number>()

  clear(): void {
    this.#samples = []
    this.#every = 1
    this.#skipped = 0
    this.#groups.clear()
  }

  get size(): number {
    return this.#samples.length
  }

  get hasTime(): boolean {
    return this.#samples.some(({ moment }) => moment.time !== undefined)
  }

  /** The groups that were ever there, those with the most molecules first. */
  get groups(): readonly string[] {
    return [...this.#groups].sort((a, b) => b[1] - a[1]).map(([group]) => group)
  }

  /** Counts what is there. Moments after this one did not happen: another course was taken. */
  take(moment: Moment, solution: SolutionForm): void {
    while ((this.#samples.at(-1)?.moment.reaction ?? -1) >= moment.reaction) this.#samples.pop()
    this.#add(this.#counted(moment, solution))
  }

  /** The same by what one reaction changed, where all before it are known. */
  react(moment: Moment, changes: readonly ChangeForm[]): void {
    const last = this.#samples.at(-1)
    if (last?.moment.reaction !== moment.reaction - 1) return
    const groups = new Map(last.groups)
    const molecules = new Map(last.molecules)
    let { all } = last
    for (const { group, text, copies } of changes) {
      groups.set(group, (groups.get(group) ?? 0) + copies)
      noteText(text, copies, molecules)
      all += copies
    }
    this.#know(groups)
    this.#add({ moment, all, groups, molecules })
  }

  #add(sample: Sample): void {
    if (this.#skipped + 1 < this.#every && this.#samples.length > 0) {
      this.#skipped++
      // The last moment is always there, so that a chart ends with what there is.
      if (this.#samples.length > 1) this.#samples.pop()
      this.#samples.push(sample)
      return
    }
    this.#skipped = 0
    this.#samples.push(sample)
    if (this.#samples.length <= MOST_SAMPLES) return
    this.#samples = this.#samples.filter((_, i) => i % 2 === 0 || i === this.#samples.length - 1)
    this.#every *= 2
  }

  #counted(moment: Moment, outermost: SolutionForm): Sample {
    const groups = new Map<string, number>()
    const molecules = new Map<string, number>()
    let all = 0
    const waiting: { solution: SolutionForm; times: number }[] = [{ solution: outermost, times: 1 }]
    for (let top = waiting.pop(); top !== undefined; top = waiting.pop()) {
      const { times } = top
      for (const { group, kind, molecules: n } of top.solution.kinds) {
        if (kind === 'rule') continue
        groups.set(group, (groups.get(group) ?? 0) + n * times)
        all += n * times
      }
      for (const form of top.solution.entries) {
        note(form, times, molecules)
        for (const inner of form.inside ?? [])
          waiting.push({ solution: inner, times: times * form.copies })
      }
    }
    this.#know(groups)
    return { moment, all, groups, molecules }
  }

  #know(groups: ReadonlyMap<string, number>): void {
    for (const [group, n] of groups)
      this.#groups.set(group, Math.max(Math.abs(n), this.#groups.get(group) ?? 0))
  }

  /** Reactions, or simulated time. */
  xs(by: 'reaction' | 'time'): readonly number[] {
    return this.#samples.map(({ moment }) => (by === 'time' ? (moment.time ?? 0) : moment.reaction))
  }

  series(observables: readonly Observable[]): readonly Series[] {
    return observables.map((observable) => {
      switch (observable.kind) {
        case 'all':
          return { name: 'all molecules', values: this.#samples.map(({ all }) => all) }
        case 'group': {
          const { group } = observable
          return { name: group, values: this.#samples.map(({ groups }) => groups.get(group) ?? 0) }
        }
        case 'match':
          return { name: observable.text, values: this.#matching(observable.test) }
      }
    })
  }

  #matching(test: (molecule: string) => boolean): readonly number[] {
    const known = new Map<string, boolean>()
    return this.#samples.map(({ molecules }) => {
      let sum = 0
      for (const [text, n] of molecules) {
        let holds = known.get(text)
        if (holds === undefined) {
          holds = test(text)
          known.set(text, holds)
        }
        if (holds) sum += n
      }
      return sum
    })
  }
}

function note(
  { kind, text, copies }: MoleculeForm,
  times: number,
  into: Map<string, number>,
): void {
  if (kind !== 'rule') noteText(text, copies * times, into)
}

function noteText(text: string, copies: number, into: Map<string, number>): void {
  if (text.endsWith('…')) return
  if (into.size < MOST_MOLECULES || into.has(text)) into.set(text, (into.get(text) ?? 0) + copies)
}

/** The same as a table that other programs read. */
export function csvOf(x: string, xs: readonly number[], series: readonly Series[]): string {
  const cell = (text: string): string =>
    /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  const rows = xs.map((value, i) =>
    [value, ...series.map(({ values }) => values[i] ?? 0)].join(','),
  )
  return `${[[x, ...series.map(({ name }) => cell(name))].join(','), ...rows].join('\n')}\n`
}
