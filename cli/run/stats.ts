import type { Reaction } from '../../interpreter/index.ts'
import { counted, grouped, timeText } from './wording.ts'

/** Counts reactions by rule while a run goes on. */
export class Stats {
  readonly #rules = new Map<string, number>()
  readonly #phases: (readonly [string, number])[] = []
  readonly #notes: [string, string][] = []
  #deepest = 0
  #areRulesHidden = false

  count({ rule, level }: Reaction): void {
    const name = rule.shape.name ?? 'anonymous'
    this.#rules.set(name, (this.#rules.get(name) ?? 0) + 1)
    if (level > this.#deepest) this.#deepest = level
  }

  /** How long a part of the command took. */
  time(phase: string, milliseconds: number): void {
    this.#phases.push([phase, milliseconds])
  }

  /** Something else that the table tells. */
  note(name: string, text: string): void {
    this.#notes.push([name, text])
  }

  /** Nobody saw the reactions one by one. */
  hideRules(): void {
    this.#areRulesHidden = true
  }

  /** A small table: phases, speed, memory, and the rules with most reactions first. */
  text(reactions: number, runMs: number): string {
    const rate = runMs > 0 ? grouped((reactions / runMs) * 1000) : '0'
    const { heapUsed, rss } = process.memoryUsage()
    const lines = [
      ...this.#phases.map(([phase, ms]): [string, string] => [phase, timeText(ms)]),
      ...this.#notes,
      ['speed', `${rate} reactions a second`] as [string, string],
      ['memory', `${megabytes(heapUsed)} heap, ${megabytes(rss)} in all`] as [string, string],
      this.#areRulesHidden
        ? (['rules', 'not counted beside `--workers`'] as [string, string])
        : (['deepest reaction', `${counted(this.#deepest, 'solution')} around it`] as [
            string,
            string,
          ]),
      ...[...this.#rules]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 20)
        .map(([name, n]): [string, string] => [name, counted(n, 'reaction')]),
    ]
    const width = Math.max(...lines.map(([name]) => name.length))
    return lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`
}
