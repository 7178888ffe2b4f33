/*
 * `npm start`: a first impression. Counts the words of a text with the rules of word-count.hocl, gives
 * what comes out to top-ten.hocl, and shows the rules, the commands and what they said.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tools.ts'

const program = 'examples/word-count.hocl'
const text = 'examples/data/gospels.txt'
const counting = ['run', program, '--in', `LINE=${text}`, '--out-format', 'hocl']
const ranking = ['run', 'examples/top-ten.hocl', '--in', '-', '--in-format', 'hocl']

console.log(`
A HOCL program is a solution of molecules. Some of them are rules, and react with the others until
nothing can react any more. These are the rules of ${program}:
`)
console.log(indented(rulesOf(read(program))))

const lines = read(text).trimEnd().split('\n')
console.log(`\nThey get the four Gospels, ${amount(lines.length)} lines, and make of them\n`)
console.log(indented(`$ hocl ${counting.join(' ')}`))
const counted = hocl(counting)
const words = counted.printed.trimEnd().split('\n')
console.log(indented(counted.told))

console.log(
  `\n${amount(words.length)} words, each with its count. A second program takes these, and leaves ten:\n`,
)
console.log(indented(`$ … | hocl ${ranking.join(' ')}`))
const ranked = hocl([...ranking, '--out-format', 'ndjson'], counted.printed)
console.log(`${indented(ranked.told)}\n`)
console.log(indented(chart(ranked.printed)))

console.log(`
Look around:

  npx node cli/main.ts run examples/packages.hocl --in PACKAGES=examples/data/debian-packages.json
  npx node cli/main.ts run examples/time-zones.hocl --in ZONE=examples/data/time-zones.csv
  npx node cli/main.ts repl                    a solution to type molecules into
  npx node cli/main.ts help                    all commands

The language: docs/language.md. The other examples: examples/.`)

/** Runs a command of ours to its end. What it printed, and what it told beside. */
function hocl(args: readonly string[], input = ''): { printed: string; told: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'cli/main.ts'), ...args],
    { cwd: root, input, encoding: 'utf8', maxBuffer: 2 ** 26 },
  )
  if (status !== 0) {
    console.error(stderr)
    process.exit(status ?? 1)
  }
  return { printed: stdout, told: stderr.trimEnd() }
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n')
}

/** A program without its comments. */
function rulesOf(source: string): string {
  return source
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join('\n')
}

/** `["PLACE",1,5669,"and"]` a line, as a table with bars. */
function chart(ndjson: string): string {
  const places = ndjson
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as readonly [string, number, number, string])
  const most = Math.max(...places.map(([, , count]) => count))
  return places
    .map(([, place, count, word]) => {
      const bar = '█'.repeat(Math.round((count / most) * 40))
      return `${String(place).padStart(2)}  ${word.padEnd(5)} ${amount(count).padStart(6)}  ${bar}`
    })
    .join('\n')
}

function indented(block: string): string {
  return block.replaceAll(/^/gm, '  ')
}

function amount(n: number): string {
  return n.toLocaleString('en')
}
