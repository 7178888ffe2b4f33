import type { Command } from 'commander'
import { suggest } from '../../grammar/index.ts'
import { markdownText } from '../markdown.ts'
import { common } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { topics } from '../topics.ts'
import { UsageError } from '../usage-error.ts'
import type { WholeProgram } from '../whole-program.ts'

/** `hocl help [COMMAND or TOPIC]`. */
export function define(command: Command, terminal: Terminal, whole: WholeProgram): void {
  const names = [...topics.keys()].join(', ')
  common(command.argument('[topic]', `a command, or one of ${names}`)).action(
    async (topic: string | undefined) => {
      const program = await whole()
      terminal.print(
        topic === undefined
          ? `${program.helpInformation()}\n${topicList(program)}`
          : helpOn(topic, program, terminal),
      )
    },
  )
}

/** In the columns of the list of commands above it. */
function topicList(program: Command): string {
  const help = program.createHelp()
  help.prepareContext({ helpWidth: process.stdout.columns })
  const width = help.padWidth(program, help)
  const lines = [...topics].map(([name, { summary }]) =>
    help.formatItem(name, width, summary, help),
  )
  const more = help.boxWrap(
    '`hocl FILE` is `hocl run FILE`. `hocl help TOPIC` and `hocl help COMMAND` say more.',
    help.helpWidth ?? 80,
  )
  return `Topics:\n${lines.join('\n')}\n\n${more}`
}

function helpOn(topic: string, program: Command, terminal: Terminal): string {
  const found = topics.get(topic)
  if (found !== undefined)
    return markdownText(found.text, terminal.resultPalette, terminal.hasColour)
  const command = program.commands.find((each) => each.name() === topic)
  if (command !== undefined) return fullHelp(command)
  const names = program.commands.map((each) => each.name())
  const similar = suggest(topic, [...topics.keys(), ...names])
  const hint = similar === undefined ? '`hocl help` lists them' : `did you mean \`${similar}\`?`
  throw new UsageError(`there is no command and no topic \`${topic}\``, hint)
}

/** With the examples after it, which commander only writes to a stream. */
function fullHelp(command: Command): string {
  let text = ''
  command.configureOutput({
    writeOut: (part) => {
      text += part
    },
  })
  command.outputHelp()
  return text.trimEnd()
}
