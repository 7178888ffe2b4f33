import { equal, isSymbol } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import type { Pattern, ReactantPattern, RuleShape } from '../rule.ts'
import { anything, keyOf, kindOfAtom, mayHaveType } from './forms.ts'
import type { Form } from './forms.ts'

type Domain = 'floating' | 'part'

/** Beyond so many different forms, atoms other than symbols are told apart by type only. */
const mostForms = 400

/**
 * All that a program can ever hold, wherever it is: what floats in solutions, and what is a field or an
 * item. It grows while rules are found that can react, and never forgets.
 */
export class World {
  readonly #forms: Readonly<Record<Domain, Map<string, Form>>> = {
    floating: new Map(),
    part: new Map(),
  }
  /** The same by what tells most forms apart from a pattern: a tuple's first word, or being a rule. */
  readonly #groups: Readonly<Record<Domain, Map<string, Form[]>>> = {
    floating: new Map(),
    part: new Map(),
  }
  /** Rules that float somewhere or are part of something. */
  readonly rules = new Set<RuleShape>()
  /** Patterns that were found to match something: they always will. */
  readonly #matching: Readonly<Record<Domain, WeakSet<Pattern>>> = {
    floating: new WeakSet(),
    part: new WeakSet(),
  }
  /** Whether anti-molecules can come about: they take away what a product adds. */
  hasAntiMolecules = false

  add(form: Form, domain: Domain): void {
    const forms = this.#forms[domain]
    const kept = forms.size > mostForms ? widened(form) : form
    const key = keyOf(kept)
    if (forms.has(key)) return
    forms.set(key, kept)
    const groups = this.#groups[domain]
    const name = groupOf(kept)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [kept])
    else group.push(kept)
    if (form.kind === 'rule' && form.shape !== undefined) this.rules.add(form.shape)
    if (form.kind === 'tuple')
      for (const field of form.fields) for (const each of field) this.add(each, 'part')
  }

  /** The forms of this domain as they were added. */
  forms(domain: Domain): Iterable<Form> {
    return this.#forms[domain].values()
  }

  /** The forms that something of this domain can have. */
  *members(domain: Domain, seen: Domain[] = []): Generator<Form> {
    if (seen.includes(domain)) return
    for (const form of this.#forms[domain].values()) {
      if (form.kind === 'floating' || form.kind === 'part')
        yield* this.members(form.kind, [...seen, domain])
      else yield form
    }
  }

  /** The forms among which a pattern finds all that it can match. */
  *#candidates(pattern: Pattern, domain: Domain, seen: Domain[] = []): Generator<Form> {
    const tag = tagOf(pattern)
    if (tag === undefined) {
      yield* this.members(domain)
      return
    }
    if (seen.includes(domain)) return
    yield* this.#groups[domain].get(tag) ?? []
    for (const form of this.#groups[domain].get('') ?? []) {
      if (form.kind === 'floating' || form.kind === 'part')
        yield* this.#candidates(pattern, form.kind, [...seen, domain])
      else yield form
    }
  }

  /** Whether a rule can come into a solution, where it reacts. */
  floats(shape: RuleShape): boolean {
    const key = keyOf({ kind: 'rule', shape })
    const { floating, part } = this.#forms
    return floating.has(key) || (floating.has('part') && part.has(key))
  }

  /** Whether all patterns of a rule can find something. What the rule is to do with it is not asked. */
  mayReact(shape: RuleShape): boolean {
    return this.firstUnmatched(shape) === undefined
  }

  /** The first pattern of a rule that nothing can ever match: its position. */
  firstUnmatched(shape: RuleShape): number | undefined {
    const position = shape.patterns.findIndex(({ pattern }) => !this.mayMatch(pattern, 'floating'))
    return position < 0 ? undefined : position
  }

  /** Whether each pattern of a rule can find something other than copies of the rule. */
  mayReactWithOthers(shape: RuleShape): boolean {
    const others = [...this.members('floating')].filter(
      (form) => form.kind !== 'rule' || form.shape !== shape,
    )
    return shape.patterns.every(({ pattern }) =>
      others.some((form) => this.mayMatchForm(pattern, form)),
    )
  }

  /** Whether anything can ever match a pattern. */
  mayMatch(pattern: Pattern, domain: Domain): boolean {
    if (this.#matching[domain].has(pattern)) return true
    for (const form of this.#candidates(pattern, domain)) {
      if (!this.mayMatchForm(pattern, form)) continue
      this.#matching[domain].add(pattern)
      return true
    }
    return false
  }

  mayMatchForm(pattern: Pattern, form: Form): boolean {
    if (form.kind === 'anything') return true
    if (form.kind === 'floating' || form.kind === 'part') return this.mayMatch(pattern, form.kind)
    switch (pattern.kind) {
      case 'variable':
      case 'wildcard':
        return pattern.type === undefined || mayHaveType(form, pattern.type, this.#some)
      case 'constant':
        return mayBe(form, pattern.value)
      case 'tuple':
        return (
          form.kind === 'tuple' &&
          form.fields.length === pattern.fields.length &&
          pattern.fields.every((field, i) =>
            form.fields[i]?.some((each) => this.mayMatchForm(field, each)),
          )
        )
      case 'list':
        return (
          form.kind === 'list' &&
          pattern.items.every((item) => item.kind === 'rest' || this.mayMatch(item.pattern, 'part'))
        )
      case 'solution':
        return (
          form.kind === 'solution' &&
          pattern.patterns.every((inner: ReactantPattern) =>
            this.mayMatch(inner.pattern, 'floating'),
          )
        )
      case 'rule':
        return (
          form.kind === 'rule' && (form.shape === undefined || form.shape.name === pattern.name)
        )
    }
  }

  readonly #some = (form: Form, test: (form: Form) => boolean): boolean => {
    if (form.kind !== 'floating' && form.kind !== 'part') return test(form)
    for (const each of this.members(form.kind)) if (test(each)) return true
    return false
  }
}

function mayBe(form: Form, value: Molecule): boolean {
  if (form.kind === 'constant') return equal(form.value, value)
  if (typeof value !== 'object' || value.kind === 'float' || value.kind === 'symbol')
    return form.kind === kindOfAtom(value)
  return form.kind === value.kind
}

function widened(form: Form): Form {
  if (form.kind === 'tuple') {
    const fields = form.fields.map((field) => field.map(widened))
    return keyOf({ kind: 'tuple', fields }).length > 500 ? anything : { kind: 'tuple', fields }
  }
  if (form.kind !== 'constant' || kindOfAtom(form.value) === 'symbol') return form
  return { kind: kindOfAtom(form.value) }
}

const ruleGroup = 'rule'

/** Where a form is kept: '' for all that could match most patterns. */
function groupOf(form: Form): string {
  if (form.kind === 'rule') return ruleGroup
  if (form.kind !== 'tuple') return ''
  const [first, ...others] = form.fields[0] ?? []
  if (others.length > 0 || first?.kind !== 'constant' || !isSymbol(first.value)) return ''
  return `tuple ${first.value.name}`
}

/** The group of what a pattern takes, beside ''; undefined where it may be any. */
function tagOf(pattern: Pattern): string | undefined {
  if (pattern.kind === 'rule') return ruleGroup
  if (pattern.kind !== 'tuple') return undefined
  const [first] = pattern.fields
  return first?.kind === 'constant' && isSymbol(first.value)
    ? `tuple ${first.value.name}`
    : undefined
}
