import { writeFileSync } from 'node:fs'
import {
  firstSolution,
  formatOf,
  isRule,
  print,
  printBriefly,
  printInline,
  readData,
} from '../../interpreter/index.ts'
import type { Entry, Reaction } from '../../interpreter/index.ts'
import { suggest } from '../../grammar/index.ts'
import { readText, unreadable } from '../files.ts'
import { hostOf, load, warningsOf } from '../load.ts'
import { Rejection } from '../rejection.ts'
import { failureDiagnostic } from '../run/failure.ts'
import { readSeed } from '../run/request.ts'
import { counted, outcomeText } from '../run/wording.ts'
import { UsageError } from '../usage-error.ts'
import type { Session } from './session.ts'
import { typeOf } from './type-of.ts'

/** What a command prints on; the loop owns the terminal. */
export interface Shown {
  print(text: string): void
  tell(text: string): void
  showSolution(): void
}

/** A command of the prompt, `:name argument`. */
export interface ReplCommand {
  readonly name: string
  readonly argument?: string
  readonly summary: string
  readonly run: (argument: string, session: Session, shown: Shown) => void | Promise<void>
}

/** All commands but `:quit`, which the loop knows. */
export const replCommands: readonly ReplCommand[] = [
  { name: ':step', argument: '[n]', summary: 'react once, or n times', run: step },
  { name: ':run', argument: '[n]', summary: 'react until inert, or at most n times', run },
  { name: ':undo', argument: '[n]', summary: 'take back the last change, or n', run: undo },
  {
    name: ':show',
    summary: 'show the solution',
    run: (_, __, shown) => {
      shown.showSolution()
    },
  },
  { name: ':rules', summary: 'show the rules in the solution, and definitions', run: rules },
  { name: ':type', argument: 'MOLECULE', summary: 'show the type of a molecule', run: type },
  { name: ':load', argument: 'FILE', summary: 'take a program, or add data', run: loadFile },
  {
    name: ':save',
    argument: 'FILE',
    summary: 'write definitions and solution as a program',
    run: save,
  },
  {
    name: ':host',
    argument: 'FILE',
    summary: 'make a JavaScript or TypeScript file callable',
    run: host,
  },
  { name: ':seed', argument: '[n|random]', summary: 'show or set the seed', run: seed },
  {
    name: ':strategy',
    argument: 'fast|random',
    summary: 'choose which reaction goes next',
    run: strategy,
  },
  {
    name: ':reset',
    summary: 'start again with nothing',
    run: (_, session, shown) => {
      session.reset()
      shown.showSolution()
    },
  },
  { name: ':help', summary: 'show this', run: help },
  { name: ':quit', summary: 'leave; so does Ctrl-D', run: () => undefined },
]

/** Runs `:name argument`. An unknown name is a `UsageError` with what was meant. */
export async function runCommand(line: string, session: Session, shown: Shown): Promise<void> {
  const [, name = '', argument = ''] = /^(\S+)\s*(.*)$/s.exec(line.trim()) ?? []
  const known = replCommands.map((each) => each.name)
  const starting = replCommands.filter((each) => each.name.startsWith(name))
  const command =
    replCommands.find((each) => each.name === name) ??
    (starting.length === 1 ? starting[0] : undefined)
  if (command === undefined) {
    const similar = suggest(name, known)
    throw new UsageError(
      `there is no command \`${name}\``,
      similar === undefined ? '`:help` lists them' : `did you mean \`${similar}\`?`,
    )
  }
  await command.run(argument.trim(), session, shown)
}

/** A reaction on one line: `max: 3, 5 → 5`. */
export function reactionText({ rule, reactants, products, level }: Reaction): string {
  const side = (entries: readonly Entry[]): string =>
    entries.length === 0
      ? '∅'
      : entries
          .map(([molecule, n]) => `${printBriefly(molecule)}${n === 1 ? '' : `^${String(n)}`}`)
          .join(', ')
  const name = rule.shape.name ?? 'a rule'
  return `${'  '.repeat(level)}${name}: ${side(reactants)} → ${side(products)}`
}

async function step(argument: string, session: Session, shown: Shown): Promise<void> {
  await advance(count(argument) ?? 1, session, shown, (reaction) => {
    shown.tell(reactionText(reaction))
  })
}

async function run(argument: string, session: Session, shown: Shown): Promise<void> {
  await advance(count(argument) ?? Infinity, session, shown)
}

async function advance(
  most: number,
  session: Session,
  shown: Shown,
  tell?: (reaction: Reaction) => void,
): Promise<void> {
  const { outcome, reactions } = await session.run(most, tell)
  shown.showSolution()
  if (outcome.failure !== undefined) throw new Rejection([failureDiagnostic(outcome.failure)])
  const how = outcome.kind === 'reaction-limit' ? 'more can react' : outcomeText(outcome.kind)
  shown.tell(`${how} after ${counted(reactions, 'reaction')}`)
}

function undo(argument: string, session: Session, shown: Shown): void {
  if (session.undo(count(argument) ?? 1) === 0)
    throw new UsageError('there is nothing to take back')
  shown.showSolution()
}

function rules(_: string, session: Session, shown: Shown): void {
  for (const [molecule, multiplicity] of session.solution.contents().sorted()) {
    if (!isRule(molecule)) continue
    const { shape, captured } = molecule
    const name = shape.name === undefined ? '' : `${shape.name} = `
    const copies = multiplicity === 1 ? '' : `   ^${String(multiplicity)}`
    shown.print(`${name}${shape.text(captured, printInline)}${copies}`)
  }
  if (session.definitionsText !== '') shown.print(session.definitionsText.trimEnd())
}

function type(argument: string, session: Session, shown: Shown): void {
  if (argument === '') throw new UsageError('`:type` needs a molecule')
  for (const [molecule] of session.read(argument)) shown.print(typeOf(molecule))
}

async function loadFile(file: string, session: Session, shown: Shown): Promise<void> {
  if (file === '') throw new UsageError('`:load` needs a file')
  if (file.endsWith('.hocl')) await loadProgram(file, session, shown)
  else await loadData(file, session)
  shown.showSolution()
}

/** Takes the definitions and the solution of a program in place of what there was. */
export async function loadProgram(file: string, session: Session, shown: Shown): Promise<void> {
  const { program } = await load(file, [], session.host)
  for (const { code, title } of warningsOf(program, { isOpen: true }))
    if (code !== 'HOCL215') shown.tell(`${code}: ${title}`)
  const { source, syntax } = program
  const end = syntax.solution?.span.start ?? source.text.length
  if (syntax.solution === undefined) {
    session.enter(source.text)
    return
  }
  const first = firstSolution(program, session.seed)
  if (first.value === undefined) throw new Rejection([first.diagnostic])
  session.replace(source.text.slice(0, end), first.value)
}

async function loadData(file: string, session: Session): Promise<void> {
  const format = formatOf(file)
  if (format === undefined)
    throw new UsageError(
      `the name of \`${file}\` does not tell its format`,
      'a program ends in .hocl, data in .json, .ndjson, .csv or .txt',
    )
  const entries: Entry[] = []
  for await (const { molecules, multiplicities } of readData([readText(file)], { format, file }))
    molecules.forEach((molecule, i) => entries.push([molecule, multiplicities[i] ?? 1]))
  session.inject(entries)
}

function save(file: string, session: Session, shown: Shown): void {
  if (file === '') throw new UsageError('`:save` needs a file')
  try {
    writeFileSync(file, `${session.definitionsText}${print(session.solution)}\n`)
  } catch (error) {
    throw unreadable(file, error)
  }
  shown.tell(`saved ${file}`)
}

async function host(file: string, session: Session, shown: Shown): Promise<void> {
  if (file === '') throw new UsageError('`:host` needs a file')
  session.setHost(await hostOf([file]))
  shown.tell(`${file} can be called`)
}

function seed(argument: string, session: Session, shown: Shown): void {
  if (argument !== '') session.setSeed(readSeed(argument))
  shown.print(`seed ${session.seed}`)
}

function strategy(argument: string, session: Session, shown: Shown): void {
  if (argument !== 'fast' && argument !== 'random')
    throw new UsageError('a strategy is `fast` or `random`')
  session.setStrategy(argument)
  shown.tell(`strategy ${argument}`)
}

function help(_: string, __: Session, shown: Shown): void {
  const lines = replCommands.map(
    ({ name, argument = '', summary }) => `  ${`${name} ${argument}`.padEnd(24)} ${summary}`,
  )
  shown.print(
    [
      'Molecules and rules go into the solution, definitions are kept:',
      '  1, 2, "a"                molecules, with commas between them',
      '  let max = replace x, y by x if x >= y in',
      '  max                      the rule itself, as a molecule',
      ...lines,
      'A command can be shortened. An unfinished line goes on in the next one; an empty line ends it.',
    ].join('\n'),
  )
}

function count(argument: string): number | undefined {
  if (argument === '') return undefined
  if (/^[1-9][0-9]*$/.test(argument)) return Number(argument)
  throw new UsageError(`how many times is a whole number, not \`${argument}\``)
}
