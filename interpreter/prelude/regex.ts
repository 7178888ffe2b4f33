import { EvaluationFailure } from '../failures.ts'
import { readRegex } from './regex-syntax.ts'
import type { CharacterTest, PlaceTest, RegexNode } from './regex-syntax.ts'

/*
 * Regular expressions that never run away: a pattern becomes instructions, and all ways through them are
 * followed side by side, one character at a time (Pike's machine; R. Cox, "Regular Expression Matching: the
 * Virtual Machine Approach", 2009). The time is at most pattern × text. The host's RegExp backtracks, and
 * `(a+)+b` could hold a run for years. Of several matches the one is taken that backtracking would find.
 */

type Instruction =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'place'; readonly test: PlaceTest }
  | { readonly kind: 'save'; readonly slot: number }
  | { kind: 'split'; first: number; second: number }
  | { kind: 'jump'; to: number }
  | { readonly kind: 'match' }

/** Starts and ends of the groups: [start 0, end 0, start 1, end 1, …], −1 for a group that took no part. */
export type Captures = readonly number[]

const MOST_INSTRUCTIONS = 5000
/** Steps for one function call: about half a second. */
const MOST_STEPS = 2 ** 25

/** One path through the instructions. */
interface Thread {
  readonly at: number
  readonly captures: Captures
}

/** A pattern ready to be looked for. */
export class Regex {
  readonly names: ReadonlyMap<string, number>
  readonly groups: number
  readonly #code: Instruction[] = []
  /** For each instruction the last place at which a thread came by: each place is visited once. */
  readonly #seen: Int32Array

  constructor(pattern: string) {
    const syntax = readRegex(pattern)
    this.names = syntax.names
    this.groups = syntax.groups
    this.#emit({ kind: 'save', slot: 0 })
    this.#compile(syntax.root)
    this.#emit({ kind: 'save', slot: 1 })
    this.#emit({ kind: 'match' })
    this.#seen = new Int32Array(this.#code.length)
  }

  /** Whether the whole text is one match. */
  matches(text: string): boolean {
    return this.#run(text, 0, { isAnchored: true, isWhole: true }, new Steps()) !== undefined
  }

  /** The first match at or after a place. */
  find(text: string, from: number, steps = new Steps()): Captures | undefined {
    return this.#run(text, from, { isAnchored: false, isWhole: false }, steps)
  }

  /** All matches, one after the other; after an empty one the search goes on a character later. */
  *findAll(text: string): Generator<Captures> {
    const steps = new Steps()
    for (let from = 0; from <= text.length;) {
      const found = this.find(text, from, steps)
      if (found === undefined) return
      yield found
      const end = found[1] ?? text.length
      from = end > (found[0] ?? 0) ? end : end + 1
    }
  }

  #emit(instruction: Instruction): number {
    if (this.#code.length >= MOST_INSTRUCTIONS)
      throw new EvaluationFailure('the regular expression repeats too much')
    return this.#code.push(instruction) - 1
  }

  #compile(node: RegexNode): void {
    switch (node.kind) {
      case 'character':
      case 'place':
        this.#emit(node)
        return
      case 'sequence':
        for (const part of node.parts) this.#compile(part)
        return
      case 'group':
        this.#emit({ kind: 'save', slot: node.number * 2 })
        this.#compile(node.part)
        this.#emit({ kind: 'save', slot: node.number * 2 + 1 })
        return
      case 'choice':
        this.#compileChoice(node.options)
        return
      case 'repeat':
        for (let i = 0; i < node.least; i++) this.#compile(node.part)
        if (node.most === Infinity) this.#compileLoop(node.part, node.isLazy)
        else this.#compileOptional(node.part, node.most - node.least, node.isLazy)
    }
  }

  #compileChoice(options: readonly RegexNode[]): void {
    const jumps: { kind: 'jump'; to: number }[] = []
    options.forEach((option, i) => {
      if (i === options.length - 1) {
        this.#compile(option)
        return
      }
      const split = this.#split()
      split.first = this.#code.length
      this.#compile(option)
      const jump = { kind: 'jump' as const, to: 0 }
      this.#emit(jump)
      jumps.push(jump)
      split.second = this.#code.length
    })
    for (const jump of jumps) jump.to = this.#code.length
  }

  #compileLoop(part: RegexNode, isLazy: boolean): void {
    const start = this.#code.length
    const split = this.#split()
    const inside = this.#code.length
    this.#compile(part)
    this.#emit({ kind: 'jump', to: start })
    aim(split, inside, this.#code.length, isLazy)
  }

  #compileOptional(part: RegexNode, times: number, isLazy: boolean): void {
    const splits: { readonly split: Split; readonly inside: number }[] = []
    for (let i = 0; i < times; i++) {
      const split = this.#split()
      splits.push({ split, inside: this.#code.length })
      this.#compile(part)
    }
    for (const { split, inside } of splits) aim(split, inside, this.#code.length, isLazy)
  }

  #split(): Split {
    const split: Split = { kind: 'split', first: 0, second: 0 }
    this.#emit(split)
    return split
  }

  #run(text: string, from: number, how: How, steps: Steps): Captures | undefined {
    this.#seen.fill(-1)
    steps.count(this.#code.length >> 4)
    let threads: Thread[] = []
    let found: Captures | undefined
    for (let at = from; ;) {
      if (found === undefined && (at === from || !how.isAnchored))
        this.#follow(threads, { at: 0, captures: this.#noCaptures() }, text, at)
      if (threads.length === 0 && (found !== undefined || how.isAnchored)) return found
      steps.count(threads.length + 1)
      const character = text.codePointAt(at)
      const width = character !== undefined && character > 0xffff ? 2 : 1
      const next: Thread[] = []
      for (const thread of threads) {
        const instruction = this.#code[thread.at]
        if (instruction?.kind === 'match') {
          if (how.isWhole && at < text.length) continue
          found = thread.captures
          // Threads that follow have lower priority.
          break
        }
        if (
          character !== undefined &&
          instruction?.kind === 'character' &&
          instruction.test(character)
        )
          this.#follow(next, { at: thread.at + 1, captures: thread.captures }, text, at + width)
      }
      if (character === undefined) return found
      threads = next
      at += width
    }
  }

  #noCaptures(): Captures {
    return new Array<number>(this.groups * 2).fill(-1)
  }

  /** Adds a thread, after following it to instructions that take a character, in order of priority. */
  #follow(threads: Thread[], start: Thread, text: string, at: number): void {
    const stack = [start]
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const instruction = this.#code[top.at]
      if (instruction === undefined || this.#seen[top.at] === at) continue
      this.#seen[top.at] = at
      const { captures } = top
      switch (instruction.kind) {
        case 'character':
        case 'match':
          threads.push(top)
          break
        case 'jump':
          stack.push({ at: instruction.to, captures })
          break
        case 'split':
          stack.push({ at: instruction.second, captures }, { at: instruction.first, captures })
          break
        case 'place':
          if (instruction.test(text, at)) stack.push({ at: top.at + 1, captures })
          break
        case 'save':
          stack.push({ at: top.at + 1, captures: captures.with(instruction.slot, at) })
      }
    }
  }
}

type Split = Extract<Instruction, { kind: 'split' }>

interface How {
  readonly isAnchored: boolean
  readonly isWhole: boolean
}

function aim(split: Split, inside: number, after: number, isLazy: boolean): void {
  split.first = isLazy ? after : inside
  split.second = isLazy ? inside : after
}

/** Counts the work of one call, so that a large text with a large pattern does not hold the run. */
export class Steps {
  #left = MOST_STEPS

  count(steps: number): void {
    this.#left -= steps
    if (this.#left < 0)
      throw new EvaluationFailure('the text is too long for this regular expression')
  }
}

const cache = new Map<string, Regex>()
const MOST_CACHED = 200

/** The regular expression of that text; the last few hundred are kept. */
export function regex(pattern: string): Regex {
  let found = cache.get(pattern)
  if (found === undefined) {
    found = new Regex(pattern)
    if (cache.size >= MOST_CACHED) cache.clear()
    cache.set(pattern, found)
  }
  return found
}
