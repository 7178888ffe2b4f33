import type {
  CountedPattern,
  Expression as ExpressionNode,
  LiteralPattern,
  Pattern as Node,
  SolutionPattern as SolutionNode,
  Word,
} from '../../grammar/index.ts'
import { negate } from '../arithmetic.ts'
import { isInfinite } from '../integer.ts'
import { Float, isInt, NULL, symbol } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import { printBriefly } from '../print.ts'
import type { ListItemPattern, Pattern, ReactantPattern, Slot, SolutionPattern } from '../rule.ts'
import { findNamespace } from './paths.ts'
import { placeOf } from './context.ts'
import type { Lowering, Site } from './context.ts'
import { typeTest } from './types.ts'
import type { Declared, Scope } from './scope.ts'

/** What the patterns of one rule take, and which of its variables are rests at the top level. */
export interface LoweredPatterns {
  readonly patterns: readonly ReactantPattern[]
  readonly topRests: readonly Slot[]
}

/** Lowers the patterns of one rule; its variables are declared in `site.scope`, which is the rule's own. */
export class PatternLowering {
  readonly #site: Site
  readonly #lowering: Lowering
  readonly #outer: Scope
  /** Names that start in upper case and are variables here, because somewhere in the rule they have a type. */
  readonly #typedNames: ReadonlySet<string>

  constructor(nodes: readonly Node[], site: Site, outer: Scope, lowering: Lowering) {
    this.#site = site
    this.#outer = outer
    this.#lowering = lowering
    this.#typedNames = new Set(nodes.flatMap(typedNames))
  }

  lower(nodes: readonly Node[]): LoweredPatterns {
    const inner = this.#reactants(nodes)
    for (const node of nodes) {
      if (node.kind !== 'rest-pattern') continue
      this.#lowering.report({
        code: 'HOCL303',
        severity: 'warning',
        title: `\`${node.name.text}\` takes nothing here`,
        labels: [{ ...this.#place(node), text: 'a rest outside `< >`' }],
        hint: 'a rest takes what is left of an inner solution: write `<…, ' + node.name.text + '>`',
      })
    }
    return { patterns: inner.patterns, topRests: inner.rests }
  }

  #place(node: { readonly span: Word['span'] }) {
    return placeOf(node, this.#site.module.source)
  }

  #reactants(nodes: readonly Node[]): { patterns: ReactantPattern[]; rests: Slot[] } {
    const patterns: ReactantPattern[] = []
    const rests: Slot[] = []
    for (const node of nodes) {
      switch (node.kind) {
        case 'nothing-pattern':
        case 'error':
          break
        case 'rest-pattern':
          rests.push(this.#bind(node.name, { isRest: true }))
          break
        case 'counted-pattern': {
          const counted = this.#counted(node)
          if (counted !== undefined) patterns.push(counted)
          break
        }
        default:
          patterns.push({ kind: 'single', pattern: this.#pattern(node) })
      }
    }
    return { patterns, rests }
  }

  #counted(node: CountedPattern): ReactantPattern | undefined {
    const pattern = this.#pattern(node.pattern)
    const exponent = node.multiplicity
    if (exponent.kind === 'name') {
      const known = this.#outer.find(exponent.name)
      const isNew =
        known === undefined ||
        (known.meaning.kind !== 'variable' && known.meaning.kind !== 'constant')
      if (isNew)
        return {
          kind: 'all',
          pattern,
          multiplicity: this.#bind(
            { text: exponent.name, span: exponent.span },
            { isNeeded: true },
          ),
        }
    }
    const site = {
      ...this.#site,
      scope: this.#outer,
      rule: undefined,
      mustBePure: 'a multiplicity',
    }
    const multiplicity = this.#lowering.lower.expression(exponent, site)
    if (multiplicity.kind === 'constant' && !isExponent(multiplicity.value)) {
      this.#reportExponent(exponent, multiplicity.value)
      return undefined
    }
    return { kind: 'fixed', pattern, multiplicity, place: this.#place(exponent) }
  }

  #reportExponent(node: ExpressionNode, value: Molecule): void {
    this.#lowering.error(
      'HOCL208',
      `a pattern cannot take \`^${printBriefly(value)}\``,
      { ...this.#place(node), text: 'a whole number that is neither 0 nor infinite was expected' },
      'to take all copies, name their number: `x^k`',
    )
  }

  #pattern(node: Node): Pattern {
    const site = this.#site
    switch (node.kind) {
      case 'group-pattern':
        return this.#pattern(node.pattern)
      case 'tuple-pattern':
        return { kind: 'tuple', fields: node.fields.map((field) => this.#pattern(field)) }
      case 'list-pattern':
        return { kind: 'list', items: node.items.map((item) => this.#listItem(item)) }
      case 'solution-pattern':
        return this.#solution(node)
      case 'literal-pattern':
        return { kind: 'constant', value: literal(node) }
      case 'wildcard-pattern':
        return { kind: 'wildcard', type: node.type && typeTest(node.type, site, this.#lowering) }
      case 'variable-pattern': {
        const slot = this.#bind(node.name, {})
        return {
          kind: 'variable',
          slot,
          type: node.type && typeTest(node.type, site, this.#lowering),
        }
      }
      case 'symbol-pattern':
        if (!this.#typedNames.has(node.name)) return { kind: 'constant', value: symbol(node.name) }
        return {
          kind: 'variable',
          slot: this.#bind({ text: node.name, span: node.span }, {}),
          type: undefined,
        }
      case 'constant-pattern':
        return {
          kind: 'constant',
          value: this.#constant(
            node.path.words.map((w) => w.text),
            node,
          ),
        }
      case 'caught-rule-pattern': {
        const name = node.rule.words.at(-1)?.text ?? ''
        this.#lowering.caughtNames.push({ name, place: this.#place(node.rule) })
        const slot = this.#bind(node.variable, { isCaught: true })
        return { kind: 'rule', name, slot }
      }
      case 'nothing-pattern':
      case 'rest-pattern':
      case 'counted-pattern':
      case 'error':
        // The parser reports these where one molecule must stand.
        return { kind: 'wildcard', type: undefined }
    }
  }

  #solution(node: SolutionNode): SolutionPattern {
    return { kind: 'solution', ...this.#reactants(node.patterns) }
  }

  #listItem(node: Node): ListItemPattern {
    if (node.kind === 'rest-pattern')
      return { kind: 'rest', slot: this.#bind(node.name, { isRest: true }) }
    return { kind: 'item', pattern: this.#pattern(node) }
  }

  /** The slot of a variable: a new one, or that of the same name elsewhere in the patterns. */
  #bind(name: Word, how: { isRest?: boolean; isCaught?: boolean; isNeeded?: boolean }): Slot {
    const { scope, frame, module } = this.#site
    const isRest = how.isRest === true
    const own = scope.own(name.text)
    if (own?.meaning.kind === 'variable') {
      own.uses++
      if (own.meaning.isRest !== isRest) this.#reportTwoKinds(name, own, isRest)
      return own.meaning.slot
    }
    this.#hintIfHidden(name)
    const slot = frame.allocate(name.text)
    const meaning = { kind: 'variable', name: name.text, frame, slot, isRest } as const
    const isNeeded = isRest || how.isCaught === true || how.isNeeded === true
    const declared = {
      name: name.text,
      span: name.span,
      source: module.source,
      meaning,
      uses: 0,
      isNeeded,
    }
    scope.declare(declared)
    this.#lowering.declared.push(declared)
    return slot
  }

  #reportTwoKinds(name: Word, own: Declared, isRest: boolean): void {
    this.#lowering.report({
      code: 'HOCL217',
      severity: 'error',
      title: `\`${name.text}\` is a rest and a molecule at once`,
      labels: [
        { ...this.#place(name), text: isRest ? 'a rest here' : 'a molecule here' },
        { source: own.source, span: own.span, text: isRest ? 'a molecule here' : 'a rest here' },
      ],
      hint: 'give one of them another name',
    })
  }

  #hintIfHidden(name: Word): void {
    const hidden = this.#outer.find(name.text)
    if (hidden === undefined || hidden.source !== this.#site.module.source) return
    // What is hidden would be called unused: the cause is here.
    hidden.uses++
    const isValue = hidden.meaning.kind === 'variable' || hidden.meaning.kind === 'constant'
    this.#lowering.report({
      code: 'HOCL209',
      severity: 'hint',
      title: `\`${name.text}\` is a new variable here`,
      labels: [
        {
          ...this.#place(name),
          text: `takes any molecule, and hides the \`${name.text}\` outside`,
        },
        { source: hidden.source, span: hidden.span, text: 'which is defined here' },
      ],
      hint: isValue
        ? `to take only a molecule equal to it, use another name and write a condition: \`if y == ${name.text}\``
        : `to catch the rule \`${name.text}\` itself, write \`${name.text} = r\``,
    })
  }

  #constant(words: readonly string[], node: Node): Molecule {
    const name = words.at(-1) ?? ''
    const qualifier = words.slice(0, -1)
    const imported = this.#site.module.imports.find((i) => i.qualifier === qualifier.join('.'))
    const declared = imported?.module.exports.get(name)
    if (declared?.meaning.kind === 'constant') {
      declared.uses++
      return declared.meaning.value
    }
    const constant = findNamespace(qualifier, this.#lowering)?.constants.get(name)
    if (constant !== undefined) return constant
    this.#lowering.error(
      'HOCL213',
      `there is no constant \`${words.join('.')}\``,
      { ...this.#place(node), text: 'this name is not known' },
      'a dotted name in a pattern is a constant of a module, a class or the prelude, such as `Integer.MAX_VALUE`',
    )
    return 0
  }
}

function isExponent(value: Molecule): boolean {
  return isInt(value) && value !== 0 && !isInfinite(value)
}

function literal(node: LiteralPattern): Molecule {
  const value = literalValue(node)
  return node.isNegative ? negate(value) : value
}

function literalValue({ literal: node }: LiteralPattern): Molecule {
  switch (node.kind) {
    case 'integer':
    case 'string':
    case 'boolean':
      return node.value
    case 'float':
      return new Float(node.value)
    case 'infinity':
      return Infinity
    case 'null':
      return NULL
  }
}

function typedNames(node: Node): string[] {
  switch (node.kind) {
    case 'variable-pattern':
      return node.type === undefined ? [] : [node.name.text]
    case 'counted-pattern':
    case 'group-pattern':
      return typedNames(node.pattern)
    case 'tuple-pattern':
      return node.fields.flatMap(typedNames)
    case 'list-pattern':
      return node.items.flatMap(typedNames)
    case 'solution-pattern':
      return node.patterns.flatMap(typedNames)
    default:
      return []
  }
}
