import fc from 'fast-check'

/*
 * Small random programs that mean something: most of them react, most of them end, and what they can
 * become is few enough to be explored. A program is a text with the features that it uses. Shrinking
 * takes molecules, patterns and products away, so that a failure is a short `.hocl`.
 *
 * Rules that stay (n-shot) end because each reaction gives fewer molecules than it takes, or takes
 * something apart, or turns A into B into C. Those that do not end all the same are found by the explorer.
 */

/** What a generated program is sure to contain, for counting. */
export type Feature =
  | 'nesting'
  | 'rests'
  | 'rules produced'
  | 'rules consumed'
  | 'rules caught'
  | 'captured values'
  | 'copies'
  | 'anti-molecules'
  | 'infinite copies'
  | 'lists'
  | 'tuples'
  | 'with inject'
  | 'one-shot'
  | 'n-shot'
  | 'x^k'
  | 'conditions'
  | 'let rec'

export const features: readonly Feature[] = [
  'nesting',
  'rests',
  'rules produced',
  'rules consumed',
  'rules caught',
  'captured values',
  'copies',
  'anti-molecules',
  'infinite copies',
  'lists',
  'tuples',
  'with inject',
  'one-shot',
  'n-shot',
  'x^k',
  'conditions',
  'let rec',
]

/** A piece of program text. */
interface Piece {
  readonly text: string
  readonly features: readonly Feature[]
}

export interface RandomProgram extends Piece {
  readonly [fc.toStringMethod]: () => string
}

/** What a variable of a pattern stands for decides where it can be used. */
interface Variable {
  readonly name: string
  readonly kind: 'any' | 'int' | 'rest' | 'items' | 'count' | 'rule'
}

interface PatternPiece extends Piece {
  readonly variables: readonly Variable[]
}

const piece = (text: string, ...used: Feature[]): Piece => ({ text, features: used })

const symbols = fc.constantFrom('A', 'B', 'C')
const smallInt = fc.integer({ min: 0, max: 3 }).map(String)

/** The names that `definitions` gives; a program may have fewer, and then the last one is taken. */
const names = ['f0', 'f1', 'f2']

/** Molecules without rules. */
function datum(depth: number): fc.Arbitrary<Piece> {
  const atom = fc.oneof(
    { weight: 4, arbitrary: symbols.map((s) => piece(s)) },
    { weight: 4, arbitrary: smallInt.map((n) => piece(n)) },
    { weight: 1, arbitrary: fc.constantFrom('"s"', 'true', '1.0').map((s) => piece(s)) },
  )
  if (depth === 0) return atom
  const inner = datum(depth - 1)
  const tuple = fc
    .tuple(symbols, inner)
    .map(([s, p]) => piece(`${s}:${field(p.text)}`, 'tuples', ...p.features))
  const list = fc
    .array(inner, { maxLength: 3 })
    .map((items) => piece(`[${texts(items)}]`, 'lists', ...all(items)))
  return fc.oneof(
    { weight: 5, arbitrary: atom },
    { weight: 2, arbitrary: tuple },
    { weight: 1, arbitrary: list },
    { weight: 2, arbitrary: innerSolution(depth - 1) },
  )
}

/** A solution inside, of data and perhaps a rule. */
function innerSolution(depth: number): fc.Arbitrary<Piece> {
  return fc
    .tuple(
      fc.array(counted(datum(depth)), { maxLength: 3 }),
      fc.option(ruleMolecule, { nil: undefined, freq: 1 }),
    )
    .map(([molecules, rule]) => {
      const parts = rule === undefined ? molecules : [...molecules, rule]
      return piece(`<${texts(parts)}>`, 'nesting', ...all(parts))
    })
}

/** Mostly one copy. */
function counted(molecule: fc.Arbitrary<Piece>): fc.Arbitrary<Piece> {
  const many: fc.Arbitrary<readonly [string, ...Feature[]]> = fc.oneof(
    { weight: 40, arbitrary: fc.constant(['']) },
    { weight: 4, arbitrary: fc.constantFrom(['^2', 'copies'], ['^3', 'copies']) },
    { weight: 2, arbitrary: fc.constantFrom(['^-1', 'anti-molecules'], ['^-2', 'anti-molecules']) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(['^∞', 'infinite copies'], ['^-∞', 'infinite copies']),
    },
  )
  return fc
    .tuple(molecule, many)
    .map(([m, [text, ...used]]) => piece(m.text + text, ...used, ...m.features))
}

/** The patterns that rules are made of; each gets an index, so that its variables are its own. */
type PatternMaker = (index: number, symbol: string) => PatternPiece

const any = (name: string): Variable => ({ name, kind: 'any' })

function pattern(text: string, variables: readonly Variable[], ...used: Feature[]): PatternPiece {
  return { text, variables, features: used }
}

const patternMakers: readonly PatternMaker[] = [
  (_, s) => pattern(s, []),
  (i) => pattern(`x${i}::Int`, [{ name: `x${i}`, kind: 'int' }]),
  (i) => pattern(`x${i}::Symbol`, [any(`x${i}`)]),
  (i) => pattern(`x${i}`, [any(`x${i}`)]),
  // The first variable again: equal molecules.
  () => pattern('x0', [any('x0')]),
  (i, s) => pattern(`${s}:x${i}`, [any(`x${i}`)], 'tuples'),
  (i) => pattern(`x${i}:y${i}`, [any(`x${i}`), any(`y${i}`)], 'tuples'),
  (i) => pattern(`<x${i}, ω${i}>`, [any(`x${i}`), rest(i)], 'nesting', 'rests'),
  (i) => pattern(`<ω${i}>`, [rest(i)], 'nesting', 'rests'),
  (i, s) => pattern(`<${s}, ω${i}>`, [rest(i)], 'nesting', 'rests'),
  (i) => pattern(`<x${i}>`, [any(`x${i}`)], 'nesting'),
  (i, s) => pattern(`${s}:<x${i}, ω${i}>`, [any(`x${i}`), rest(i)], 'nesting', 'rests', 'tuples'),
  (i) => pattern(`[x${i}, ω${i}]`, [any(`x${i}`), items(i)], 'lists', 'rests'),
  (i) => pattern(`[ω${i}]`, [items(i)], 'lists', 'rests'),
  (i) => pattern(`x${i}::Symbol^k${i}`, [any(`x${i}`), count(i)], 'x^k'),
  (i) => pattern(`x${i}::Int^k${i}`, [any(`x${i}`), count(i)], 'x^k'),
  (i) =>
    pattern(`<x${i}^k${i}, ω${i}>`, [any(`x${i}`), count(i), rest(i)], 'x^k', 'nesting', 'rests'),
  (i) => pattern(`x${i}::Symbol^2`, [any(`x${i}`)], 'copies'),
  (_, s) => pattern(`${s}^-1`, [], 'anti-molecules'),
  (i) => pattern(`r${i}::Rule`, [{ name: `r${i}`, kind: 'rule' }], 'rules consumed'),
  (i) => pattern(`f0 = r${i}`, [{ name: `r${i}`, kind: 'rule' }], 'rules caught', 'rules consumed'),
  (i) =>
    pattern(
      `<f0 = r${i}, ω${i}>`,
      [{ name: `r${i}`, kind: 'rule' }, rest(i)],
      ...(['rules caught', 'rules consumed', 'nesting', 'rests'] as const),
    ),
]

function rest(index: number): Variable {
  return { name: `ω${index}`, kind: 'rest' }
}

function items(index: number): Variable {
  return { name: `ω${index}`, kind: 'items' }
}

function count(index: number): Variable {
  return { name: `k${index}`, kind: 'count' }
}

/** Patterns that nearly always find something are taken more often. */
const patternChoice = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 4, arbitrary: fc.nat(patternMakers.length - 1) },
)

const patternArbitrary = fc.tuple(patternChoice, symbols)

/** The uses of a variable in a product. */
function uses({ name, kind }: Variable, symbol: string): readonly Piece[] {
  switch (kind) {
    case 'any':
      return [
        piece(name),
        piece(`${symbol}:${name}`, 'tuples'),
        piece(`<${name}>`, 'nesting'),
        piece(`[${name}, ${symbol}]`, 'lists'),
        piece(
          `(one ${symbol} by ${symbol}:${name})`,
          'rules produced',
          'captured values',
          'one-shot',
        ),
        piece(`maker(${name})`, 'rules produced', 'captured values', 'one-shot'),
      ]
    case 'int':
      return [
        piece(name),
        piece(`${name} + 1`),
        piece(`${symbol}:(2 / ${name})`, 'tuples'),
        piece(
          `(one y::Int by y:${name} if y != ${name})`,
          'rules produced',
          'captured values',
          'conditions',
        ),
      ]
    case 'rest':
      return [
        piece(name, 'rests'),
        piece(`<${name}>`, 'rests', 'nesting'),
        piece(`<${symbol}, ${name}>`, 'rests', 'nesting'),
        piece(`${symbol}:size(${name})`, 'rests', 'tuples'),
        piece(`<${name}^2>`, 'rests', 'nesting', 'copies'),
        piece(`<${name}^-1>`, 'rests', 'nesting', 'anti-molecules'),
        piece(
          `(one ${symbol} by <${name}>)`,
          'rests',
          'rules produced',
          'captured values',
          'one-shot',
        ),
      ]
    case 'items':
      return [
        piece(`[${name}]`, 'rests', 'lists'),
        piece(`<${name}>`, 'rests', 'nesting'),
        piece(`[${name}, ${symbol}]`, 'rests', 'lists'),
        piece(name, 'rests'),
      ]
    case 'count':
      return [
        piece(name),
        piece(`${symbol}^${name}`, 'copies'),
        piece(`${symbol}:${name}`, 'tuples'),
      ]
    case 'rule':
      return [piece(name, 'rules produced'), piece(`<1, ${name}>`, 'nesting', 'rules produced')]
  }
}

/** What any product may hold. */
function constants(symbol: string, known: readonly string[]): readonly Piece[] {
  return [
    piece(symbol),
    piece(`${symbol}^2`, 'copies'),
    piece(`${symbol}^-1`, 'anti-molecules'),
    piece('1'),
    piece(`(one ${symbol} by 2)`, 'rules produced', 'one-shot'),
    ...known.map((name) => piece(name, 'rules produced')),
  ]
}

type ElementChoice = readonly [which: number, symbol: string]

const elementChoice: fc.Arbitrary<ElementChoice> = fc.tuple(fc.nat(1000), symbols)

/** One element of a product; most use a variable where there is one. */
function element(
  [which, symbol]: ElementChoice,
  variables: readonly Variable[],
  known: readonly string[],
): Piece {
  const own = variables.flatMap((variable) => uses(variable, symbol))
  const options = [...own, ...own, ...constants(symbol, known)]
  return options[which % options.length] ?? piece(symbol)
}

function conditions(variables: readonly Variable[]): readonly string[] {
  return variables.flatMap(({ name, kind }): readonly string[] => {
    switch (kind) {
      case 'int':
        return [`${name} > 0`, `${name} != 2`, `2 / ${name} > 0`]
      case 'any':
        return [`${name} != A`, `${name} != 2`, `${name} >= 1`]
      case 'rest':
        return [`size(${name}) > 0`]
      case 'count':
        return [`${name} > 1`]
      case 'items':
        return [`size(${name}) != 1`]
      case 'rule':
        return []
    }
  })
}

interface RuleChoice {
  readonly patterns: readonly (readonly [number, string])[]
  readonly products: readonly ElementChoice[]
  readonly condition: number | undefined
  readonly form: 'one' | 'replace' | 'with' | 'rec'
}

const ruleChoice: fc.Arbitrary<RuleChoice> = fc.record({
  patterns: fc.array(patternArbitrary, { minLength: 1, maxLength: 2 }),
  products: fc.array(elementChoice, { maxLength: 2 }),
  condition: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.nat(1000) },
  ),
  form: fc.constantFrom('one', 'one', 'replace', 'replace', 'with', 'rec'),
})

/** n-shot rules that end, whatever they are put together with. */
const endingRules: readonly Piece[] = [
  piece('replace x::Int by x - 1 if x > 0', 'n-shot', 'conditions'),
  piece('replace x::Int, y::Int by x if x >= y', 'n-shot', 'conditions'),
  piece('replace A by B', 'n-shot'),
  piece('replace B by C', 'n-shot'),
  piece('replace x, x by x', 'n-shot'),
  piece('replace A:x by x', 'n-shot', 'tuples'),
  piece('replace <x, ω> by x, ω', 'n-shot', 'nesting', 'rests'),
  piece('replace [x, ω] by x, [ω]', 'n-shot', 'lists', 'rests'),
  piece('replace x::Symbol^k by C:k', 'n-shot', 'x^k', 'tuples'),
  piece('replace x::Int, <ω> by <x, ω>', 'n-shot', 'nesting', 'rests'),
  piece('replace A, r::Rule by RULE:r', 'n-shot', 'rules consumed', 'tuples'),
]

/** The text of a rule, without a name. `self` is its name where it is `let rec`. */
function ruleText(choice: RuleChoice, known: readonly string[], self: string): Piece {
  const { form } = choice
  const made = choice.patterns.map(([which, s], i) =>
    (patternMakers[which] ?? patternMakers[0])?.(i, s),
  )
  const patterns = made.flatMap((p) => (p === undefined ? [] : [p]))
  const variables = distinct(patterns.flatMap((p) => p.variables))
  const isMany = form === 'replace' || form === 'rec'
  // What stays must take more than it gives.
  const products = choice.products
    .slice(0, isMany ? patterns.length - 1 : 2)
    .map((each) => element(each, variables, isMany ? [] : known))
  const possible = choice.condition === undefined ? [] : conditions(variables)
  const condition = possible[(choice.condition ?? 0) % Math.max(1, possible.length)]
  const [first, between] = words[form]
  const result = [...products.map((p) => p.text), ...(form === 'rec' ? [self] : [])]
  const text =
    `${first} ${texts(patterns)} ${between} ${result.length === 0 ? '∅' : result.join(', ')}` +
    (condition === undefined ? '' : ` if ${condition}`)
  return {
    text,
    features: [
      ...all(patterns),
      ...all(products),
      ...(condition === undefined ? [] : ['conditions' as const]),
      ...formFeatures[form],
    ],
  }
}

const words = {
  one: ['replace-one', 'by'],
  replace: ['replace', 'by'],
  with: ['with', 'inject'],
  rec: ['one', 'by'],
} as const

const formFeatures: Readonly<Record<RuleChoice['form'], readonly Feature[]>> = {
  one: ['one-shot'],
  replace: ['n-shot'],
  with: ['with inject', 'one-shot'],
  rec: ['let rec', 'n-shot'],
}

/** An anonymous rule among molecules. */
const anonymousRule: fc.Arbitrary<Piece> = fc.oneof(
  fc.constantFrom(...endingRules),
  ruleChoice.map((choice) =>
    ruleText({ ...choice, form: choice.form === 'rec' ? 'one' : choice.form }, [], ''),
  ),
)

/** A rule as a molecule: a definition by name, one that is made here, or one in a tuple. */
const ruleMolecule: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...names).map((name) => piece(`@${name}`)) },
  { weight: 2, arbitrary: anonymousRule.map((r) => piece(`(${r.text})`, ...r.features)) },
  { weight: 1, arbitrary: smallInt.map((n) => piece(`maker(${n})`, 'one-shot')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...names).map((name) => piece(`RULE:@${name}`, 'tuples')),
  },
)

const definition: fc.Arbitrary<RuleChoice | Piece> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...endingRules) },
  { weight: 4, arbitrary: ruleChoice },
)

/** A small program: each of its definitions floats in it, and perhaps more rules. */
export const randomProgram: fc.Arbitrary<RandomProgram> = fc
  .record({
    definitions: fc.array(definition, { minLength: 2, maxLength: names.length }),
    // Most rules take a symbol or a number: they should find one.
    plain: fc.tuple(counted(symbols.map((s) => piece(s))), counted(smallInt.map((n) => piece(n)))),
    molecules: fc.array(counted(datum(2)), { minLength: 1, maxLength: 4 }),
    rules: fc.array(counted(ruleMolecule), { maxLength: 2 }),
  })
  .map(({ definitions, plain, molecules, rules }) => {
    const defined = definitions.map((each, i) => define(each, i))
    const floating = names.slice(0, defined.length).map((name) => piece(name))
    const elements = [...plain, ...molecules, ...floating, ...rules].map((e) =>
      withNames(e, defined.length),
    )
    const lets = ['let maker(n) = one y::Int by y:n in', ...defined.map((each) => each.text)]
    const text = [...lets, `<${texts(elements)}>`].join('\n')
    const used = [...all(elements), ...all(defined)]
    return { text, features: used, [fc.toStringMethod]: () => `\n${text}\n` }
  })

function define(each: RuleChoice | Piece, index: number): Piece {
  const name = names[index] ?? 'f'
  if ('text' in each) return piece(`let ${name} = ${each.text} in`, ...each.features)
  const rule = ruleText(each, names.slice(0, index), name)
  return piece(
    `let ${each.form === 'rec' ? 'rec ' : ''}${name} = ${rule.text} in`,
    ...rule.features,
  )
}

/** `@f2` is f2, or the last definition where there are fewer. */
function withNames({ text, features: used }: Piece, definitions: number): Piece {
  const replaced = text.replace(/@f(\d)/g, (_, digit: string) => {
    return `f${String(Math.min(Number(digit), definitions - 1))}`
  })
  return { text: replaced, features: used }
}

function field(text: string): string {
  return text.includes(':') ? `(${text})` : text
}

function texts(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join(', ')
}

function all(pieces: readonly Piece[]): readonly Feature[] {
  return pieces.flatMap((each) => each.features)
}

function distinct(variables: readonly Variable[]): readonly Variable[] {
  return [...new Map(variables.map((v) => [v.name, v])).values()]
}
