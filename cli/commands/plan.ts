import type { Command } from 'commander'
import { Option } from 'commander'
import { SolutionValue, firstSolution } from '../../interpreter/index.ts'
import type { LoweredProgram } from '../../interpreter/index.ts'
import { planText } from '../../vm/index.ts'
import { load, warningsOf } from '../load.ts'
import { common, repeated } from '../options.ts'
import type { Terminal } from '../terminal.ts'

/** `hocl plan FILE`: what each rule was compiled to, and why. */
export function define(command: Command, terminal: Terminal): void {
  common(command.argument('<file>', 'a program, or `-` for the standard input'))
    .addOption(
      repeated(
        '--host <file>',
        'a .ts or .js file whose functions and classes are called; repeatable',
      ),
    )
    .addOption(new Option('--cluster', 'where its molecules would go on several nodes'))
    .action(async (file: string, { host = [], cluster = false }: Flags) => {
      const { program } = await load(file, host)
      warningsOf(program)
      const text = cluster ? await placementOf(program) : planText(program)
      terminal.print(text.trimEnd())
    })
}

interface Flags {
  readonly host?: readonly string[]
  readonly cluster?: boolean
}

async function placementOf(program: LoweredProgram): Promise<string> {
  const { placementText } = await import('../../distribution/index.ts')
  const { value = SolutionValue.empty } = firstSolution(program, 1)
  return placementText(value, program.shapes)
}
