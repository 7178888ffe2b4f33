import { suggest } from '../../grammar/index.ts'
import type { Expression as Node, Label } from '../../grammar/index.ts'
import type { Place } from '../rule.ts'
import type { Lowering, Site } from './context.ts'

/*
 * What is said of a name that means nothing where it stands.
 */

/** A name where a molecule is wanted. */
export function reportUnknownName(
  name: string,
  place: Place,
  site: Site,
  lowering: Lowering,
): void {
  if (lowering.host.functions.has(name)) reportFunction(name, place, lowering)
  else if (lowering.isModuleMissing) return
  else if (site.rule === undefined)
    lowering.error(
      'HOCL201',
      `\`${name}\` is not defined`,
      { ...place, text: 'no definition before this has that name' },
      hintOnName(name, site),
    )
  else
    lowering.report({
      code: 'HOCL203',
      severity: 'error',
      title: `\`${name}\` is not bound by the pattern`,
      labels: [{ ...place, text: `\`${name}\` is used here` }, ...boundLabels(site)],
      hint: hintOnVariable(name, site),
    })
}

/** A function where a molecule is wanted. */
export function reportFunction(name: string, place: Place, lowering: Lowering): void {
  lowering.error(
    'HOCL211',
    `\`${name}\` is a function`,
    { ...place, text: 'a function is called, it is not a molecule' },
    `write \`${name}(…)\`, or define a rule of that name with \`let\``,
  )
}

/** A name that is called, with or without something before its dot. */
export function reportUnknownFunction(
  name: string,
  place: Place,
  site: Site,
  lowering: Lowering,
): void {
  const around = lowering.makers.find(
    ({ node, module }) =>
      node.name.text === name &&
      module.source === place.source &&
      node.span.start <= place.span.start &&
      place.span.end <= node.span.end,
  )
  if (around !== undefined) {
    reportUsesItself(name, place, lowering)
    return
  }
  if (lowering.isModuleMissing) return
  const similar = suggest(name, [...lowering.host.functions.keys(), ...site.scope.visibleNames()])
  lowering.error(
    'HOCL202',
    `there is no function \`${name}\``,
    { ...place, text: 'this function is not known' },
    didYouMean(similar) ??
      laterHint(name, site) ??
      'a function of the host must be named with `--host`',
  )
}

/** `A.b.c`, of which no beginning is a module, a class or a value that has it. */
export function reportUnknownPath(
  words: readonly string[],
  place: Place,
  lowering: Lowering,
): void {
  if (lowering.isModuleMissing) return
  lowering.error(
    'HOCL202',
    `there is no \`${words.join('.')}\``,
    { ...place, text: 'neither a module nor a class of the host has this' },
    'a tuple is written with colons, `A:B:C`; classes of the host must be named with `--host`',
  )
}

/** A definition with parameters that is used inside itself. */
export function reportUsesItself(name: string, place: Place, lowering: Lowering): void {
  lowering.error(
    'HOCL212',
    `\`${name}\` uses itself`,
    { ...place, text: 'this would be put in here for ever' },
    'let a rule do the repeating: an n-shot rule reacts as often as it can',
  )
}

/** `math.abs(1)`: the name before a dot, unless it is something. Whether it was reported. */
export function reportUnknownQualifier(node: Node, site: Site, lowering: Lowering): boolean {
  if (node.kind !== 'name' || isSomething(node.name, site, lowering)) return false
  const { source } = site.module
  const qualifiers = [
    ...lowering.host.namespaces.keys(),
    ...lowering.host.classes.keys(),
    ...site.module.imports.map(({ qualifier }) => qualifier),
  ]
  const similar = suggest(node.name, qualifiers)
  if (similar === undefined) return false
  lowering.error(
    'HOCL201',
    `\`${node.name}\` is not defined`,
    { source, span: node.span, text: 'nothing before a dot has that name' },
    didYouMean(similar),
  )
  return true
}

function isSomething(name: string, { scope, module }: Site, { host }: Lowering): boolean {
  return (
    scope.find(name) !== undefined ||
    host.functions.has(name) ||
    module.imports.some((each) => each.module.exports.has(name))
  )
}

function hintOnName(name: string, site: Site): string {
  if (name.startsWith('ω'))
    return `a rest is bound by a pattern: \`replace <…, ${name}> by ${name}\``
  return (
    didYouMean(suggest(name, site.scope.visibleNames())) ??
    laterHint(name, site) ??
    `define it first, \`let ${name} = … in\`; a data name starts in upper case`
  )
}

function hintOnVariable(name: string, site: Site): string {
  if (name.startsWith('ω'))
    return `to take what is left of an inner solution, write \`<…, ${name}>\` in the patterns`
  return (
    didYouMean(suggest(name, site.scope.visibleNames())) ??
    laterHint(name, site) ??
    `to take a molecule \`${name}\` too, add it to the patterns, or define it with \`let ${name} = … in\``
  )
}

function didYouMean(similar: string | undefined): string | undefined {
  return similar === undefined ? undefined : `did you mean \`${similar}\`?`
}

function laterHint(name: string, { module }: Site): string | undefined {
  const isLater = module.program.definitions.some((definition) => definition.name.text === name)
  return isLater
    ? `\`${name}\` is defined further down: a definition sees only those before it`
    : undefined
}

/** What the patterns of the rule around bind. */
function boundLabels({ rule, scope, module }: Site): Label[] {
  const [first, last] = [rule?.patterns[0]?.span, rule?.patterns.at(-1)?.span]
  if (first === undefined || last === undefined) return []
  const names = new Set<string>()
  for (let each: typeof scope | undefined = scope; each !== undefined; each = each.parent)
    for (const { name, span, source } of each.declarations())
      if (source === module.source && span.start >= first.start && span.end <= last.end)
        names.add(`\`${name}\``)
  return [
    {
      source: module.source,
      span: { start: first.start, end: last.end },
      text: boundText([...names]),
    },
  ]
}

function boundText(names: readonly string[]): string {
  const last = names.at(-1)
  if (last === undefined) return 'the pattern binds no variable'
  return names.length === 1
    ? `the pattern binds only ${last}`
    : `the pattern binds ${names.slice(0, -1).join(', ')} and ${last}`
}
