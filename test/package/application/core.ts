/*
 * An application that uses every part of the package that knows no platform. What it finds goes to `found`:
 * the same in Node and in browsers.
 */
import {
  ConversionError,
  HostCallError,
  JsTuple,
  ProgramError,
  Reactor,
  SnapshotError,
  call,
  copies,
  float,
  fromJS,
  hocl,
  hostFunction,
  listOf,
  parse,
  rule,
  solutionOf,
  spread,
  symbol,
  table,
  toJS,
  tupleOf,
  v,
  warningsOf,
} from 'hocl'
import type { ReactorOptions, ReactorStats } from 'hocl'
import { Source, format, parse as treeOf, render } from 'hocl/grammar'
import { Reference, lowerSource, noModules, prelude, printInline } from 'hocl/interpreter'
import { standardModules } from 'hocl/stdlib'
import { Machine, Simulation, plansOf } from 'hocl/vm'
import { resultOf, runWorkflow, workflowFromJson } from 'hocl/workflow'

const largest = 'let max = replace x::Int, y::Int by x if x >= y in <3, 9, 4, max>'

/** What each part gave, by its name. */
export async function found(): Promise<Readonly<Record<string, string>>> {
  return {
    run: await run(),
    step: step(),
    options: await options(),
    moleculesInAndOut: await moleculesInAndOut(),
    many: await many(),
    watching: await watching(),
    rules: await rules(),
    functions: await functions(),
    values: values(),
    errors: errors(),
    modules: await modules(),
    doors: await doors(),
    simulation: await simulation(),
    snapshots: await snapshots(),
    workflow: await workflow(),
  }
}

async function run(): Promise<string> {
  const program = parse(largest, { name: 'largest.hocl' })
  const solutions: string[] = []
  for (const seed of [1, 2]) {
    await using reactor = Reactor.create(program, { seed })
    const { kind, reactions, solution } = await reactor.run()
    solutions.push(`${kind} ${reactions} ${String(hocl`...${solution}`)}`)
  }
  return solutions.join('; ')
}

function step(): string {
  const reactor = Reactor.create(largest)
  const first = reactor.step()
  const kinds = [first.kind, reactor.step().kind, reactor.step().kind]
  const { reactions, molecules, isRunning }: ReactorStats = reactor.stats()
  return [...kinds, reactions, molecules, isRunning].join(' ')
}

async function options(): Promise<string> {
  let time = 0
  let observed = 0
  const stopping = new AbortController()
  const endless = '<0, replace x::Int by x + 1>'
  const kinds: string[] = []
  const all: readonly ReactorOptions[] = [
    { seed: 7, strategy: 'random', limits: { reactions: 20 }, observe: () => (observed += 1) },
    { limits: { milliseconds: 50 }, clock: () => (time += 1) },
    { limits: { molecules: 1 } },
    { signal: stopping.signal },
    { strategy: 'round-robin', limits: { reactions: 3, depth: 10 }, run: 'order-17' },
  ]
  stopping.abort()
  for (const each of all) {
    await using reactor = Reactor.create(endless, each)
    const outcome = await reactor.run()
    kinds.push(outcome.kind)
  }
  return `${kinds.join(' ')} ${observed}`
}

async function moleculesInAndOut(): Promise<string> {
  await using reactor = Reactor.create(
    'let join = replace USER:n by TEXT:("Hello " + n) in <join, A^3>',
  )
  reactor.inject(hocl`USER:${'"Ann", EVIL'}`)
  reactor.inject('B, [1, 2]')
  reactor.remove('A^2')
  await reactor.run()
  const snapshot = reactor.getSnapshot()
  const same = snapshot === reactor.solution && snapshot.equals(reactor.solution)
  return `${String(hocl`...${snapshot}`)} ${String(same)}`
}

async function many(): Promise<string> {
  const relax =
    'let relax = replace DIST:a:d, EDGE:a:b:w, DIST:b:e by DIST:a:d, EDGE:a:b:w, DIST:b:(d + w) if d + w < e in <relax>'
  await using reactor = Reactor.create(relax)
  const nodes = Array.from({ length: 300 }, (_, i) => i)
  const from = nodes.slice(0, -1)
  reactor.inject(
    table(
      'EDGE',
      from,
      from.map((a) => a + 1),
      from.map(() => 2),
    ),
  )
  reactor.inject(
    table(
      'DIST',
      nodes,
      nodes.map((a) => (a === 0 ? 0 : Infinity)),
    ),
  )
  const { solution, reactions } = await reactor.run()
  const [names = [], distances = []] = solution.columns('DIST', 2)
  const far = distances[Array.from(names).indexOf(299)]
  const sum = Reactor.create('<replace x::Int, y::Int by x + y>')
  sum.inject(Array.from({ length: 2_000 }, (_, i) => [i, 1] as const))
  const total = await sum.run()
  const numbers = [...total.solution.molecules()].filter((each) => typeof each === 'number')
  return `${String(far)} ${String(reactions >= 299)} ${numbers.join(' ')} ${total.reactions}`
}

async function watching(): Promise<string> {
  await using reactor = Reactor.create(
    'let add = replace SUM:x, IN:n by SUM:(x + n) in <SUM:0, add>',
  )
  let told = 0
  const stop = reactor.subscribe(() => (told += 1))
  const reactions = reactor.reactions({ rule: 'add', capacity: 10 })
  const changes = reactor.changes()
  reactor.start()
  for (const n of [1, 2, 3]) reactor.inject(hocl`IN:${n}`)
  const { variables } = await reactor.waitFor('SUM:x', { when: 'x >= 6' })
  stop()
  reactions.close()
  changes.close()
  const numbers: string[] = []
  for await (const { number, rule: by } of reactions)
    numbers.push(`${by.shape.name ?? ''}${number}`)
  let seen = 0
  for await (const solution of changes) seen += solution.contents().distinct
  const plan = reactor.plan().includes('add')
  return `${String(variables.get('x'))} ${numbers.join(' ')} ${String(told > 0 && seen > 0 && plan)}`
}

async function rules(): Promise<string> {
  const [x, y] = [v('x').int, v('y').int]
  const max = rule({ name: 'max', take: [x, y], give: x, when: x.ge(y) })
  const ω = v('ω').rest
  const l = v('l').list
  const open = rule({
    take: [solutionOf(x, max, ω)],
    give: [tupleOf(symbol('BEST'), x.times(2)), copies(7, 2), ω],
    shots: 'one',
  })
  const longer = rule({ take: [l], give: [listOf(l, 0), spread(l)], shots: 'one' })
  const text = v('s').string
  const sized = rule({ take: [text], give: call('length', text) })
  await using reactor = Reactor.create('<"four">')
  reactor.inject(hocl`<3, 9, 4, ${max}>, ${open}`)
  reactor.inject([[sized, 1]])
  reactor.inject(hocl`${longer}, [1, 2]`)
  await reactor.run()
  return `${String(hocl`...${reactor.solution}`)}`
}

async function functions(): Promise<string> {
  const failures: string[] = []
  const pay = hostFunction(
    { takes: ['String', 'Int'], gives: 'Int', retry: { attempts: 2 }, concurrency: 2 },
    async (account, amount, { attempt, signal, key }) => {
      await Promise.resolve()
      if (attempt === 1) throw new Error('closed')
      return account.length + Number(amount) + (signal.aborted || key === '' ? 1000 : 0)
    },
  )
  const isLarge = (n: number): boolean => n > 5
  const program = parse(
    'let send = replace PAY:a:n by PAID:pay(a, n) in let drop = replace PAID:n by ∅ if isLarge(n) in <PAY:"ann":1, PAY:"bob":5, PAY:"x":"no", send, drop>',
    { host: { pay, isLarge, pure: ['isLarge'] } },
  )
  await using reactor = Reactor.create(program, {
    onCallFailure: ({ reason }) => failures.push(reason),
  })
  const { solution } = await reactor.run()
  const broken = Reactor.create('<1, replace x::Int by fail(x)>', {
    host: {
      fail: (x: number) => {
        throw new RangeError(`no ${x}`)
      },
    },
  })
  const { failure } = await broken.run()
  const call = failure?.call
  const wrong = call instanceof HostCallError ? `${call.reason} ${String(call.cause)}` : 'nothing'
  return `${String(hocl`...${solution}`.toString().includes('PAID:4'))} ${failures.join(' ')} ${wrong}`
}

function values(): string {
  const { solution } = Reactor.create('<"tea":3, "milk":[1, 2]^2, 2.5, 10^20>')
  const taken = toJS(solution)
  const lines: string[] = []
  for (const [molecule, times] of taken)
    lines.push(
      molecule instanceof JsTuple ? `${times}×${JSON.stringify(molecule.fields)}` : typeof molecule,
    )
  const made = fromJS(new Map([['a', [1, float(2), null]]]))
  return `${lines.sort().join(' ')} ${String(fromJS(taken).equals(solution))} ${printInline(made)}`
}

function errors(): string {
  const said: string[] = []
  try {
    parse('<replace x by y>')
  } catch (error) {
    if (error instanceof ProgramError) said.push(error.diagnostics[0]?.code ?? '', error.message)
  }
  try {
    fromJS({ items: [{ price: () => 3 }] })
  } catch (error) {
    if (error instanceof ConversionError) said.push(error.path)
  }
  const warnings = warningsOf(parse('let unused = 1 in <2, replace-one 3 by 4>'))
  return [...said, ...warnings.map(({ code }) => code).sort()].join(' | ')
}

async function modules(): Promise<string> {
  const program = parse('import hocl.numbers; import "./mine.hocl"; <two, 3>', {
    modules: new Map([...standardModules, ['./mine.hocl', 'let two = 2']]),
  })
  await using reactor = Reactor.create(program)
  await reactor.run()
  return String(hocl`...${reactor.solution}`)
}

async function doors(): Promise<string> {
  const source = new Source('pair.hocl', '<1,2,A:3, replace x::Int by ∅ if x > 1>')
  const { program: tree, diagnostics } = treeOf(source)
  const { text } = format(source)
  const [complaint] = treeOf(new Source('bad.hocl', '<1, ')).diagnostics
  const message =
    complaint === undefined ? 'no complaint' : (render(complaint).split('\n')[0] ?? '')
  const options = { seed: 1, strategy: 'fast', limits: { depth: 100 }, clock: () => 0 } as const
  const lowered = lowerSource(source, { host: prelude, modules: noModules })
  const program = parse(source.text)
  const first = program.first(1)
  const results = await Promise.all([
    new Machine(first, options).run(),
    new Reference(first, options).run(),
  ])
  const printed = results.map(({ solution }) => printInline(solution))
  const plans = [plansOf(lowered), plansOf(program.lowered)].map(({ length }) => length)
  return [tree.kind, diagnostics.length, text.trim(), message, ...printed, ...plans].join(' | ')
}

async function simulation(): Promise<string> {
  const first = parse('<A^100, replace A by ∅ @ 1.0>').first(1)
  const taken: number[] = []
  const simulated = new Simulation(first, {
    seed: 1,
    limits: { depth: 100 },
    clock: () => 0,
    until: 1,
    sampling: {
      every: 0.5,
      take: (time) => {
        taken.push(time)
      },
    },
  })
  const { reactions } = await simulated.run()
  return `${taken.join(' ')} ${String(reactions > 20 && reactions < 100)}`
}

/** Stops half way, goes on as another reactor, and takes a reaction back. */
async function snapshots(): Promise<string> {
  const first = Reactor.create('<replace x::Int, y::Int by x + y>', {
    seed: 3,
    history: 10,
    limits: { reactions: 500 },
  })
  first.inject(Array.from({ length: 2_000 }, (_, i) => [i, 1] as const))
  const kinds: string[] = [(await first.run()).kind]
  const text = JSON.stringify(first.snapshot())
  await using restored = Reactor.restore(text, { history: 10, limits: { reactions: 5_000 } })
  const { kind, reactions, solution } = await restored.run()
  const undone = restored.stepBack()
  const again = restored.step()
  const isSame = again.kind === 'reacted' && again.reaction.number === undone?.number
  const numbers = [...solution.molecules()].filter((each) => typeof each === 'number')
  try {
    Reactor.restore(text.slice(0, 100))
  } catch (error) {
    if (error instanceof SnapshotError) kinds.push(error.code)
  }
  return [...kinds, kind, reactions, ...numbers, restored.history.length, isSame].join(' ')
}

async function workflow(): Promise<string> {
  const described = workflowFromJson(`{
    "tasks": {
      "Image": { "service": "load", "arguments": [{ "value": "cat.png" }] },
      "Small": { "service": "resize", "arguments": [{ "from": "Image" }, { "value": 100 }] }
    },
    "result": "Small"
  }`)
  const host = {
    load: async (name: string) => Promise.resolve(`${name} 640`),
    resize: (image: string, to: number) => `${image} ${to}`,
  }
  return String(resultOf(described, await runWorkflow(described, { host })))
}
