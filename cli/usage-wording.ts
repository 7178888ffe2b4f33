import type { CommanderError } from 'commander'
import { UsageError } from './usage-error.ts'

/** What commander found wrong with the arguments, in our words. */
export function usageErrorOf(error: CommanderError, args: readonly string[]): UsageError {
  const [, name = ''] = /'([^']+)'/.exec(error.message) ?? []
  const [, similar] = /Did you mean (?:one of )?(.+?)\?/.exec(error.message) ?? []
  const suggestion = similar
    ?.split(', ')
    .map((word) => `\`${word}\``)
    .join(' or ')
  const hint = suggestion === undefined ? undefined : `did you mean ${suggestion}?`
  switch (error.code) {
    case 'commander.unknownOption':
      return new UsageError(
        `there is no option \`${name}\``,
        hint ?? '`--help` after a command lists its options',
      )
    case 'commander.unknownCommand':
      return new UsageError(
        `there is no command \`${name}\``,
        hint ?? '`hocl help` lists the commands',
      )
    case 'commander.missingArgument':
      return name === 'files'
        ? new UsageError('no file is named', '`.` stands for all programs in this folder')
        : new UsageError(`a ${name} is missing`, '`--help` shows what the command takes')
    case 'commander.optionMissingArgument':
      return new UsageError(`\`${name}\` lacks its value`)
    case 'commander.excessArguments':
      return new UsageError('there are too many arguments', surplusHint(args))
    default:
      return new UsageError(error.message.replace(/^error: /, ''), hint)
  }
}

/** The word after `--trace` is the program: a file for the trace is often meant. */
function surplusHint(args: readonly string[]): string {
  const at = args.indexOf('--trace')
  const word = at < 0 ? undefined : args[at + 1]
  return word === undefined
    ? '`--help` shows what the command takes'
    : `the file of a trace is joined to it: \`--trace=${word}\``
}
