import type { Command } from 'commander'
import { Option } from 'commander'
import { helpLayout } from './help-layout.ts'
import { meant } from './meant.ts'
import { grouped } from './run/wording.ts'
import { UsageError } from './usage-error.ts'

/** An option that takes one of a few words; another word gets the nearest of them. */
export function choice(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words).argParser((given: string) => {
    if (words.includes(given)) return given
    const similar = meant(given, words)
    const hint =
      similar === undefined ? `it takes ${listed(words)}` : `did you mean \`${similar}\`?`
    throw new UsageError(`${nameOf(flags)} does not take \`${given}\``, hint)
  })
}

/** An option that takes a whole number, not negative. */
export function count(flags: string, description: string, most = Number.MAX_SAFE_INTEGER): Option {
  return new Option(flags, description).argParser((given: string) => {
    const value = Number(given.replaceAll('_', ''))
    if (!/^[0-9][0-9_]*(e[0-9]+)?$/.test(given) || !Number.isSafeInteger(value))
      throw new UsageError(`${nameOf(flags)} takes a whole number, not \`${given}\``)
    if (value > most)
      throw new UsageError(`${nameOf(flags)} goes up to ${grouped(most)}, not \`${given}\``)
    return value
  })
}

/** An option that takes a time, `10s`, `500ms`, `2m`; a bare number is seconds. In milliseconds. */
export function duration(flags: string, description: string): Option {
  return new Option(flags, description).argParser((given: string) => {
    const parts = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)?$/.exec(given)
    if (parts === null)
      throw new UsageError(
        `${nameOf(flags)} takes a time, not \`${given}\``,
        'write `500ms`, `10s` or `2m`; a bare number is seconds',
      )
    const factors: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
    return Number(parts[1]) * (factors[parts[2] ?? 's'] ?? 1000)
  })
}

/** An option that can be given more than once: all that was given, in order. */
export function repeated(flags: string, description: string): Option {
  return new Option(flags, description).argParser(
    (given: string, before: readonly string[] | undefined) => [...(before ?? []), given],
  )
}

/** What every command takes. */
export function common(command: Command): Command {
  return command
    .addOption(choice('--color <when>', 'whether to use colour', ['auto', 'always', 'never']))
    .addOption(new Option('-q, --quiet', 'only the result, errors and the exit code'))
    .helpOption('-h, --help', 'show this help')
    .configureHelp(helpLayout)
}

function nameOf(flags: string): string {
  const name = flags.split(/[ ,]+/).find((word) => word.startsWith('--')) ?? flags
  return `\`${name}\``
}

function listed(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``)
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`
}
