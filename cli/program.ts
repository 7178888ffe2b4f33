import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { suggest } from '../grammar/index.ts'
import { commandList } from './command-list.ts'
import type { Terminal } from './terminal.ts'
import type { ColourChoice } from './terminal.ts'
import { common } from './options.ts'
import { UsageError } from './usage-error.ts'
import { version } from './version.ts'

/** The command line, with each command to be filled in when it is called. */
export function programFor(terminal: Terminal): Command {
  const program = common(new Command('hocl'))
    .description('HOCL, the Higher-Order Chemical Language')
    .usage('[command] [options] …')
    .version(version(), '-V, --version', 'show the version')
    .helpCommand(false)
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .addHelpText('after', '\n`hocl FILE` is `hocl run FILE`. `hocl help COMMAND` says more.')
  const undefinedYet = new Set<string>()
  for (const { name, summary } of commandList) {
    undefinedYet.add(name)
    const command = program.command(name, { isDefault: name === 'run' })
    command.summary(summary).description(summary)
  }
  program.hook('preSubcommand', async (_, command) => {
    if (!undefinedYet.delete(command.name())) return
    const listed = commandList.find(({ name }) => name === command.name())
    const module = await listed?.load()
    module?.define(command, terminal, () => wholeProgram(terminal))
    // The one that is called may be a command of this one, `hocl cluster ls`: its flags count as well.
    command.hook('preAction', (_, called) => {
      configure(called, terminal)
    })
  })
  return program
}

/** The program with every command filled in: for completion and help. */
export async function wholeProgram(terminal: Terminal): Promise<Command> {
  const program = programFor(terminal)
  for (const { name, load } of commandList) {
    const command = program.commands.find((each) => each.name() === name)
    if (command !== undefined)
      (await load()).define(command, terminal, () => wholeProgram(terminal))
  }
  return program
}

/**
 * The arguments as commander takes them: `--trace` has its file only after `=`, as the word after it is
 * the program, and `--no-color` is what other commands have. A first word that is no command and no file is refused here, with what was meant.
 */
export function prepared(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--')
  const flags = end < 0 ? args.length : end
  const [first] = args
  if (first !== undefined && /^[a-z][a-z-]*$/i.test(first)) checkCommand(first)
  return args.map((arg, i) => (i < flags ? (REWRITTEN.get(arg) ?? arg) : arg))
}

const REWRITTEN: ReadonlyMap<string, string> = new Map([
  ['--trace', '--trace=-'],
  ['--no-color', '--color=never'],
])

function checkCommand(word: string): void {
  const names = commandList.map(({ name }) => name)
  if (names.includes(word) || existsSync(word)) return
  const similar = suggest(word, names)
  const hint =
    similar === undefined ? '`hocl help` lists the commands' : `did you mean \`hocl ${similar}\`?`
  throw new UsageError(`there is no command and no file \`${word}\``, hint)
}

function configure(command: Command, terminal: Terminal): void {
  // The parsers of `common` give no other types.
  const flags = command.optsWithGlobals<{
    readonly color?: ColourChoice
    readonly quiet?: boolean
  }>()
  terminal.configure({
    ...(flags.color !== undefined && { colour: flags.color }),
    ...(flags.quiet !== undefined && { isQuiet: flags.quiet }),
  })
}
