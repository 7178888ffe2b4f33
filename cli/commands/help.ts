import type { Command } from 'commander'
import { suggest } from '../../grammar/index.ts'
import { commandList } from '../command-list.ts'
import { markdownText } from '../markdown.ts'
import { common } from '../options.ts'
import { programFor, wholeProgram } from '../program.ts'
import type { Terminal } from '../terminal.ts'
import { topics } from '../topics.ts'
import { UsageError } from '../usage-error.ts'

/** `hocl help [COMMAND or TOPIC]`. */
export function define(command: Command, terminal: Terminal): void {
  const names = [...topics.keys()].join(', ')
  common(command.argument('[topic]', `a command, or one of ${names}`)).action(
    async (topic: string | undefined) => {
      if (topic === undefined)
        terminal.print(`${programFor(terminal).helpInformation()}\n${topicList()}`)
      else terminal.print(await helpOn(topic, terminal))
    },
  )
}

function topicList(): string {
  const lines = [...topics].map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`)
  return `Topics:\n${lines.join('\n')}\n\n\`hocl FILE\` is \`hocl run FILE\`. \`hocl help TOPIC\` and \`hocl help COMMAND\` say more.`
}

async function helpOn(topic: string, terminal: Terminal): Promise<string> {
  const found = topics.get(topic)
  if (found !== undefined)
    return markdownText(found.text, terminal.resultPalette, terminal.hasColour)
  const program = await wholeProgram(terminal)
  const command = program.commands.find((each) => each.name() === topic)
  if (command !== undefined) return fullHelp(command)
  const similar = suggest(topic, [...topics.keys(), ...commandList.map(({ name }) => name)])
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
