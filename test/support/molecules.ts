import fc from 'fast-check'
import {
  Float,
  List,
  lowerSource,
  moleculesOf,
  noModules,
  prelude,
  SolutionValue,
  symbol,
  Tuple,
} from '../../interpreter/index.ts'
import type { Entry, Int, Molecule } from '../../interpreter/index.ts'
import { Source } from '../../grammar/index.ts'

/** The molecules of a text in HOCL, read by the grammar and worked out like a program's first solution. */
export function readHocl(text: string): SolutionValue {
  const program = lowerSource(new Source('test', `<${text}>`), {
    host: prelude,
    modules: noModules,
  })
  const [first] = program.diagnostics.filter(({ severity }) => severity === 'error')
  if (first !== undefined || program.solution === undefined)
    throw new Error(`${text} does not read: ${first?.title ?? 'no solution'}`)
  const { value, diagnostic } = moleculesOf(program.solution, 1)
  if (value === undefined) throw new Error(`${text} has no value: ${diagnostic.title}`)
  return SolutionValue.of(value)
}

/** The one molecule that a text stands for. */
export function molecule(text: string): Molecule {
  const [entry] = readHocl(text).contents().sorted()
  if (entry === undefined) throw new Error(`${text} is no molecule`)
  return entry[0]
}

export const ints: fc.Arbitrary<Int> = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map(exact),
)

/** An Int in its canonical form. */
export function exact(value: bigint): Int {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

export const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    'a"b',
    'back\\slash',
    'line\nbreak',
    'e\u0301',
    '\u0301',
    '\u202e',
    '</*',
    '-5',
  ),
)

const atoms: fc.Arbitrary<Molecule> = fc.oneof(
  ints,
  fc.constantFrom<Molecule>(Infinity, -Infinity, true, false),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => new Float(value)),
  texts,
  fc.constantFrom('A', 'SRC', 'NULL', 'Éa', "X'", 'T_1$').map((name) => symbol(name)),
)

const multiplicities: fc.Arbitrary<Int> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(1) },
  fc.integer({ min: -5, max: 6 }),
  fc.constantFrom<Int>(Infinity, -Infinity, 2n ** 70n),
)

/** Molecules without rules and host values. */
export const data: fc.Arbitrary<Molecule> = fc.letrec<{ molecule: Molecule }>((tie) => ({
  molecule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atoms,
    fc.array(tie('molecule'), { minLength: 2, maxLength: 4 }).map((fields) => new Tuple(fields)),
    fc.array(tie('molecule'), { maxLength: 4 }).map((items) => new List(items)),
    solutionsOf(tie('molecule')),
  ),
})).molecule

export const solutions: fc.Arbitrary<SolutionValue> = solutionsOf(data)

/** Each molecule with one multiplicity: ∞ and −∞ of the same have no sum. */
function solutionsOf(inside: fc.Arbitrary<Molecule>): fc.Arbitrary<SolutionValue> {
  return fc.array(fc.tuple(inside, multiplicities), { maxLength: 12 }).map((pairs) => {
    let solution = SolutionValue.empty.contents()
    for (const [inner, multiplicity] of pairs as readonly Entry[])
      solution = solution.without(inner).add(inner, multiplicity)
    return new SolutionValue(solution)
  })
}

/** A molecule inside so many others, one inside the other. */
export function nested(depth: number, around: (inner: Molecule) => Molecule): Molecule {
  let result: Molecule = 1
  for (let i = 0; i < depth; i++) result = around(result)
  return result
}
