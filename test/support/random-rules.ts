import fc from 'fast-check'

/*
 * Random programs of rules that are hard to write out: expressions of all kinds, values of all kinds
 * captured wherever they can stand, rests with counts and in lists, rules that have one name, and rules
 * that use themselves and one another. A few reactions make the rules; what those would do is no matter.
 */

export interface RulesProgram {
  readonly text: string
  readonly [fc.toStringMethod]: () => string
}

const value = fc.constantFrom(
  '0',
  '7',
  '(-3)',
  '2.5',
  '(-0.5)',
  '∞',
  '"s"',
  '"a\\"b"',
  'true',
  'A',
  'x',
  '(1:2)',
  '((1:A):-2)',
  '[]',
  '[1, -2]',
  '<>',
  '<1, 1, A^-1>',
  '<1:2, <3>>',
  '(one A by B)',
  '(r = one A by B)',
  '<(r = one A by C), f>',
  'f',
  'g',
  'add(3)',
  'add("s")',
  'add(add(1))',
  '[add(2), g]',
)

const binary = fc.constantFrom(
  ...'+ - * / % == != < <= > >= && || divides'.split(' ').map((operator) => ` ${operator} `),
)

/** An expression in parentheses wherever it may need them: taking away those that it does not need is what is tried. */
function expression(
  variables: readonly string[],
  depth: number,
  { isCondition = false } = {},
): fc.Arbitrary<string> {
  const leaf = fc.oneof(
    fc.constantFrom(...variables),
    fc.constantFrom('1', '(-2)', 'A', '2.5', '"t"'),
  )
  if (depth === 0) return leaf
  const inner = expression(variables, depth - 1, { isCondition })
  const bare = fc.oneof(leaf, inner)
  const open = fc.oneof(
    fc.tuple(bare, binary, bare).map(([a, operator, b]) => `(${a}${operator}${b})`),
    bare.map((a) => `(-${a})`),
    bare.map((a) => `(!${a})`),
    bare.map((a) => `((Int) ${a})`),
    fc.tuple(bare, bare, bare).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    bare.map((a) => `(${a} instanceof Int)`),
    fc.tuple(bare, bare).map(([a, b]) => `(${a}:${b})`),
    fc.tuple(bare, bare).map(([a, b]) => `[${a}, ${b}]`),
    fc.tuple(bare, bare).map(([a, b]) => `<${a}, ${b}^2>`),
    fc.tuple(bare, bare).map(([a, b]) => `(${a})[${b}]`),
    bare.map((a) => `size(${a})`),
    bare.map((a) => `(${a}).size()`),
    fc.tuple(bare, bare).map(([a, b]) => `Math.max(${a}, ${b})`),
    fc.tuple(bare, bare).map(([a, b]) => `(one Z:z by z:${a} if z == ${b})`),
    fc.tuple(bare, bare).map(([a, b]) => `(r = one Z:z by (let w = ${a} in w:${b}))`),
  )
  // A definition is put into a condition, and with it an argument that has no value, `0 || 1`, as one more
  // expression of it; written out, it is in the rule that the definition makes, if it makes one.
  const expanded = fc.oneof(
    fc.tuple(bare, bare).map(([a, b]) => `twice(${a}, ${b})`),
    bare.map((a) => `add(${a})`),
  )
  return fc.oneof(
    { weight: 1, arbitrary: leaf },
    { weight: 3, arbitrary: open },
    { weight: isCondition ? 0 : 1, arbitrary: expanded },
  )
}

const elementOf = (variables: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    expression(variables, 2),
    fc
      .tuple(expression(variables, 1), fc.constantFrom('^2', '^-1', '^∞', '^n'))
      .map(([a, n]) => (n === '^n' ? `${a}^(n * 2)` : a + n)),
  )

const restUse = fc.constantFrom(
  'ω',
  'ω^2',
  'ω^-1',
  '[ω]',
  '[1, ω, y]',
  '<ω, y>',
  'L:<ω^3>',
  'size(ω)',
  '<ω^k>',
  '(one Q:k by ω^k, [ω, k])',
)

/** A program and, of each kind, what it may hold. */
export const rulesProgram: fc.Arbitrary<RulesProgram> = fc
  .record({
    added: expression(['x', 'n'], 2),
    condition: fc.option(expression(['x', 'n'], 2, { isCondition: true })),
    recursive: fc.tuple(expression(['x'], 1), expression(['x'], 1)),
    made: elementOf(['y', 'n', 'v']),
    test: fc.option(expression(['y', 'n', 'v'], 2, { isCondition: true })),
    rests: fc.array(restUse, { minLength: 1, maxLength: 3 }),
    values: fc.array(value, { minLength: 1, maxLength: 4 }),
    inside: fc.array(value, { maxLength: 3 }),
    twins: fc.tuple(expression(['x'], 2), expression(['x'], 2)),
  })
  .map((parts) => {
    const text = textOf(parts)
    return { text, [fc.toStringMethod]: () => `\n${text}\n` }
  })

interface Parts {
  readonly added: string
  readonly condition: string | null
  readonly recursive: readonly [string, string]
  readonly made: string
  readonly test: string | null
  readonly rests: readonly string[]
  readonly values: readonly string[]
  readonly inside: readonly string[]
  readonly twins: readonly [string, string]
}

function textOf({ added, condition, recursive, made, test, rests, values, inside, twins }: Parts) {
  const made2 = `${made}${test === null ? '' : ` if ${test}`}`
  return [
    'let twice(a, b) = a + (b + a) in',
    `let add(n) = replace x::Int by ${added}${condition === null ? '' : ` if ${condition}`} in`,
    `let rec f = one F:x by ${recursive[0]}, f in`,
    `let rec g = one G:x by h, (${recursive[1]}):f in`,
    'let rec h = one H:x by g, x in',
    `let mk = replace MAKE:n:v by OUT:n:(own = replace IN:y by ${made2}) in`,
    `let open = replace <GO:k, ω> by OPEN:(one X:y by ${rests.join(', ')}) in`,
    '<',
    values.map((each, i) => `MAKE:${String(i)}:${each},\n`).join(''),
    `<GO:2, ${['1', ...inside].join(', ')}>,`,
    `<(r = replace R:x by ${twins[0]})>, <(r = replace R:x by ${twins[1]})>, (f:g:h),`,
    'mk, open>',
  ].join('\n')
}
