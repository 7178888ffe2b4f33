import type { Host } from './host.ts'
import type { JsonContext, RuleForm } from './json.ts'
import type { LoweredProgram } from './lower/program.ts'
import type { Molecule } from './molecule.ts'
import { ruleOf } from './rule.ts'

const noSurroundings = { random: (): number => 0 }

/** What a program gives to readers of the exchange form: its rules by name, and the classes of its host. */
export function exchangeContext(program: LoweredProgram, host: Host): Required<JsonContext> {
  return {
    rule: (form) => ruleOfForm(program, form),
    host: (className, args) => {
      const made = host.classes.get(className)?.make.apply(args, noSurroundings)
      return made instanceof Promise ? undefined : made
    },
  }
}

function ruleOfForm(
  { shapes }: LoweredProgram,
  { name, captured }: RuleForm,
): Molecule | undefined {
  if (name === undefined) return undefined
  const shape = shapes.find(
    (each) => each.name === name && each.capturedNames.length === captured.length,
  )
  return shape && ruleOf(shape, captured)
}
