import type { Command } from 'commander'
import { Option } from 'commander'
import type * as LanguageServer from '../language-server.ts'
import { common, repeated } from '../options.ts'

interface Flags {
  readonly host?: readonly string[]
}

/** `hocl lsp`: answers an editor over the standard input and output. */
export function define(command: Command): void {
  common(command)
    .addOption(new Option('--stdio', 'over the standard input and output, as in any case'))
    .addOption(
      repeated('--host <file>', 'a .ts or .js file whose functions programs call; repeatable'),
    )
    .addHelpText('after', examples)
    .action(async ({ host = [] }: Flags) => {
      // The build puts the server beside the command: it is large, and no other command needs it.
      const suffix = import.meta.url.endsWith('.ts')
        ? '../language-server.ts'
        : './language-server.js'
      const url = new URL(suffix, import.meta.url).href
      // It is that module, as it was written or as it was built.
      const { serve } = (await import(url)) as typeof LanguageServer
      process.exitCode = await serve(host)
      // An editor that has gone may leave the input open.
      process.stdin.destroy()
    })
}

const examples = `
An editor starts this command by itself and speaks the Language Server Protocol with it: diagnostics, hover,
completion, definitions, references, rename, formatting, quick fixes, outline, folding, semantic colours,
types of variables, and which rules feed which. docs/editors.md has what to write into the configuration of
Neovim, Helix, Emacs and VS Code.

Examples:
  hocl lsp --stdio                        as an editor starts it
  hocl lsp --stdio --host ./point.ts      programs call the functions of point.ts

Exit codes: 0 when the editor said goodbye, 1 when it was gone without a word.`
