import type { Help, HelpConfiguration } from 'commander'

/** So much room a description needs beside its term; with less it stands below. */
const LEAST_BESIDE = 24
const INDENT = '      '

/**
 * How help is laid out: commands by their names alone, an optional value joined to its option, and in a
 * narrow terminal each description below what it describes.
 */
export const helpLayout: HelpConfiguration = {
  minWidthToWrap: 10,
  subcommandTerm: (command) => command.name(),
  // `--trace [=file]` is how commander wants it.
  optionTerm: ({ flags }) => flags.replace(' [=', '[='),
  formatItem(this: Help, term, termWidth, description) {
    const width = this.helpWidth ?? 80
    const room = width - termWidth - 4
    if (description === '') return `  ${term}`
    if (room >= LEAST_BESIDE) {
      const lines = this.boxWrap(description, room).split('\n')
      return `  ${term.padEnd(termWidth)}  ${lines.join(`\n${' '.repeat(termWidth + 4)}`)}`
    }
    const lines = this.boxWrap(description, width - INDENT.length).split('\n')
    return `  ${term}\n${INDENT}${lines.join(`\n${INDENT}`)}`
  },
}
