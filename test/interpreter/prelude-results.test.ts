import { expect, test } from 'vitest'
import { keywords, Source } from '../../grammar/index.ts'
import {
  checkProgram,
  EvaluationFailure,
  lowerSource,
  noModules,
  prelude,
  printInline,
} from '../../interpreter/index.ts'
import type { HostFunction, Molecule } from '../../interpreter/index.ts'
import { Float, List, symbol, Tuple } from '../../interpreter/molecule.ts'
import { SolutionValue } from '../../interpreter/multiset.ts'

/* What the checker believes of a function's results must hold for all that it gives: else it warns of rules that react. */

const functions: readonly HostFunction[] = [
  ...prelude.functions.values(),
  ...[...prelude.namespaces.values()].flatMap((namespace) => [...namespace.functions.values()]),
  ...[...prelude.classes.values()].map((each) => each.make),
].filter(({ name }) => !keywords.includes(name))

const samples: readonly Molecule[] = [
  0,
  1,
  new Float(2.5),
  '1',
  'ab',
  true,
  symbol('A'),
  new Tuple([symbol('A'), 'b']),
  new List([2, 1]),
  new List([symbol('A'), new Tuple([1, 2])]),
  new List([new List([1]), SolutionValue.of([[1, 1]])]),
  SolutionValue.of([[symbol('A'), 1]]),
]

const types: Readonly<Record<string, string>> = {
  int: 'Int',
  float: 'Float',
  boolean: 'Bool',
  string: 'String',
  symbol: 'Symbol',
  tuple: 'Tuple',
  list: 'List',
  solution: 'Solution',
}

function kindOf(molecule: Molecule): string {
  if (typeof molecule === 'object') return molecule.kind
  if (typeof molecule === 'string' || typeof molecule === 'boolean') return typeof molecule
  return 'int'
}

function* argumentsOf(count: number): Generator<readonly Molecule[]> {
  if (count === 0) yield []
  else
    for (const others of argumentsOf(count - 1)) for (const each of samples) yield [...others, each]
}

/** Arguments that make a function give each kind of result that it can give. */
function results(found: HostFunction): ReadonlyMap<string, readonly Molecule[]> {
  const [least, most] = found.arity
  const kinds = new Map<string, readonly Molecule[]>()
  for (let count = least; count <= Math.min(most, 3); count++)
    for (const args of argumentsOf(count)) {
      const kind = kindOfResult(found, args)
      if (kind !== undefined && !kinds.has(kind)) kinds.set(kind, args)
    }
  return kinds
}

function kindOfResult(found: HostFunction, args: readonly Molecule[]): string | undefined {
  try {
    const result = found.apply(args, { random: () => 0.5 })
    if (!(result instanceof Promise)) return kindOf(result)
    // What is called by a name that no function has is rejected later.
    result.catch(() => undefined)
    return undefined
  } catch (error) {
    if (error instanceof EvaluationFailure) return undefined
    throw error
  }
}

test.each(functions.map((each) => [each.name, each] as const))(
  'what `%s` gives is not taken for something else',
  (name, found) => {
    for (const [kind, args] of results(found)) {
      const type = types[kind]
      if (type === undefined) continue
      const call = `${name}(${args.map((each) => printInline(each)).join(', ')})`
      const text = `<R:${call}, one R:x::${type} by x>`
      const program = lowerSource(new Source('test.hocl', text), {
        host: prelude,
        modules: noModules,
      })
      const codes = [...program.diagnostics, ...checkProgram(program)].map(({ code }) => code)
      expect(codes, text).not.toContain('HOCL304')
    }
  },
)
