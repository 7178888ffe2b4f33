import fc from 'fast-check'

/*
 * Texts of grammatical programs, over all constructs of the language. A text is a list of tokens; the
 * space between them is chosen apart. `depth` bounds how deep constructs nest.
 */

type Tokens = readonly string[]

/** A whole program with spaces, line breaks and comments between its tokens. */
export function arbitraryProgram(depth = 3): fc.Arbitrary<string> {
  return fc.tuple(program(depth), fc.array(space, { minLength: 1, maxLength: 40 })).map(layOut)
}

/** The inside of a solution. */
export function arbitraryMolecules(depth = 3): fc.Arbitrary<string> {
  return fc.tuple(molecules(depth), fc.array(space, { minLength: 1, maxLength: 40 })).map(layOut)
}

/** A text with a few pieces taken out, doubled, or replaced by what looks like HOCL. */
export function mutated(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const piece = fc.constantFrom(...punctuation, ...words, 'let', 'in', 'by', 'replace', '"', '/*')
  const change = fc.tuple(fc.nat(), fc.nat(8), fc.option(piece, { nil: '' }))
  return fc.tuple(text, fc.array(change, { minLength: 1, maxLength: 4 })).map(([whole, changes]) =>
    changes.reduce((current, [place, length, inserted]) => {
      const start = current.length === 0 ? 0 : place % current.length
      return current.slice(0, start) + inserted + current.slice(start + length)
    }, whole),
  )
}

/** Texts without grammar, from the letters of the language and others. */
export function arbitraryText(): fc.Arbitrary<string> {
  const part = fc.oneof(
    fc.constantFrom(...punctuation, ...words),
    fc.constantFrom(
      'let ',
      ' in ',
      'replace ',
      ' by ',
      'with ',
      ' inject ',
      ' if ',
      '\n',
      ' ',
      '"',
      "'",
    ),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.string({ unit: 'binary', maxLength: 3 }),
  )
  return fc.array(part, { maxLength: 60 }).map((parts) => parts.join(''))
}

const punctuation = [
  ...'<>⟨⟩()[]{},;:.?^@=!+-*/%|&~#_∅∞',
  '...',
  '::',
  '&&',
  '==',
  '>=',
  '++',
  '?w',
]
const words = [
  'x',
  'y',
  'max',
  'A',
  'SRC',
  'ω',
  'ω1',
  'inf',
  'divides',
  'new',
  'one',
  '1',
  '2.5',
  '5f',
]

const space = fc.oneof(
  { weight: 12, arbitrary: fc.constant(' ') },
  { weight: 3, arbitrary: fc.constantFrom('\n', '\n\n', '\t', '  ', '\r\n') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(' // note\n', ' /* note */ ', '\n/// doc\n', ' /* a\n b */'),
  },
)

function layOut([text, spaces]: [Tokens, readonly string[]]): string {
  return text.map((token, index) => token + (spaces[index % spaces.length] ?? ' ')).join('')
}

const name = fc.constantFrom(
  'x',
  'y',
  'max',
  "n'",
  '_a',
  '$b',
  'as',
  'super',
  'extends',
  'élan',
  'one1',
)
const symbol = fc.constantFrom('A', 'SRC', 'T1', 'Ω', 'Élan')
const omega = fc.constantFrom('ω', 'ω1', 'ω_SRC')
const integer = fc.constantFrom('0', '1', '42', '1_000', '0xFF', '7L', '9007199254740993')
const float = fc.constantFrom('2.5', '.5', '1e-3', '5f', '2.5d', '1E3')
const literal = fc.oneof(
  integer,
  float,
  fc.constantFrom('true', 'false', 'null'),
  fc.string({ maxLength: 4 }).map((text) => JSON.stringify(text)),
  fc.constantFrom("'a'", String.raw`'\n'`, String.raw`"\101\u0041"`),
)

function one(arbitrary: fc.Arbitrary<string>): fc.Arbitrary<Tokens> {
  return arbitrary.map((token) => [token])
}

/** Tokens and parts in a row. */
function row(...parts: readonly (string | fc.Arbitrary<Tokens>)[]): fc.Arbitrary<Tokens> {
  const all = parts.map((part) => (typeof part === 'string' ? fc.constant<Tokens>([part]) : part))
  return fc.tuple(...all).map((lists) => lists.flat())
}

function list(
  item: fc.Arbitrary<Tokens>,
  separator: string,
  bounds: { readonly minLength: number; readonly maxLength: number },
): fc.Arbitrary<Tokens> {
  return fc
    .array(item, bounds)
    .map((items) => items.flatMap((each, index) => (index === 0 ? each : [separator, ...each])))
}

function optional(part: fc.Arbitrary<Tokens>): fc.Arbitrary<Tokens> {
  return fc.option(part, { nil: [] })
}

function path(): fc.Arbitrary<Tokens> {
  return list(one(fc.oneof(name, symbol)), '.', { minLength: 1, maxLength: 3 })
}

function program(depth: number): fc.Arbitrary<Tokens> {
  const target = fc.oneof(row(path(), optional(row('.', '*'))), one(fc.constant('"./a.hocl"')))
  const alias = optional(row('as', one(name)))
  const each = row('import', optional(one(fc.constant('static'))), target, alias, ';')
  const imports = list(each, '', { minLength: 0, maxLength: 2 }).map(withoutGaps)
  const definitions = list(definition(depth), '', { minLength: 0, maxLength: 3 }).map(withoutGaps)
  const head = row(optional(row('package', path(), ';')), imports, definitions)
  return fc.oneof({ weight: 5, arbitrary: row(head, solution(depth)) }, head)
}

function withoutGaps(tokens: Tokens): Tokens {
  return tokens.filter((token) => token !== '')
}

function definition(depth: number): fc.Arbitrary<Tokens> {
  const parameters = row('(', list(one(name), ',', { minLength: 1, maxLength: 2 }), ')')
  const start = row('let', optional(one(fc.constant('rec'))), one(name), optional(parameters), '=')
  return row(start, tuple(depth, { endsInRule: true }), 'in')
}

/** Elements between commas; a rule without parentheses only comes last, as it goes on over commas. */
function molecules(depth: number): fc.Arbitrary<Tokens> {
  const first = element(depth, { endsInRule: false })
  const last = element(depth, { endsInRule: true })
  const before = row(optionalDefinition(depth), first, ',')
  return row(
    list(before, '', { minLength: 0, maxLength: 2 }).map(withoutGaps),
    row(optionalDefinition(depth), last),
  )
}

function optionalDefinition(depth: number): fc.Arbitrary<Tokens> {
  return depth <= 0 ? fc.constant([]) : fc.option(definition(depth - 1), { nil: [], freq: 6 })
}

interface Place {
  readonly endsInRule: boolean
}

function element(depth: number, place: Place): fc.Arbitrary<Tokens> {
  const plain = tuple(depth, { endsInRule: false })
  const options = [
    { weight: 1, arbitrary: one(fc.constantFrom('∅', 'nothing')) },
    { weight: 1, arbitrary: row('(', ')') },
    { weight: 1, arbitrary: row('...', expression(depth)) },
    { weight: 6, arbitrary: row(plain, optional(row('^', operand(depth)))) },
  ]
  if (depth <= 0) return fc.oneof(...options)
  return fc.oneof(
    ...options,
    { weight: 2, arbitrary: row('(', molecules(depth - 1), ')') },
    { weight: place.endsInRule ? 4 : 0, arbitrary: tuple(depth, place) },
  )
}

function tuple(depth: number, { endsInRule }: Place): fc.Arbitrary<Tokens> {
  const fields = list(expression(depth), ':', { minLength: 1, maxLength: 3 })
  if (!endsInRule || depth <= 0) return fields
  const before = fc.option(
    row(list(expression(depth - 1), ':', { minLength: 1, maxLength: 2 }), ':'),
    {
      nil: [],
    },
  )
  const called = optional(row(one(name), '='))
  return fc.oneof(fields, row(before, called, rule(depth - 1)))
}

function rule(depth: number): fc.Arbitrary<Tokens> {
  const taken = list(pattern(depth), ',', { minLength: 1, maxLength: 3 })
  const condition = row('if', expression(depth))
  const rate = row('@', expression(depth))
  const clauses = fc.oneof(
    fc.constant<Tokens>([]),
    condition,
    rate,
    row(condition, rate),
    row(rate, condition),
  )
  // A rule at the end of the product would take the clauses for its own.
  const made = row('(', molecules(depth), ')')
  const product = fc.oneof(row(made, clauses), molecules(depth))
  return fc.oneof(
    row(one(fc.constantFrom('replace', 'replace-one', 'one')), taken, 'by', product),
    row('with', taken, 'inject', product),
  )
}

const operators = ['||', '&&', '==', '!=', '<', '<=', '>', '>=', 'divides', '+', '-', '*', '/', '%']

function expression(depth: number): fc.Arbitrary<Tokens> {
  if (depth <= 0) return operand(0)
  const link = row(one(fc.constantFrom(...operators)), operand(depth - 1))
  const links = list(link, '', { minLength: 0, maxLength: 3 }).map(withoutGaps)
  // Only at the end: a `<` after a type would start its arguments.
  const asked = fc.option(row('instanceof', type(1)), { nil: [], freq: 5 })
  const chain = row(operand(depth - 1), links, asked)
  const inner = expression(depth - 1)
  return fc.oneof(
    // Only here, where no operator follows, may a solution stand bare: its `>` would compare.
    { weight: 2, arbitrary: solution(depth - 1) },
    { weight: 5, arbitrary: chain },
    { weight: 1, arbitrary: row(operand(depth - 1), '?', inner, ':', inner) },
  )
}

function operand(depth: number): fc.Arbitrary<Tokens> {
  const prefix = list(one(fc.constantFrom('!', '-', '+')), '', { minLength: 0, maxLength: 2 })
  const cast = row('(', one(fc.constantFrom('String', 'int', 'Q')), ')')
  return fc.oneof(
    { weight: 6, arbitrary: postfix(depth) },
    { weight: 2, arbitrary: row(prefix.map(withoutGaps), postfix(depth)) },
    { weight: 1, arbitrary: row(cast, one(fc.oneof(name, symbol, literal))) },
  )
}

function postfix(depth: number): fc.Arbitrary<Tokens> {
  if (depth <= 0) return primary(0)
  const args = row('(', list(tuple(depth - 1, { endsInRule: false }), ',', few), ')')
  const member = row('.', one(fc.oneof(name, symbol, fc.constantFrom('in', 'new'))), optional(args))
  const index = row('[', tuple(depth - 1, { endsInRule: false }), ']')
  const suffixes = list(fc.oneof(member, index), '', { minLength: 0, maxLength: 2 })
  return row(primary(depth), suffixes.map(withoutGaps))
}

const few = { minLength: 0, maxLength: 2 }

function primary(depth: number): fc.Arbitrary<Tokens> {
  const leaf = one(fc.oneof(name, symbol, literal, omega, fc.constantFrom('∞', 'inf')))
  if (depth <= 0) return leaf
  const items = list(tuple(depth - 1, { endsInRule: false }), ',', few)
  return fc.oneof(
    { weight: 6, arbitrary: leaf },
    { weight: 1, arbitrary: row(one(name), '(', items, ')') },
    { weight: 1, arbitrary: row('[', items, ']') },
    { weight: 1, arbitrary: row('new', named(1), '(', items, ')') },
    // The comma at the end of the name keeps the parenthesis from being a cast.
    { weight: 2, arbitrary: row('(', tuple(depth - 1, { endsInRule: true }), ')') },
  )
}

function solution(depth: number): fc.Arbitrary<Tokens> {
  if (depth <= 0) return fc.constantFrom<Tokens>(['<', '>'], ['⟨', '⟩'])
  const inside = optional(molecules(depth - 1))
  return fc.oneof(row('<', inside, '>'), row('⟨', inside, '⟩'))
}

function pattern(depth: number): fc.Arbitrary<Tokens> {
  return fc.oneof(
    { weight: 1, arbitrary: one(fc.constantFrom('∅', 'nothing')) },
    { weight: 1, arbitrary: rest() },
    { weight: 6, arbitrary: row(tuplePattern(depth), optional(row('^', operand(0)))) },
  )
}

function rest(): fc.Arbitrary<Tokens> {
  return fc.oneof(one(omega), row('?', one(name)))
}

function tuplePattern(depth: number): fc.Arbitrary<Tokens> {
  return list(fieldPattern(depth), ':', { minLength: 1, maxLength: 3 })
}

function fieldPattern(depth: number): fc.Arbitrary<Tokens> {
  const typed = row('::', type(1))
  const leaf = fc.oneof(
    one(literal),
    row('-', one(fc.oneof(integer, float))),
    row('_', optional(typed)),
    row(one(name), optional(typed)),
    one(symbol),
    row(one(symbol), typed),
    row(one(symbol), '.', one(symbol)),
    row(path(), '=', one(name)),
  )
  if (depth <= 0) return leaf
  const inside = list(pattern(depth - 1), ',', few)
  const items = list(fc.oneof(rest(), tuplePattern(depth - 1)), ',', few)
  return fc.oneof(
    { weight: 6, arbitrary: leaf },
    { weight: 1, arbitrary: row('(', tuplePattern(depth - 1), ')') },
    { weight: 2, arbitrary: row('<', inside, '>') },
    { weight: 1, arbitrary: row('⟨', inside, '⟩') },
    { weight: 1, arbitrary: row('[', items, ']') },
  )
}

function type(depth: number): fc.Arbitrary<Tokens> {
  const simple = fc.oneof(named(depth), fc.constantFrom<Tokens>(['<', '>'], ['[', ']']))
  if (depth <= 0) return simple
  const fields = list(type(depth - 1), ':', { minLength: 2, maxLength: 3 })
  return fc.oneof({ weight: 4, arbitrary: simple }, { weight: 1, arbitrary: row('(', fields, ')') })
}

function named(depth: number): fc.Arbitrary<Tokens> {
  if (depth <= 0) return path()
  const bound = row(one(fc.constantFrom('extends', 'super')), type(depth - 1))
  const argument = fc.oneof(type(depth - 1), row('?', optional(bound)))
  const args = row('<', list(argument, ',', { minLength: 1, maxLength: 2 }), '>')
  return row(path(), fc.option(args, { nil: [], freq: 3 }))
}
