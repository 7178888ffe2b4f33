import type { Expression, Place, RestSource } from '../rule.ts'

import type { Lowering, Site } from './context.ts'
import { countWritten } from './too-much.ts'
import { reportTwice } from './twice.ts'
import { reportFunction, reportUnknownName } from './unknown.ts'
import type { Declared, Maker, Meaning, Module, Variable } from './scope.ts'

/** What a name means at a site: nearest scope first, then the module's imports. Undefined: unknown, or two imports have it. */
export function resolve(
  name: string,
  place: Place,
  site: Site,
  lowering: Lowering,
): Meaning | 'ambiguous' | undefined {
  const own = site.scope.find(name)
  if (own !== undefined) {
    own.uses++
    if (own.twin !== undefined)
      reportTwice({ text: name, span: own.twin.span }, own, site, lowering)
    return own.meaning
  }
  const found = importedAs(name, site.module)
  if (found.length > 1) {
    const modules = found.map((f) => `\`${f.qualifier}.${name}\``).join(' and ')
    lowering.error(
      'HOCL602',
      `\`${name}\` could be two things`,
      { ...place, text: `${modules} both come in plainly` },
      `write ${modules.replace(' and ', ' or ')}`,
    )
    return 'ambiguous'
  }
  const only = found[0]
  if (only === undefined) return undefined
  only.declared.uses++
  return only.declared.meaning
}

function importedAs(name: string, module: Module): { qualifier: string; declared: Declared }[] {
  const found: { qualifier: string; declared: Declared }[] = []
  for (const { qualifier, module: imported } of module.imports) {
    const declared = imported.exports.get(name)
    if (declared !== undefined && !found.some((f) => f.declared === declared))
      found.push({ qualifier, declared })
  }
  return found
}

/** A name where a molecule is wanted. */
export function nameExpression(
  name: string,
  place: Place,
  site: Site,
  lowering: Lowering,
): Expression {
  const meaning = resolve(name, place, site, lowering)
  if (meaning !== undefined && meaning !== 'ambiguous')
    return meaningExpression(meaning, { name, place }, site, lowering)
  if (meaning === undefined) reportUnknownName(name, place, site, lowering)
  return failed
}

/** What is written, and where. */
export interface Written {
  readonly name: string
  readonly place: Place
}

/** The molecule that a name stands for. */
export function meaningExpression(
  meaning: Meaning,
  { name, place }: Written,
  site: Site,
  lowering: Lowering,
): Expression {
  switch (meaning.kind) {
    case 'variable':
      if (!meaning.isRest) return lowering.access(meaning, site.frame)
      lowering.error(
        'HOCL207',
        `\`${name}\` is a rest, not a molecule`,
        { ...place, text: 'a rest stands for many molecules' },
        `write \`<${name}>\` for a solution or \`list(${name})\` for a list of them`,
      )
      return failed
    case 'constant':
      if (site.rule !== undefined) countWritten(meaning.value, place, lowering)
      return { kind: 'constant', value: meaning.value }
    case 'rule':
      return lowering.lower.definition(meaning, site)
    case 'maker':
      lowering.error(
        'HOCL211',
        `\`${name}\` needs its parameters`,
        { ...place, text: 'this is a definition with parameters' },
        `write \`${call(meaning)}\``,
      )
      return failed
    case 'function':
      reportFunction(name, place, lowering)
      return failed
  }
}

function call(maker: Maker): string {
  return `${maker.name}(${(maker.node.parameters ?? []).map((p) => p.text).join(', ')})`
}

/** Stands for an expression that has been reported already. */
export const failed: Expression = { kind: 'constant', value: 0 }

/** A rest that a name or `ω…` stands for, as an element or in a list; undefined where it is no rest. */
export function restSource(name: string, site: Site, lowering: Lowering): RestSource | undefined {
  const declared = site.scope.find(name)
  if (declared?.meaning.kind !== 'variable' || !declared.meaning.isRest) return undefined
  declared.uses++
  return restOf(declared.meaning, site, lowering)
}

function restOf(variable: Variable, site: Site, lowering: Lowering): RestSource {
  const access = lowering.access(variable, site.frame)
  if (access.kind === 'slot') return { kind: 'slot', slot: access.slot, name: variable.name }
  const index = access.kind === 'captured' ? access.index : 0
  return { kind: 'captured', index, name: variable.name }
}
