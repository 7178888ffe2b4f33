import type {
  Definition,
  Element,
  Expression as Node,
  Molecules as MoleculesNode,
  NamedRule,
  Word,
} from '../../grammar/index.ts'
import { constantOf } from '../constant.ts'
import type { Binding } from '../rule.ts'
import { placeOf } from './context.ts'
import type { Lowering, Site } from './context.ts'
import { resolve } from './names.ts'
import { Scope } from './scope.ts'
import { reportTwice } from './twice.ts'
import type { Declared, Maker, Meaning, RuleDefinition } from './scope.ts'

/** The scopes that the definitions among some molecules open, one after the other. */
export interface OpenedScopes {
  /** After all definitions. */
  readonly inner: Scope
  /** At the n-th element. */
  at(position: number, node: Element): Scope
}

/**
 * Reads the `let`s among molecules, and the rules that are named there with `name = rule`: those can be
 * seen in the whole solution, each `let` from where it stands to the end.
 */
export function openDefinitions(
  node: MoleculesNode,
  outer: Site,
  lowering: Lowering,
  bindings: Binding[],
): OpenedScopes {
  const named = node.items.flatMap((item) => (item.kind === 'definition' ? [] : namedRules(item)))
  const base = new Scope(outer.scope)
  const names = new Set(named.map(({ name }) => name.text))
  for (const rule of named)
    declareNamedRule(rule, mentions(rule.rule, names), { ...outer, scope: base }, lowering)
  const scopes: Scope[] = []
  let scope = base
  let group: Definition[] = []
  const flush = (): void => {
    if (group.length === 0) return
    scope = declareAll(group, { ...outer, scope }, lowering, bindings)
    group = []
  }
  for (const item of node.items) {
    if (item.kind === 'definition') group.push(item)
    else {
      flush()
      scopes.push(scope)
    }
  }
  flush()
  if (scope !== base) placeNamedRules(node.items, scopes, lowering)
  return { inner: scope, at: (position) => scopes[position] ?? scope }
}

/** Named rules see the `let`s before them, but for those that such a `let` has used: they were read without it. */
function placeNamedRules(
  items: MoleculesNode['items'],
  scopes: readonly Scope[],
  lowering: Lowering,
): void {
  const elements = items.filter((item) => item.kind !== 'definition')
  for (const [i, element] of elements.entries())
    for (const node of namedRules(element)) {
      const meaning = lowering.namedRules.get(node)
      const own = meaning?.scope.own(node.name.text)
      if (meaning === undefined || own === undefined || meaning.frame !== undefined) continue
      meaning.scope = new Scope(scopes[i])
      meaning.scope.declare(own)
    }
}

/** `name = rule` as an element, as the last field of a tuple, or in a list. */
function namedRules(node: Element): NamedRule[] {
  switch (node.kind) {
    case 'named-rule':
      return [node]
    case 'tuple':
      return node.fields.flatMap((field) => namedRules(field))
    case 'list':
      return node.items.flatMap((item) => namedRules(item))
    case 'counted':
      return namedRules(node.molecule)
    case 'group': {
      const [only, ...others] = node.molecules.items
      return only !== undefined && others.length === 0 && only.kind !== 'definition'
        ? namedRules(only)
        : []
    }
    default:
      return []
  }
}

/**
 * Two rules of one name may stand in a solution, as a printed one has them where they captured different
 * values; to use the name is an error then. Each knows itself by it.
 */
function declareNamedRule(
  node: NamedRule,
  isRecursive: boolean,
  site: Site,
  lowering: Lowering,
): void {
  const { name } = node
  const { scope } = site
  const declared = namedAlone(node, isRecursive, site, lowering)
  lowering.namedRules.set(node, declared.meaning)
  // In a text that is read later, a name is the program's: `f, (f = …)` prints what the program has, and another.
  if (site.module.isLater === true && scope.find(name.text) !== undefined) return
  const first = scope.own(name.text)
  if (first === undefined) declare(declared, scope, lowering)
  else first.twin ??= declared
}

/** A rule that knows itself by its name, as one does that stands as an operand: nothing else sees it. */
export function namedAlone(
  { name, rule }: NamedRule,
  isRecursive: boolean,
  site: Site,
  lowering: Lowering,
): Declared & { readonly meaning: RuleDefinition } {
  const scope = new Scope(site.scope)
  const definition = { name: name.text, node: rule, isRecursive }
  const meaning = ruleDefinition(definition, { ...site, scope }, lowering)
  // Its own place is a use.
  const declared = {
    name: name.text,
    span: name.span,
    source: site.module.source,
    meaning,
    uses: 1,
  }
  scope.declare(declared)
  return declared
}

/** Whether one of the names is used anywhere in a piece of program. */
export function mentions(node: unknown, names: ReadonlySet<string>): boolean {
  if (typeof node !== 'object' || node === null) return false
  if ('kind' in node && node.kind === 'name' && 'name' in node && names.has(String(node.name)))
    return true
  return Object.values(node).some((inner: unknown) => mentions(inner, names))
}

/** Declares definitions in their order; consecutive `let rec` see one another. The innermost scope comes back. */
export function declareAll(
  definitions: readonly Definition[],
  site: Site,
  lowering: Lowering,
  bindings: Binding[],
): Scope {
  let scope = site.scope
  const first = scope
  let recursive: Scope | undefined
  for (const definition of definitions) {
    const isRule = definition.body.kind === 'rule' && definition.parameters === undefined
    const before = scope.ownSince(first, definition.name.text)
    if (before !== undefined) reportTwice(definition.name, before, site, lowering)
    if (definition.isRecursive && isRule) {
      recursive ??= scope.next()
      scope = recursive
    } else {
      recursive = undefined
    }
    const inside = { ...site, scope }
    const meaning = meaningOf(definition, inside, lowering, bindings)
    if (!(definition.isRecursive && isRule)) scope = scope.next()
    const { text, span } = definition.name
    declare({ name: text, span, source: site.module.source, meaning, uses: 0 }, scope, lowering)
  }
  return scope
}

function declare(declared: Declared, scope: Scope, lowering: Lowering): void {
  scope.declare(declared)
  lowering.declared.push(declared)
}

function meaningOf(
  definition: Definition,
  site: Site,
  lowering: Lowering,
  bindings: Binding[],
): Meaning {
  const name = definition.name.text
  if (definition.parameters !== undefined) {
    reportTwiceParameters(definition, site, lowering)
    lowering.ruleNames.add(name)
    const { module, scope } = site
    const maker: Maker = {
      kind: 'maker',
      name,
      node: definition,
      module,
      scope,
      isBeingExpanded: false,
    }
    lowering.makers.push(maker)
    return maker
  }
  if (definition.body.kind === 'rule')
    return ruleDefinition(
      { name, node: definition.body, isRecursive: definition.isRecursive },
      site,
      lowering,
    )
  if (definition.isRecursive)
    lowering.error(
      'HOCL212',
      `only a rule can be \`let rec\``,
      { ...placeOf(definition.name, site.module.source), text: 'this is not a rule' },
      `leave out \`rec\``,
    )
  return valueMeaning(definition, site, lowering, bindings)
}

function reportTwiceParameters(definition: Definition, site: Site, lowering: Lowering): void {
  const seen = new Map<string, Word>()
  for (const parameter of definition.parameters ?? []) {
    const first = seen.get(parameter.text)
    if (first !== undefined)
      reportTwice(
        parameter,
        {
          name: first.text,
          span: first.span,
          source: site.module.source,
          meaning: { kind: 'constant', value: 0 },
          uses: 1,
        },
        site,
        lowering,
      )
    seen.set(parameter.text, parameter)
  }
}

function ruleDefinition(
  definition: Pick<RuleDefinition, 'name' | 'node' | 'isRecursive'>,
  site: Site,
  lowering: Lowering,
): RuleDefinition {
  lowering.ruleNames.add(definition.name)
  return {
    kind: 'rule',
    ...definition,
    module: site.module,
    scope: site.scope,
    frame: undefined,
    shape: undefined,
  }
}

/** A name for a value: the constant if it can be worked out now, another name's meaning, else a variable of the frame. */
function valueMeaning(
  definition: Definition,
  site: Site,
  lowering: Lowering,
  bindings: Binding[],
): Meaning {
  const body: Node = definition.body
  if (body.kind === 'name') {
    const meaning = resolve(body.name, placeOf(body, site.module.source), site, lowering)
    if (
      meaning !== undefined &&
      meaning !== 'ambiguous' &&
      !(meaning.kind === 'variable' && meaning.isRest)
    )
      return meaning
  }
  const value = lowering.lower.expression(body, { ...site, rule: site.rule })
  lowering.settle()
  const failures: string[] = []
  const constant = constantOf(value, (place, message) => {
    failures.push(message)
    // In a rule it fails when the rule reacts, if it ever does.
    if (site.rule !== undefined) return
    const label = { ...(place ?? placeOf(body, site.module.source)), text: message }
    lowering.error('HOCL401', 'this has no value', label)
  })
  const isKnown = site.rule === undefined || failures.length === 0
  if (constant !== undefined && isKnown) return { kind: 'constant', value: constant }
  const slot = site.frame.allocate(definition.name.text)
  bindings.push({ slot, value })
  return { kind: 'variable', name: definition.name.text, frame: site.frame, slot, isRest: false }
}
