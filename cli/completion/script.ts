import type { Command } from 'commander'
import { bash } from './bash.ts'
import { fish } from './fish.ts'
import { powershell } from './powershell.ts'
import { shellWords } from './shell-words.ts'
import type { Shell } from './shells.ts'
import { zsh } from './zsh.ts'

/** A script that completes commands, options, the words that these take, and files. */
export function completionScript(shell: Shell, program: Command): string {
  const words = shellWords(program)
  switch (shell) {
    case 'bash':
      return bash(words)
    case 'zsh':
      return zsh(words)
    case 'fish':
      return fish(words)
    case 'powershell':
      return powershell(words)
  }
}
