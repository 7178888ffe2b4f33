import { existsSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { unreadable } from '../files.ts'
import { makeFolder } from '../folders.ts'
import { common } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

/** `hocl init [FOLDER]`: a first program that runs and passes its test. Never asks, never overwrites. */
export function define(command: Command, terminal: Terminal): void {
  common(command.argument('[folder]', 'where to; this folder if not given', '.')).action(
    (folder: string) => {
      checkFolder(folder)
      const files = skeleton(basename(resolve(folder)))
      const taken = [...files.keys()].filter((name) => existsSync(join(folder, name)))
      if (taken.length > 0)
        throw new UsageError(
          `${listed(taken.map((name) => `\`${join(folder, name)}\``))} there already`,
          'name another folder: nothing was written',
        )
      for (const [name, text] of files) write(join(folder, name), text)
      const cd = folder === '.' ? '' : `cd ${shellWord(folder)} && `
      terminal.tell(
        `made ${[...files.keys()].join(', ')}\n\nNext:\n  ${cd}hocl run main.hocl\n  ${cd}hocl test`,
      )
    },
  )
}

function checkFolder(folder: string): void {
  const isFile = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false
  if (isFile)
    throw new UsageError(`\`${folder}\` is a file, not a folder`, 'name a folder, new or empty')
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length === 1 ? `${last} is` : `${names.slice(0, -1).join(', ')} and ${last} are`
}

/** A path as a person can type it at the prompt of a shell. */
function shellWord(path: string): string {
  if (/^(?!-)[\p{L}\p{M}\p{N}_./\\:+-]+$/u.test(path)) return path
  if (process.platform === 'win32') return `"${path}"`
  return `${path.startsWith('-') ? './' : ''}'${path.replaceAll("'", "'\\''")}'`
}

function write(file: string, text: string): void {
  try {
    makeFolder(dirname(file))
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
