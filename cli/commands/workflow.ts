import type { Command } from 'commander'
import { Option } from 'commander'
import { Source } from '../../grammar/index.ts'
import { lowerSource } from '../../interpreter/index.ts'
import { Program } from '../../vm/index.ts'
import {
  WorkflowError,
  runWorkflow,
  workflowDot,
  workflowFromJson,
  workflowRules,
  workflowSvg,
  workflowText,
} from '../../workflow/index.ts'
import type { Workflow, WorkflowRun } from '../../workflow/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { readText } from '../files.ts'
import { hostOf } from '../load.ts'
import { FileModules } from '../modules.ts'
import { common, repeated } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

interface Flags {
  readonly run?: boolean
  readonly dot?: boolean
  readonly svg?: boolean
  readonly hocl?: boolean
  readonly host?: readonly string[]
}

/** `hocl workflow FILE`: runs a workflow that is described in JSON, draws it, or shows it as a program. */
export function define(command: Command, terminal: Terminal): void {
  common(command.argument('<file>', 'a workflow in JSON, or `-` for the standard input'))
    .addOption(new Option('--run', 'run it and print what its tasks gave, as JSON (the default)'))
    .addOption(new Option('--dot', 'print a picture for Graphviz; with --run, after a run'))
    .addOption(new Option('--svg', 'print a picture; with --run, after a run'))
    .addOption(
      new Option('--hocl', 'print it as a program of HOCL').conflicts(['run', 'dot', 'svg']),
    )
    .addOption(
      repeated('--host <file>', 'a .ts or .js file whose functions do the work; repeatable'),
    )
    .action(async (file: string, flags: Flags) => {
      process.exitCode = await workflow(file, flags, terminal)
    })
}

async function workflow(file: string, flags: Flags, terminal: Terminal): Promise<number> {
  if (flags.dot === true && flags.svg === true)
    throw new UsageError('`--dot` and `--svg` are two pictures', 'take one of them')
  const described = read(file)
  if (described instanceof WorkflowError) {
    terminal.complain(`error: ${file}: ${described.message}`)
    return exitCodes.wrong
  }
  const draw = flags.dot === true ? workflowDot : flags.svg === true ? workflowSvg : undefined
  if (flags.hocl === true) terminal.print(workflowText(described).trimEnd())
  else if (draw !== undefined && flags.run !== true) terminal.print(draw(described).trimEnd())
  else {
    const run = await runWorkflow(described, { program: await rules(flags.host ?? []) })
    terminal.print(
      draw === undefined
        ? JSON.stringify(summary(described, run), undefined, 2)
        : draw(described, { progress: run }).trimEnd(),
    )
    return verdict(described, run, terminal)
  }
  return exitCodes.success
}

function verdict({ result }: Workflow, run: WorkflowRun, terminal: Terminal): number {
  for (const [name, failure] of run.failures) terminal.complain(`\`${name}\` failed: ${failure}`)
  const isMissing = result !== undefined && !run.results.has(result)
  if (isMissing && run.failures.size === 0)
    terminal.complain(`\`${result}\` has no result: what it waits for does not come`)
  return isMissing || run.failures.size > 0 || run.outcome.kind !== 'inert'
    ? exitCodes.failed
    : exitCodes.success
}

function read(file: string): Workflow | WorkflowError {
  try {
    return workflowFromJson(readText(file))
  } catch (error) {
    if (error instanceof WorkflowError) return error
    throw error
  }
}

async function rules(hosts: readonly string[]): Promise<Program> {
  const host = await hostOf(hosts)
  const source = new Source('workflow.hocl', workflowRules)
  return new Program(lowerSource(source, { host, modules: new FileModules('.') }), host)
}

function summary({ result }: Workflow, run: WorkflowRun): object {
  return {
    outcome: run.outcome.kind,
    ...(result !== undefined && run.results.has(result) && { result: run.results.get(result) }),
    tasks: Object.fromEntries(
      [...run.states].map(([name, state]) => [
        name,
        {
          state,
          ...(run.results.has(name) && { result: run.results.get(name) }),
          ...(run.failures.has(name) && { error: run.failures.get(name) }),
        },
      ]),
    ),
  }
}
