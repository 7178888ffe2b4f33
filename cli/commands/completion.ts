import type { Command } from 'commander'
import { common } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { completionScript } from '../completion/script.ts'
import { shells } from '../completion/shells.ts'
import { UsageError } from '../usage-error.ts'
import type { WholeProgram } from '../whole-program.ts'
import { meant } from '../meant.ts'

/** `hocl completion SHELL`: a script for the shell's start file. */
export function define(command: Command, terminal: Terminal, whole: WholeProgram): void {
  common(command.argument('<shell>', shells.join(', ')))
    .addHelpText(
      'after',
      `
Put one of these into the start file of your shell:
  bash         source <(hocl completion bash)
  zsh          source <(hocl completion zsh)
  fish         hocl completion fish | source
  powershell   hocl completion powershell | Out-String | Invoke-Expression`,
    )
    .action(async (given: string) => {
      const shell = shells.find((each) => each === given)
      if (shell === undefined) throw unknown(given)
      terminal.print(completionScript(shell, await whole()))
    })
}

function unknown(given: string): UsageError {
  const similar = meant(given, shells)
  const hint =
    similar === undefined ? `there are ${shells.join(', ')}` : `did you mean \`${similar}\`?`
  return new UsageError(`there is no completion for \`${given}\``, hint)
}
