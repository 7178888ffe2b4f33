/*
 * `node run.mjs SOLVER PROGRAM N`: pours the data of a program into the solver that CHR.js has made of
 * its rules, which reacts meanwhile, and prints the result.
 */
import { createRequire } from 'node:module'

const [file = '', program = '', size = '0'] = process.argv.slice(2)
const n = Number(size)
const solver = createRequire(import.meta.url)(file)

let state = 42
const next = () => (state = (state * 48271) % 2147483647)

const stored = (functor) => solver.Store._index[functor] ?? []
const argument = (functor) => stored(functor)[0].args[0]

/** How many there are of what is stored, and the sum of a number of each. */
function totals(functor, number) {
  let sum = 0
  for (const { args } of stored(functor)) sum += number(args)
  return `${String(stored(functor).length)}-${String(sum)}`
}

const programs = {
  empty: () => 'none',
  max: () => {
    for (let i = 0; i < n; i++) solver.n(next())
    return argument('n/1')
  },
  sum: () => {
    for (let i = 0; i < n; i++) solver.n(next() % 1000)
    return argument('n/1')
  },
  sieve: () => {
    for (let i = 2; i <= n; i++) solver.n(i)
    return stored('n/1').length
  },
  gcd: () => {
    for (let i = 0; i < n; i++) solver.n(6 * (1 + (next() % 1000)))
    return argument('n/1')
  },
  sort: () => {
    for (let i = 0; i < n; i++) solver.a(i, next())
    let checksum = 0
    for (const { args } of stored('a/2')) checksum = (checksum + args[0] * args[1]) % 1000000007
    return checksum
  },
  fib: () => {
    solver.f(n)
    return argument('s/1')
  },
  closure: () => {
    for (let i = 0; i < 2 * n; i++) {
      const from = next() % n
      solver.edge(from, next() % n)
    }
    return stored('path/2').length
  },
  paths: () => {
    for (let i = 0; i < 4 * n; i++) {
      const from = next() % n
      const to = next() % n
      solver.edge(from, to, 1 + (next() % 100))
    }
    solver.dist(0, 0)
    return totals('dist/2', ([, distance]) => distance)
  },
  words: () => {
    const different = Math.max(1, Math.floor(n / 10))
    for (let i = 0; i < n; i++) solver.w(next() % different, 1)
    return totals('w/2', ([, times]) => times ** 2)
  },
  philosophers: () => {
    for (let i = 0; i < n; i++) solver.think(i, (i + 1) % n, 10)
    for (let i = 0; i < n; i++) solver.fork(i)
    const fed = stored('think/3').filter(({ args }) => args[2] === 0)
    return `${String(fed.length)}-${String(stored('fork/1').length)}`
  },
  dag: () => {
    for (let i = 1; i < n; i++) {
      solver.task(i, 3, 0)
      for (let k = 0; k < 3; k++) solver.link(next() % i, i)
    }
    solver.task(0, 0, 0)
    let sum = 0
    for (const { args } of stored('finished/2')) sum = (sum + args[1]) % 1000003
    return `${String(stored('finished/2').length)}-${String(sum)}`
  },
  nested: () => {
    // CHR has no solutions in solutions: the name of each is a key here.
    for (let k = 0; k < 20 * n; k++) solver.e(k % n, next() % 1000000)
    let sum = 0
    for (const { args } of stored('e/2')) sum += args[1]
    return sum
  },
}

console.log('RESULT', String(programs[program]()))
