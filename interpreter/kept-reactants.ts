import type { Element, Expression, Pattern, Place, ReactantPattern, RuleParts } from './rule.ts'

/** `with P inject M` as `one P by P, M`: what it takes it gives back, as other rules do. */
export function withReactantsGiven(parts: Omit<RuleParts, 'form'>): Omit<RuleParts, 'form'> {
  if (!parts.isCatalytic) return parts
  const slotNames = [...parts.slotNames]
  const patterns = parts.patterns.map((each) => namedReactant(each, slotNames))
  const given = patterns.map((each) => elementOf(each, parts.place))
  const { bindings, elements } = parts.product
  const product = { bindings, elements: [...given, ...elements] }
  return { ...parts, isCatalytic: false, patterns, product, slotNames }
}

function namedReactant(reactant: ReactantPattern, slotNames: string[]): ReactantPattern {
  return { ...reactant, pattern: named(reactant.pattern, slotNames) }
}

/** With a variable for each `_`, so that what it matches can be given back. */
function named(pattern: Pattern, slotNames: string[]): Pattern {
  switch (pattern.kind) {
    case 'wildcard':
      slotNames.push('any')
      return { kind: 'variable', slot: slotNames.length - 1, type: pattern.type }
    case 'variable':
    case 'constant':
    case 'rule':
      return pattern
    case 'tuple':
      return { ...pattern, fields: pattern.fields.map((field) => named(field, slotNames)) }
    case 'list':
      return {
        ...pattern,
        items: pattern.items.map((item) =>
          item.kind === 'rest' ? item : { ...item, pattern: named(item.pattern, slotNames) },
        ),
      }
    case 'solution':
      return {
        ...pattern,
        patterns: pattern.patterns.map((each) => namedReactant(each, slotNames)),
      }
  }
}

function elementOf(reactant: ReactantPattern, place: Place): Element {
  const multiplicity = multiplicityOf(reactant)
  return { kind: 'molecule', expression: given(reactant.pattern, place), multiplicity, place }
}

function multiplicityOf(reactant: ReactantPattern): Expression | undefined {
  switch (reactant.kind) {
    case 'single':
      return undefined
    case 'fixed':
      return reactant.multiplicity
    case 'all':
      return { kind: 'slot', slot: reactant.multiplicity }
  }
}

/** What a pattern has matched. */
function given(pattern: Pattern, place: Place): Expression {
  switch (pattern.kind) {
    case 'wildcard':
      throw new Error('a wildcard has been given a name')
    case 'variable':
    case 'rule':
      return { kind: 'slot', slot: pattern.slot }
    case 'constant':
      return pattern
    case 'tuple':
      return { kind: 'tuple', fields: pattern.fields.map((field) => given(field, place)) }
    case 'list':
      return {
        kind: 'list',
        items: pattern.items.map((item) =>
          item.kind === 'rest'
            ? { kind: 'rest', rest: { kind: 'slot', slot: item.slot, name: 'ω' } }
            : { kind: 'item', expression: given(item.pattern, place) },
        ),
      }
    case 'solution': {
      const elements = pattern.patterns.map((each) => elementOf(each, place))
      for (const slot of pattern.rests)
        elements.push({
          kind: 'rest',
          rest: { kind: 'slot', slot, name: 'ω' },
          multiplicity: undefined,
          place,
        })
      return { kind: 'solution', molecules: { bindings: [], elements }, place }
    }
  }
}
