import {
  expressionText,
  isSymbol,
  patternText,
  printInline,
  typeText,
} from '../../interpreter/index.ts'
import type { LoweredProgram, Pattern, RuleShape } from '../../interpreter/index.ts'
import type { KernelName } from '../kernels/kernel.ts'
import { kernelsOf, recognised } from '../kernels/recognise.ts'
import { chainOf } from './chain.ts'
import { anatomyOf } from './heads.ts'
import type { Anatomy, Head } from './heads.ts'
import { keptBy } from './kept.ts'
import { repeatedHeads } from './orbits.ts'
import type { KnownValue, MatchPlan, PlanStep } from './plan.ts'
import { planFor } from './planner.ts'
import { Successions } from './what-follows.ts'

/** What one rule was compiled to, as data: for `--json` and for tests. */
export interface RulePlan {
  readonly rule: string
  readonly source: string
  readonly line: number
  readonly shots: 'one' | 'many'
  readonly takes: readonly string[]
  /** Reactants that the product gives back as they are: they are left where they are. */
  readonly keeps: readonly string[]
  readonly searches: readonly {
    /** What the activated molecule is tried as; absent for the search when the rule itself is new. */
    readonly as?: string
    readonly steps: readonly string[]
  }[]
  /** What is done in one go where many molecules are new, or why nothing is. */
  readonly kernel:
    { readonly name: KernelName; readonly does: string } | { readonly reason: string }
  /** The rules that are sure to take what it makes, in the order in which they do: they react together with it. */
  readonly followedBy: readonly string[]
  /** What must hold to make a reaction again at once, with the molecules that it has left; absent where that is not tried. */
  readonly again?: readonly string[]
  /** What it makes and a rule takes before it has a place, if it can. */
  readonly handedOn: readonly { readonly made: string; readonly to: string }[]
}

/** The plans of all rules that a program can make. */
export function plansOf(program: LoweredProgram): readonly RulePlan[] {
  const anatomies = program.shapes.map((shape) => anatomyOf(shape))
  const rules = anatomies.map((anatomy) => recognised(anatomy))
  const found = kernelsOf(rules)
  const kernels = kernelPlans(anatomies, rules, found)
  const chains = new Map(anatomies.map((each) => [each, chainOf(each, () => anatomies)]))
  const inOneGo = found.map((one) => one.rules.flatMap((at) => anatomies[at] ?? []))
  const successions = new Successions(anatomies, inOneGo, chains)
  return anatomies.map((anatomy, at) => ({
    ...rulePlan(anatomy, kernels[at] ?? { reason: '' }),
    followedBy: (chains.get(anatomy)?.followers ?? []).map(nameOf),
    ...successions.of(anatomy),
  }))
}

/** Rules that one kernel needs together are shown as if they stood in one solution. */
function kernelPlans(
  anatomies: readonly Anatomy[],
  rules: readonly ReturnType<typeof recognised>[],
  found: ReturnType<typeof kernelsOf>,
): readonly RulePlan['kernel'][] {
  return rules.map(({ reason }, at) => {
    const taken = found.find(({ rules: [first] }) => first === at)
    if (taken === undefined) return { reason }
    const { kernel, rules: together } = taken
    const beside = together
      .slice(1)
      .map((other) => `, where ${anatomies[other]?.shape.name ?? 'the rule for 0'} is beside it`)
    return { name: kernel.name, does: `${kernel.text}${beside.join('')}` }
  })
}

function rulePlan(
  anatomy: Anatomy,
  kernel: RulePlan['kernel'],
): Omit<RulePlan, 'followedBy' | 'again' | 'handedOn'> {
  const { shape } = anatomy
  const outer = anatomy.heads.filter((head) => head.within === undefined)
  const kept = keptBy(anatomy)
  const repeated = repeatedHeads(anatomy)
  const { source, span } = shape.place
  return {
    rule: nameOf(anatomy),
    source: source.name,
    line: source.position(span.start).line,
    shots: shape.shots,
    takes: outer.map((head) => headText(anatomy, head)),
    keeps: [...kept.heads].map((head) => headText(anatomy, head)),
    searches: [
      ...outer.map((head) => {
        const first = repeated.get(head)
        return {
          as: headText(anatomy, head),
          steps:
            first === undefined
              ? stepTexts(planFor(anatomy, head))
              : [`nothing: it was tried as ${headText(anatomy, first)}, which is just like it`],
        }
      }),
      { steps: stepTexts(planFor(anatomy, undefined)) },
    ],
    kernel,
  }
}

function nameOf({ shape }: Anatomy): string {
  return shape.name ?? 'anonymous'
}

/** The plans of a program for people. */
export function planText(program: LoweredProgram): string {
  const plans = plansOf(program)
  if (plans.length === 0) return 'no rule: nothing can react\n'
  return plans.map(ruleText).join('\n')
}

function ruleText(plan: RulePlan): string {
  const shots = plan.shots === 'one' ? 'one-shot' : 'n-shot'
  const lines = [`${plan.rule} · ${shots} · ${plan.source}:${String(plan.line)}`]
  if (plan.keeps.length > 0) lines.push(`  leaves where it is: ${plan.keeps.join(', ')}`)
  const { kernel } = plan
  if ('does' in kernel)
    lines.push(`  where many are new, in one go (${kernel.name}): ${kernel.does}`)
  else if (plan.shots === 'many' && plan.followedBy.length === 0)
    lines.push(`  always one by one: ${kernel.reason}`)
  if (plan.followedBy.length > 0)
    lines.push(`  together with what is sure to follow: ${plan.followedBy.join(', ')}`)
  if (plan.again !== undefined)
    lines.push(`  again at once with the same molecules${whileText(plan.again)}`)
  for (const { made, to } of plan.handedOn)
    lines.push(`  what it makes is taken before it has a place: ${made} by ${to}`)
  for (const { as, steps } of plan.searches) {
    const [first, ...others] = steps.length === 0 ? ['reacts at once'] : steps
    lines.push(`  ${as === undefined ? 'when the rule is new' : `with ${as}`}: ${first ?? ''}`)
    for (const step of others) lines.push(`    then ${step}`)
  }
  return `${lines.join('\n')}\n`
}

function whileText(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `, while ${conditions.join(' and ')}`
}

function stepTexts(plan: MatchPlan): string[] {
  return plan.steps.flatMap((step) => stepText(plan.anatomy, step))
}

function stepText(anatomy: Anatomy, step: PlanStep): string[] {
  const { shape } = anatomy
  switch (step.kind) {
    case 'take':
      return []
    case 'find': {
      const where =
        step.head.within === undefined
          ? ''
          : ` in ${patternText(shape, step.head.within.pattern, printInline)}`
      return [`find ${headText(anatomy, step.head)}${where} ${accessText(shape, step)}`]
    }
    case 'split':
      return [`split ${patternText(shape, step.split.pattern, printInline)} in every way`]
    case 'close':
      return [
        step.opened.pattern.rests.length === 0
          ? `check that nothing is left in ${patternText(shape, step.opened.pattern, printInline)}`
          : `take the rest of ${patternText(shape, step.opened.pattern, printInline)} without copying it`,
      ]
    case 'check':
      return [`check ${expressionText(shape, step.conjunct.expression, printInline)}`]
  }
}

function headText({ shape }: Anatomy, head: Head): string {
  return patternText(shape, head.reactant, printInline)
}

function accessText(
  shape: RuleShape,
  { access, head }: Pick<Extract<PlanStep, { kind: 'find' }>, 'access' | 'head'>,
): string {
  switch (access.kind) {
    case 'scan': {
      const each = `by looking at each ${amongText(head.reactant.pattern)}: no key is known`
      return access.instead === undefined
        ? each
        : `${each}; where that takes long, ${accessText(shape, { head, access: access.instead })}`
    }
    case 'ordered':
      return `by an ordered index on field ${String(access.column + 1)} ${access.side} ${expressionText(shape, access.known, printInline)}`
    case 'content': {
      const inside = [access.tag === undefined ? '_' : access.tag.name]
      while (inside.length < access.arity) inside.push('_')
      inside[access.key.column] = knownText(shape, access.key.value)
      return `by an index on what is inside: \`${inside.join(':')}\``
    }
    case 'whole':
      return `by a hash index on the whole molecule = ${knownText(shape, access.value)}`
    case 'fields': {
      const keys = access.keys.map(
        ({ column, value }) => `field ${String(column + 1)} = ${knownText(shape, value)}`,
      )
      return `by a hash index on ${keys.join(' and ')}`
    }
    case 'functional':
      return `by a functional index on ${expressionText(shape, access.own, printInline)} = ${expressionText(shape, access.known, printInline)}`
  }
}

function knownText(shape: RuleShape, value: KnownValue): string {
  switch (value.kind) {
    case 'slot':
      return shape.slotNames[value.slot] ?? '_'
    case 'constant':
      return printInline(value.pattern.value)
    case 'expression':
      return expressionText(shape, value.expression, printInline)
  }
}

/** The molecules that a scan goes through. */
function amongText(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'tuple': {
      const [first] = pattern.fields
      const others = pattern.fields.slice(1).map(() => '_')
      return [
        '`',
        [isConstantSymbol(first) ? printInline(first.value) : '_', ...others].join(':'),
        '`',
      ].join('')
    }
    case 'variable':
    case 'wildcard':
      return pattern.type === undefined ? 'molecule' : `\`${typeText(pattern.type)}\``
    case 'constant':
      return 'molecule of its type'
    case 'list':
    case 'solution':
    case 'rule':
      return pattern.kind
  }
}

function isConstantSymbol(
  pattern: Pattern | undefined,
): pattern is Extract<Pattern, { kind: 'constant' }> {
  return pattern?.kind === 'constant' && isSymbol(pattern.value)
}
