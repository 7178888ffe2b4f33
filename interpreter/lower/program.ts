import { parse, parseMolecules } from '../../grammar/index.ts'
import type { Diagnostic, Program, Source } from '../../grammar/index.ts'
import { append } from '../append.ts'
import type { Host } from '../host.ts'
import type { Rule } from '../molecule.ts'
import type { Binding, Molecules, RuleShape } from '../rule.ts'
import { suggest } from '../../grammar/index.ts'
import { Lowering } from './context.ts'
import type { Site } from './context.ts'
import { lowerExpression } from './expressions.ts'
import { lowerMolecules } from './molecules.ts'
import { inOrder, withoutConsequences } from './in-order.ts'
import { Modules } from './modules.ts'
import type { ModuleLoader } from './modules.ts'
import { ruleNamed, settleLater, settleNames, withInnerRules } from './rule-names.ts'
import { lowerDefinition, lowerRule } from './rules.ts'
import { Frame, Scope } from './scope.ts'
import type { Declared, Maker } from './scope.ts'

/** A program whose names are resolved: what the engines run. */
export interface LoweredProgram {
  readonly source: Source
  readonly syntax: Program
  /** Of the whole program and its modules, in order of place; with an error among them nothing runs. */
  readonly diagnostics: readonly Diagnostic[]
  /** The molecules of the first solution. Undefined for a library. */
  readonly solution: Molecules | undefined
  /** Every rule that the program can make, imported ones included. */
  readonly shapes: readonly RuleShape[]
  /** The program's own definitions, by name. */
  readonly definitions: ReadonlyMap<string, Declared>
  /** The rule that a name stands for in a text that is read later; undefined where it stands for none. */
  ruleNamed(name: string): Rule | undefined
  /** Reads more molecules in the scope of the program: injections, expected results, what a person types. */
  molecules(source: Source): {
    readonly molecules: Molecules
    readonly diagnostics: readonly Diagnostic[]
  }
}

/** What a program can reach beside itself: host functions and modules. */
export interface LowerOptions {
  readonly host: Host
  readonly modules: ModuleLoader
}

/** Parses and lowers a program with its modules. */
export function lowerSource(source: Source, options: LowerOptions): LoweredProgram {
  const { program, diagnostics } = parse(source)
  return lowerProgram(source, program, diagnostics, options)
}

/** Lowers a parsed program with its modules. */
export function lowerProgram(
  source: Source,
  program: Program,
  syntaxDiagnostics: readonly Diagnostic[],
  { host, modules }: LowerOptions,
): LoweredProgram {
  const lowering = new Lowering(host)
  lowering.lower = {
    expression: (node, site) => lowerExpression(node, site, lowering),
    molecules: (node, site) => lowerMolecules(node, site, lowering),
    rule: (node, site, name) => lowerRule(node, site, name, lowering),
    definition: (definition, site) => lowerDefinition(definition, site, lowering),
  }
  append(lowering.diagnostics, syntaxDiagnostics)
  const frame = new Frame()
  const bindings: Binding[] = []
  const { module, site } = new Modules(lowering, modules, frame, bindings).open(source, program)
  const solution = program.solution && firstSolution(program.solution, site, lowering, bindings)
  lowerUnused(site, lowering)
  lowering.settle()
  reportUncaught(lowering)
  reportUnused(program, source, lowering)
  const names = settleNames(withInnerRules(site.scope, lowering), lowering)
  return {
    source,
    syntax: program,
    diagnostics: inOrder(withoutConsequences(lowering.diagnostics), source),
    solution,
    shapes: lowering.shapes,
    definitions: module.exports,
    molecules: (text) => lowerMore(text, { site, names }, lowering),
    ruleNamed: (name) => ruleNamed(name, withInnerRules(site.scope, lowering)),
  }
}

/** What stands between the outermost brackets, after the program's own values. */
function firstSolution(
  node: NonNullable<Program['solution']>,
  site: Site,
  lowering: Lowering,
  bindings: readonly Binding[],
): Molecules {
  const inside = lowering.lower.molecules(node.molecules, site)
  return { bindings: [...bindings, ...inside.bindings], elements: inside.elements }
}

function lowerMore(
  source: Source,
  { site, names }: { readonly site: Site; readonly names: ReadonlyMap<string, Rule> },
  lowering: Lowering,
): ReturnType<LoweredProgram['molecules']> {
  const { molecules, diagnostics } = parseMolecules(source)
  const before = lowering.diagnostics.length
  const shapes = lowering.shapes.length
  const scope = withInnerRules(site.scope, lowering)
  const module = { ...site.module, source, isLater: true }
  const inside: Site = { ...site, module, frame: new Frame(), scope }
  const lowered = lowering.lower.molecules(molecules, inside)
  lowering.settle()
  settleLater(lowering.shapes.slice(shapes), names)
  const found = lowering.diagnostics.splice(before)
  const all = withoutConsequences([...diagnostics, ...found])
  return { molecules: lowered, diagnostics: inOrder(all, source) }
}

/** What nothing uses is read all the same, for its errors. */
function lowerUnused(site: Site, lowering: Lowering): void {
  for (let i = 0; i < lowering.declared.length; i++) {
    const meaning = lowering.declared[i]?.meaning
    if (meaning?.kind === 'rule' && meaning.frame === undefined)
      lowerDefinition(meaning, { ...site, depth: 0 }, lowering)
    if (meaning?.kind === 'maker' && lowering.declared[i]?.uses === 0)
      lowerUnusedMaker(meaning, site, lowering)
  }
}

/** With a variable for each parameter, which may be called: it stands for a function then. */
function lowerUnusedMaker(maker: Maker, site: Site, lowering: Lowering): void {
  const scope = new Scope(maker.scope)
  const frame = new Frame()
  for (const parameter of maker.node.parameters ?? []) {
    const meaning = {
      kind: 'variable',
      name: parameter.text,
      frame,
      slot: frame.allocate(parameter.text),
      isRest: false,
    } as const
    lowering.standIns.add(meaning)
    scope.declare({
      name: parameter.text,
      span: parameter.span,
      source: maker.module.source,
      meaning,
      uses: 1,
    })
  }
  const inside: Site = { ...site, module: maker.module, scope, frame, depth: 0 }
  const { body } = maker.node
  if (body.kind === 'rule') lowering.lower.rule(body, inside, maker.name)
  else lowering.lower.expression(body, inside)
}

function reportUncaught(lowering: Lowering): void {
  for (const { name, place } of lowering.caughtNames) {
    if (lowering.ruleNames.has(name)) continue
    const similar = suggest(name, [...lowering.ruleNames])
    lowering.report({
      code: 'HOCL210',
      severity: 'warning',
      title: `no rule is named \`${name}\``,
      labels: [{ ...place, text: 'no definition has this name, so this takes nothing' }],
      hint:
        similar === undefined
          ? 'a rule is caught by the name of its definition'
          : `did you mean \`${similar}\`?`,
    })
  }
}

/** What to write for a variable whose name is not needed; with its type, if it has one. */
function unusedHint(source: Source, { span }: Declared): string {
  const [, type] = /^\s*::\s*([\w$.]+)/.exec(source.text.slice(span.end)) ?? []
  const wildcard = type === undefined ? '`_`' : `\`_::${type}\``
  return `write ${wildcard} to take such a molecule without naming it`
}

/** Definitions and variables that nothing uses. A library's definitions are for others. */
function reportUnused(program: Program, source: Source, lowering: Lowering): void {
  // With an error in the program, what it means to use is not known.
  if (lowering.diagnostics.some(({ severity }) => severity === 'error')) return
  const definitions = new Set(program.definitions.map(({ name }) => name.span.start))
  for (const declared of lowering.declared) {
    if (
      declared.uses > 0 ||
      declared.isNeeded === true ||
      declared.source !== source ||
      declared.name.startsWith('_')
    )
      continue
    const isVariable = declared.meaning.kind === 'variable'
    const isDefinition = definitions.has(declared.span.start)
    if (isDefinition && program.solution === undefined) continue
    if (isVariable && !isDefinition) {
      lowering.report({
        code: 'HOCL216',
        severity: 'warning',
        title: `\`${declared.name}\` is not used`,
        labels: [{ source, span: declared.span, text: 'bound here, used nowhere' }],
        hint: unusedHint(source, declared),
      })
    } else {
      lowering.report({
        code: 'HOCL215',
        severity: 'warning',
        title: `\`${declared.name}\` is not used`,
        labels: [{ source, span: declared.span, text: 'defined here, used nowhere' }],
        hint: 'put it into the solution, or take the definition out',
      })
    }
  }
}
