import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { unreadable } from '../files.ts'
import { common } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

/** `hocl init [FOLDER]`: a first program that runs and passes its test. Never asks, never overwrites. */
export function define(command: Command, terminal: Terminal): void {
  common(command.argument('[folder]', 'where to; this folder if not given', '.')).action(
    (folder: string) => {
      const files = skeleton(basename(resolve(folder)))
      const taken = [...files.keys()].filter((name) => existsSync(join(folder, name)))
      if (taken.length > 0)
        throw new UsageError(
          `${taken.map((name) => `\`${join(folder, name)}\``).join(' and ')} is there already`,
          'name another folder: nothing was written',
        )
      for (const [name, text] of files) write(join(folder, name), text)
      const cd = folder === '.' ? '' : `cd ${folder} && `
      terminal.tell(
        `made ${[...files.keys()].join(', ')}\n\nNext:\n  ${cd}hocl run main.hocl\n  ${cd}hocl test`,
      )
    },
  )
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (error) {
    throw unreadable(file, error)
  }
}

function skeleton(name: string): ReadonlyMap<string, string> {
  return new Map([
    [
      'main.hocl',
      `// The longest of some words: an inner solution reacts until one is left, then \`keep\` takes it out.
import "./lib/words.hocl";

let keep = replace-one <longest = rule, word::String> by LONGEST:word in

<<"molecules", "float", "and", "react", longest>, keep>
//=> <LONGEST:"molecules">
`,
    ],
    [
      'lib/words.hocl',
      `// Rules about words.

/// Leaves one of the longest strings.
/// \`\`\`hocl
/// import "./words.hocl";
/// <"fig", "banana", longest>
/// //=> <"banana", longest>
/// \`\`\`
let longest = replace s::String, t::String by s if length(s) >= length(t) in
`,
    ],
    [
      'README.md',
      `# ${name}

A program in HOCL, the Higher-Order Chemical Language.

\`\`\`
hocl run main.hocl        run it
hocl test                 compare what comes out with the \`//=>\` marks
hocl check .              look for mistakes without running
hocl fmt .                lay everything out
hocl repl main.hocl       go on from its result by hand
\`\`\`
`,
    ],
  ])
}
