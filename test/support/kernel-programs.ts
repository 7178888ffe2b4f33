import fc from 'fast-check'

/*
 * Small random programs around the shapes that kernels are for: a rule or two of nearly such a shape, with
 * conditions and products that are now and then others, and molecules of all kinds that such rules take,
 * among them floats, ∞, anti-molecules, texts and copies. Often another rule interferes.
 */

/** Text with a choice in it: one of several. */
type Part = readonly string[]

const types: Part = ['', '', '::Int', '::Number', '::Object']
const merges: Part = ['(a + b)', 'a', 'max(a, b)', 'b', '(a * b)', '(b < a ? b : a)']
const orders: Part = ['>', '>=', '<', '<=', '==', '!=']

/** A rule, and which molecules it is for. */
interface Template {
  readonly parts: readonly (string | Part)[]
  readonly data: keyof typeof data
}

const templates: readonly Template[] = [
  { parts: ['replace x', types, ', y', types, ' by x if x ', orders, ' y'], data: 'atoms' },
  { parts: ['replace x', types, ', y by x if !(x ', orders, ' y)'], data: 'atoms' },
  {
    parts: [
      'replace x',
      types,
      ', y',
      types,
      ' by ',
      ['x + y', 'y + x', 'x * y', 'max(x, y)', 'min(y, x)', 'x >= y ? x : y', 'x'],
    ],
    data: 'atoms',
  },
  { parts: ['replace x', types, ', x by x'], data: 'atoms' },
  { parts: ['replace k:a, k:b by k:', merges], data: 'pairs' },
  { parts: ['replace k:a, j:b by k:', merges, ' if k ', orders, ' j'], data: 'pairs' },
  { parts: ['replace A:a, A:b by A:', merges, ['', ' if a > b', ' if a <= b']], data: 'tagged' },
  {
    parts: [
      'replace x',
      types,
      ', y by x if ',
      ['x divides y', 'y % x == 0', 'x divides y && x != y', 'y % x == 0 && x < y'],
    ],
    data: 'ints',
  },
  { parts: ['replace x:a, y:b by x:a if x divides y', ['', ' && x < y']], data: 'pairs' },
  {
    parts: ['replace i:a, j:b by i:b, j:a if i ', ['<', '>', '<='], ' j && a ', ['>', '<'], ' b'],
    data: 'pairs',
  },
  {
    parts: [
      'replace i:a:u, j:b:v by i:b:',
      ['u, j:a:v', 'v, j:a:u'],
      ' if i < j && a ',
      ['>', '<'],
      ' b',
    ],
    data: 'triples',
  },
  { parts: ['replace g:i:a, g:j:b by g:i:b, g:j:a if i < j && a > b'], data: 'triples' },
  { parts: ['replace A:i:a, A:j:b by A:i:b, A:j:a if i > j && a > b'], data: 'taggedPairs' },
  {
    parts: [
      'replace x::Int, y::Int by x, y ',
      ['-', '-', '%'],
      ' x if x ',
      ['<', '<='],
      ' y',
      [' && x > 0', '', ' && x != 0'],
    ],
    data: 'positive',
  },
  {
    parts: ['replace x::Int, y::Int by y - x, x if y >= x), (replace ', ['0', '0', '1'], ' by ∅'],
    data: 'positive',
  },
  { parts: ['replace 0 by ∅'], data: 'ints' },
  {
    parts: ['replace x::Int by x - 1', [', x - 2', '', ', B'], ' if x > ', ['0', '1', '2']],
    data: 'ints',
  },
  { parts: ['replace A:n by A:(n - 1), B:n if n > 0'], data: 'tagged' },
  { parts: ['replace A:', ['0', '1', '2'], ' by ', ['B', 'A:1', 'A:3, A:3']], data: 'tagged' },
  { parts: ['replace ', ['1', '2'], ' by ', ['2', 'A:1, A:2', '1:1', '<3>']], data: 'ints' },
  { parts: ['replace x, x by ', ['x + 1', 'A:x', 'C'], ' if x < 4'], data: 'ints' },
  { parts: ['replace x by ', ['A', '2 / x', '1:x'], ' if x ', ['>', '=='], ' 2'], data: 'atoms' },
]

const interferers: Part = [
  'one A by B',
  'one x::Int, A by x:x',
  'replace x::Int, B by C:x',
  'one x::Rule by RULE',
  'one <x, ω> by x, ω',
  'one C by (replace x::Int, y::Int by x if x > y)',
  'replace C by 1, 2',
  'one x::Int^k by K:k',
  'one x by x:x',
]

const ints: Part = ['0', '1', '2', '3', '4', '6', '2', '1', '12', '5']
const atoms: Part = [
  ...['0', '1', '2', '3', '4', '6', '1.0', '2.5', '"a"', '"b"', 'A', 'B', 'C', '-1', '∞', 'true'],
  '9007199254740993',
]
const copies: Part = ['', '', '', '', '^2', '^3', '^5', '^-1', '^∞']
const fewCopies: Part = ['', '', '', '', '^2', '^4']
const fields: Part = [...ints, ...ints, ...atoms]

const data = {
  ints: [ints, copies],
  positive: [['2', '3', '4', '6', '5', '0'], fewCopies],
  atoms: [atoms, copies],
  pairs: [fields, ':', fields, fewCopies],
  tagged: ['A:', fields, fewCopies],
  triples: [ints, ':', ints, ':', fields],
  taggedPairs: ['A:', fields, ':', fields],
} satisfies Record<string, readonly (string | Part)[]>

/** One of the texts for each choice. */
function chosen(parts: readonly (string | Part)[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      ...parts.map((part) =>
        typeof part === 'string' ? fc.constant(part) : fc.constantFrom(...part),
      ),
    )
    .map((texts) => texts.join(''))
}

/** A rule with molecules that it is for, as elements of a solution. */
const shaped = fc
  .constantFrom(...templates)
  .chain((template) =>
    fc
      .tuple(
        fc.array(chosen(data[template.data]), { minLength: 2, maxLength: 5 }),
        chosen(template.parts),
      )
      .map(([molecules, rule]) => [...molecules, `(${rule})`]),
  )

/** The text of a program. */
export const kernelProgram: fc.Arbitrary<string> = fc
  .tuple(
    shaped,
    fc.option(chosen([templates.flatMap(({ parts }) => ruleTexts(parts))]), { freq: 2 }),
    fc.option(fc.constantFrom(...interferers), { freq: 2 }),
    fc.array(chosen([atoms]), { maxLength: 1 }),
  )
  .map(([elements, ...others]) => {
    const [second, interferer, more] = others
    const rules = [second, interferer].flatMap((rule) => (rule === null ? [] : [`(${rule})`]))
    return `<${[...elements, ...more, ...rules].join(', ')}>`
  })

/** A rule with the first of each choice. */
function ruleTexts(parts: Template['parts']): string[] {
  return [parts.map((part) => (typeof part === 'string' ? part : (part[0] ?? ''))).join('')]
}
