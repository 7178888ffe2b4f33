import { Source, parseMolecules } from '../grammar/index.ts'
import { EvaluationFailure } from './failures.ts'
import type { Host } from './host.ts'
import type { JsonContext, PendingText, RuleForm } from './json.ts'
import { moleculesOf } from './load.ts'
import type { LoweredProgram } from './lower/program.ts'
import type { Molecule } from './molecule.ts'
import { pendingAgain } from './pending.ts'
import { printInline } from './print.ts'
import { ruleOf } from './rule.ts'

const noSurroundings = { random: (): number => 0 }

/**
 * What a program gives to readers of the exchange form: its rules by name, those that come with their text
 * as the program reads it, the classes of its host, and calls that wait.
 */
export function exchangeContext(program: LoweredProgram, host: Host): Required<JsonContext> {
  const read = new Map<string, Molecule>()
  const own = ownRules(program)
  let lastId = 0
  return {
    rule: (form) => own(form) ?? ruleOfForm(program, form, read),
    host: (className, args) => {
      const made = host.classes.get(className)?.make.apply(args, noSurroundings)
      return made instanceof Promise ? undefined : made
    },
    pending: (form) => pendingOf(program, form, --lastId),
  }
}

/**
 * The program's rules that captured nothing, by their text: such a rule is the one in the program, not one of the data,
 * so that what is said of it shows where it is written.
 */
function ownRules(program: LoweredProgram): (form: RuleForm) => Molecule | undefined {
  let known: Map<string, Molecule> | undefined
  return ({ name, source, captured }) => {
    if (source === undefined || captured.length > 0) return undefined
    if (known === undefined) {
      known = new Map()
      for (const shape of program.shapes)
        if (shape.capturedNames.length === 0 && !shape.isRecursive)
          known.set(keyOf(shape.name, shape.text([], printInline)), ruleOf(shape, []))
    }
    return known.get(keyOf(name, source))
  }
}

function keyOf(name: string | undefined, source: string): string {
  return `${name ?? ''} = ${source}`
}

/** Nothing is called while it is read: the run that it comes into makes the calls. */
function pendingOf(
  program: LoweredProgram,
  { text, key, reactants }: PendingText,
  id: number,
): Molecule {
  const source = new Source('a pending molecule of the data', text)
  const { molecules, diagnostics } = program.molecules(source)
  const wrong = diagnostics.find(({ severity }) => severity === 'error')
  const [first] = molecules.elements
  if (wrong !== undefined || first === undefined)
    throw new EvaluationFailure(
      `"pending" does not fit this program: ${wrong?.title ?? 'it is empty'}`,
    )
  return pendingAgain(molecules, { id, key, reactants, place: first.place })
}

function ruleOfForm(
  program: LoweredProgram,
  { name, captured, source }: RuleForm,
  read: Map<string, Molecule>,
): Molecule | undefined {
  if (source !== undefined) return readRule(program, { name, source }, read)
  if (name === undefined) return undefined
  if (captured.length === 0) return program.ruleNamed(name)
  const shape = program.shapes.find(
    (each) => each.name === name && each.capturedNames.length === captured.length,
  )
  return shape && ruleOf(shape, captured)
}

/** The text of a rule has its captured values in it, and is compiled where the program's definitions are known. */
function readRule(
  program: LoweredProgram,
  { name, source }: { readonly name: string | undefined; readonly source: string },
  read: Map<string, Molecule>,
): Molecule {
  const text = new Source(
    'a rule of the data',
    name === undefined ? `(${source})` : `(${name} = ${source})`,
  )
  const known = read.get(text.text)
  if (known !== undefined) return known
  // Before anything is worked out: data may hold rules, and is not to call functions.
  if (!isRuleText(text)) throw new EvaluationFailure('"source" is not the text of one rule')
  const { molecules, diagnostics } = program.molecules(text)
  const wrong = diagnostics.find(({ severity }) => severity === 'error')
  const { value, diagnostic } =
    wrong === undefined ? moleculesOf(molecules, 1) : { value: [], diagnostic: wrong }
  const [rule] = value?.[0] ?? []
  if (rule === undefined)
    throw new EvaluationFailure(`"source" does not fit this program: ${diagnostic?.title ?? ''}`)
  read.set(text.text, rule)
  return rule
}

function isRuleText(text: Source): boolean {
  const { molecules } = parseMolecules(text)
  const [group, ...others] = molecules.items
  if (group?.kind !== 'group' || others.length > 0) return false
  const [rule, ...more] = group.molecules.items
  return more.length === 0 && (rule?.kind === 'rule' || rule?.kind === 'named-rule')
}
