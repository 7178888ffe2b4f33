import { describe, expect, test } from 'vitest'
import { print } from '../../interpreter/index.ts'
import type { Reaction, Strategy } from '../../interpreter/index.ts'
import { Reactor } from '../../vm/index.ts'

/*
 * In larger solutions searches are planned by what is there, go through indexes and become generated code;
 * what is new goes first, the best first, or in one go; solutions fall asleep. All of that goes on elsewhere
 * as it would have gone on here, also where the clock has broken a search or a turn off.
 */

/** Numbers that look drawn, from 0 on below a bound. */
function drawn(count: number, below: number, seed = 7): number[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  })
}

function listed(count: number, molecule: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => molecule(i)).join(', ')
}

function edges(count: number, nodes: number): string {
  const [from, to, weight] = [drawn(count, nodes, 1), drawn(count, nodes, 2), drawn(count, 9, 3)]
  return listed(count, (i) => `EDGE:${from[i] ?? 0}:${to[i] ?? 0}:${1 + (weight[i] ?? 0)}`)
}

const programs: Readonly<Record<string, string>> = {
  'shortest ways': `
let relax = replace DIST:a:d, EDGE:a:b:w, DIST:b:e by DIST:a:d, EDGE:a:b:w, DIST:b:(d + w) if d + w < e in
<${edges(300, 80)}, DIST:0:0, ${listed(79, (i) => `DIST:${String(i + 1)}:∞`)}, relax>`,
  'a closure': `
let start = replace OPEN:x:y, EDGE:x:y:w by PATH:x:y, EDGE:x:y:w in
let step = replace OPEN:x:z, PATH:x:y, EDGE:y:z:w by PATH:x:z, PATH:x:y, EDGE:y:z:w in
<${edges(40, 15)}, ${listed(225, (i) => `OPEN:${String(Math.floor(i / 15))}:${String(i % 15)}`)}, start, step>`,
  philosophers: `
let eat = replace THINKING:l:r:n, FORK:l, FORK:r by EATING:l:r:n if n > 0 in
let think = replace EATING:l:r:n by THINKING:l:r:(n - 1), FORK:l, FORK:r in
<${listed(60, (i) => `THINKING:${String(i)}:${String((i + 1) % 60)}:4, FORK:${String(i)}`)}, eat, think>`,
  'a workflow': `
let receive = replace TASK:t:k:a, VALUE:t:v by TASK:t:(k - 1):((a + v) % 1000) if k > 0 in
let work = replace TASK:t:0:a by DONE:t:(a + 1) in
let send = replace DONE:t:v, LINK:t:u by DONE:t:v, VALUE:u:v in
<TASK:0:0:1, ${listed(120, (i) => `TASK:${String(i + 1)}:1:0, LINK:${String(drawn(1, i + 1, i)[0] ?? 0)}:${String(i + 1)}`)}, receive, work, send>`,
  'sums that fit': `
let pair = replace x::Int, y::Int by PAIR:x:y if x + y == 100 in
let triple = replace PAIR:x:y, z::Int by TRIPLE:x:y:z if x < z && y >= z in
<${drawn(150, 100).join(', ')}, pair, triple>`,
  'a key that is worked out': `
let meet = replace A:x, B:y by C:(x + y) if x % 7 == y * 2 in
let again = replace C:z by A:(z % 50), B:(z % 4) if z > 40 in
<${listed(90, (i) => `A:${String(drawn(1, 90, i + 1)[0] ?? 0)}, B:${String(i % 4)}`)}, meet, again>`,
  'rules that captured values': `
let make = replace MAKE:k by (replace A:x, B:y by A:(x + 1) if x * k == y) in
<${listed(40, (i) => `A:${String(i % 9)}, B:${String(i)}`)}, MAKE:2, MAKE:3, MAKE:5, make>`,
  'solutions by what they hold': `
let look = replace GET:k, <K:k, ω> by FOUND:k, <ω, USED:k> in
let more = replace FOUND:k, <USED:k, ω> by <ω, K:(k + 1), K:(k + 2)> if k < 45 in
<${listed(40, (i) => `GET:${String(drawn(1, 40, i + 3)[0] ?? 0)}, <K:${String(i)}, V:${String(i % 3)}>`)}, look, more>`,
  'solutions that react': `
let max = replace x::Int, y::Int by x if x >= y in
let open = replace <x, max = m> by x in
let sum = replace x::Int, y::Int by S:(x + y) in
let again = replace S:x by <(x % 13), (x % 17), (x % 5), max> in
<${listed(60, (i) => `<${drawn(6, 100, i + 1).join(', ')}, max>`)}, open, sum, again, 5>`,
  copies: `
let pair = replace x::Int^2 by (x + 1) if x < 9 in
let count = replace A:x^k, B:x by C:x:k in
<${drawn(200, 5).join(', ')}, A:1^5, A:2^3, B:1, B:2, A:1, pair, count>`,
  'texts and floats': `
let join = replace T:a:x, T:a:y by T:a:(x + y) in
let half = replace H:x by H:(x / 2.0) if x > 1.0 in
<${listed(80, (i) => `T:"${'abcdefgh'[i % 8] ?? ''}":${String(i)}, H:${String(i)}.5`)}, join, half>`,
  'slots that are used again': `
let three = replace A:x, A:y, A:z by B:(x + y), C:z if x < y && y <= z in
let back = replace B:x, C:z by A:(x % 50), A:(z % 7), A:((x + z) % 31), D:x if x > 3 in
let gone = replace D:x, A:y by ∅ if x % 5 == y % 5 in
<${listed(120, (i) => `A:${String(drawn(1, 60, i + 9)[0] ?? 0)}`)}, three, back, gone>`,
  'a tree': `
let split = replace FIB:n by FIB:(n - 1), FIB:(n - 2) if n > 1 in
let leaf = replace FIB:n by SUM:n if n <= 1 in
let add = replace SUM:x, SUM:y by SUM:(x + y) in
<FIB:11, split, leaf, add>`,
  'what is larger': `
let swap = replace i:a, j:b by i:b, j:a if i < j && a > b in
<${listed(70, (i) => `${String(i)}:${String(drawn(1, 500, i + 1)[0] ?? 0)}`)}, swap>`,
  sieve: `
let sieve = replace x::Int, y::Int by y if x % y == 0 in
<${listed(120, (i) => String(i + 2))}, sieve>`,
}

const strategies: readonly Strategy[] = ['fast', 'random', 'uniform', 'round-robin', 'keep-small']

function shown({ number, rule, reactants, products }: Reaction): string {
  const text = (entries: Reaction['reactants']): string =>
    entries.map(([molecule]) => print(molecule)).join(', ')
  return `${String(number)} ${rule.shape.name ?? print(rule)}: ${text(reactants)} → ${text(products)}`
}

function trace(reactor: Reactor, most: number): string[] {
  const lines: string[] = []
  for (let i = 0; i < most; i++) {
    const step = reactor.step()
    if (step.kind !== 'reacted') {
      lines.push(step.kind)
      break
    }
    lines.push(shown(step.reaction))
  }
  return lines
}

function copyOf(reactor: Reactor): Reactor {
  return Reactor.restore(JSON.stringify(reactor.snapshot()), { clock: () => 0 })
}

const mostReactions = 400

describe.each(Object.entries(programs))('%s', (_, text) => {
  test.each(strategies)('goes on step by step elsewhere: %s', (strategy) => {
    const options = { strategy, seed: 5, clock: () => 0 } as const
    const most = strategy === 'uniform' ? 8 : mostReactions
    const spans = strategy === 'uniform' ? [0, 1, 2] : [0, 1, 2, 7, 60, 65, 130]
    const whole = trace(Reactor.create(text, options), most)
    const from = Reactor.create(text, options)
    let done: string[] = []
    let reactor = from
    for (const span of spans) {
      done = [...done, ...trace(reactor, span)]
      reactor = copyOf(reactor)
      if (done.at(-1) === 'inert') break
    }
    if (done.at(-1) !== 'inert') done = [...done, ...trace(reactor, most - done.length)]
    expect(done).toEqual(whole)
  })

  test.each(strategies)(
    'goes on in one go elsewhere, whenever the clock stops it: %s',
    async (strategy) => {
      const ends = new Set<string>()
      for (const pace of strategy === 'uniform' ? [11] : [1, 11]) {
        let time = 0
        const most = strategy === 'uniform' ? 8 : mostReactions
        const options = {
          ...{ strategy, seed: 5, limits: { reactions: most } },
          clock: () => (time += pace),
        } as const
        const reactor = Reactor.create(text, options)
        const texts: string[] = []
        let turns = 0
        reactor.subscribe(() => {
          // Once the limit is reached the run is over: the next one may make as many reactions again.
          if (reactor.stats().reactions >= most) return
          if ((turns++ & 7) === 0 && texts.length < 3)
            texts.push(JSON.stringify(reactor.snapshot()))
        })
        const { kind, reactions, solution } = await reactor.run()
        const end = `${kind} ${String(reactions)} ${print(solution)}`
        ends.add(end)
        for (const each of texts) {
          const elsewhere = await Reactor.restore(each, { clock: () => (time += pace) }).run()
          expect(
            `${elsewhere.kind} ${String(elsewhere.reactions)} ${print(elsewhere.solution)}`,
          ).toBe(end)
        }
      }
      expect(ends.size).toBe(1)
    },
  )
})
