import type { Command } from 'commander'
import { common } from '../options.ts'
import { addRunOptions, requestOf } from '../run/request.ts'
import { run } from '../run/run.ts'
import type { Terminal } from '../terminal.ts'

/** `hocl run`: reduces a program until it is inert and prints the result. */
export function define(command: Command, terminal: Terminal): void {
  common(addRunOptions(command.argument('<file>', 'a program, or `-` for the standard input')))
    .addHelpText('after', examples)
    .action(async (file: string, flags: Readonly<Record<string, unknown>>) => {
      const request = requestOf(file, flags)
      if (request.isWatching) {
        const { watch } = await import('../run/watch.ts')
        process.exitCode = await watch(request, terminal)
        return
      }
      process.exitCode = await run(request, terminal)
    })
}

const examples = `
Examples:
  hocl run max.hocl                              until inert; \`hocl max.hocl\` is the same
  hocl run max.hocl --seed random                another order of reactions
  hocl run words.hocl --in LINE=book.txt         each line of a text as LINE:"…"
  hocl run max.hocl --inject '7, 12' --json      more molecules, the result as JSON
  hocl run grow.hocl --max-reactions 1000 --trace=steps.ndjson

The result goes to the standard output, all else to the standard error output.
Exit codes: 0 inert, 1 program or data wrong, 2 wrong usage, 3 a limit, 4 failed, 130 Ctrl-C.`
