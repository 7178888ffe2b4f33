import fc from 'fast-check'

/*
 * Small random programs of solutions in a solution: inside, a rule or two that are recognised or nearly
 * so, with atoms, tuples, copies or a solution further in; around them, rules that look into solutions
 * in all the ways there are, alone and together with other molecules.
 */

/** Rules inside, by name. */
const inner = {
  max: 'replace x, y by x if x >= y',
  least: 'replace x::Int, y::Int by x if x < y',
  best: 'replace x, y by x if x > y',
  sum: 'replace x::Int, y::Int by x + y',
  join: 'replace x::String, y::String by x + y',
  times: 'replace x::Number, y::Number by x * y',
  any: 'replace x, y by x',
  once: 'replace x, x by x',
  keyed: 'replace k:a, k:b by k:(a + b)',
  three: 'replace x::Int, y::Int, z::Int by x + y + z',
  down: 'replace x::Int by x - 1 if x > 0',
  shot: 'one x::Int by x:x',
  never: 'replace NO:x by YES:x',
} as const

type Inner = keyof typeof inner
const innerNames = Object.keys(inner) as readonly Inner[]

/** Rules around; `@` is the name of a rule inside. */
const outer = [
  'replace <x, @ = m> by x',
  'replace <x, @ = m, ω> by x, ω',
  'replace <@ = m, ω> by <ω>',
  'replace <x, ω> by x',
  'replace-one <x, ω> by <ω>, x',
  'replace <x::Int, y::Int, ω> by x:y if x <= y',
  'replace G:<x, @ = m> by G:x',
  'replace G:<x, ω>, T:n by T:(n + 1)',
  'replace <x>, <y> by <x, y, x>',
  'replace <x, @ = m>, <y, @ = n> by <x, y, m>',
  'replace <k:a, ω>, k by a',
  'replace <<x, ω>, ν> by x',
  'replace <x^2, ω> by x',
  'replace s::Solution, s by s',
  'with <x, @ = m> inject x',
] as const

const sums = [
  'replace x::Int, y::Int by x + y',
  'replace x::Int, y::Int by x if x >= y',
  'replace NO by YES',
]

const atom = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -1, max: 3 }).map(String) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('1.5', '2.0', '"a"', '"b"', 'A', 'true', '∞', '9007199254740993'),
  },
)

const datum = fc.oneof(
  { weight: 12, arbitrary: atom },
  { weight: 2, arbitrary: fc.tuple(atom, atom).map(([a, b]) => `${a}:${b}`) },
  { weight: 1, arbitrary: atom.map((a) => `${a}^2`) },
  { weight: 1, arbitrary: atom.map((a) => `<${a}>`) },
  { weight: 1, arbitrary: fc.tuple(atom, atom).map(([a, b]) => `<${a}, ${b}, max>`) },
)

const solution = fc
  .record({
    data: fc.array(datum, { maxLength: 4 }),
    rules: fc.array(fc.constantFrom(...innerNames), { maxLength: 2 }),
    around: fc.constantFrom('', '', '', 'G:', 'G:', '1:'),
    copies: fc.constantFrom('', '', '', '', '^2'),
  })
  .map(({ data, rules, around, copies }) => `${around}<${[...data, ...rules].join(', ')}>${copies}`)

/** The text of a program. */
export const nestedProgram = fc
  .record({
    solutions: fc.array(solution, { minLength: 1, maxLength: 3 }),
    others: fc.array(fc.constantFrom('0', '1', '2', 'T:0', 'NO'), { maxLength: 2 }),
    rules: fc.array(fc.constantFrom(...outer), { minLength: 1, maxLength: 2 }),
    name: fc.constantFrom(...innerNames),
    sum: fc.option(fc.constantFrom(...sums), { nil: undefined }),
  })
  .map(({ solutions, others, rules, name, sum }) => {
    const around = [...rules, ...(sum === undefined ? [] : [sum])].map(
      (rule) => `(${rule.replaceAll('@', name)})`,
    )
    const definitions = innerNames.map((each) => `let ${each} = ${inner[each]} in`)
    return `${definitions.join('\n')}\n<${[...solutions, ...others, ...around].join(', ')}>`
  })
