import { suggest } from '../../grammar/index.ts'
import { isRule, printInline } from '../../interpreter/index.ts'
import type { Reaction } from '../../interpreter/index.ts'
import { meant } from '../meant.ts'
import { Rejection } from '../rejection.ts'
import { failureDiagnostic } from '../run/failure.ts'
import { readSeed } from '../run/request.ts'
import { counted, outcomeText } from '../run/wording.ts'
import { strategies } from '../strategies.ts'
import { UsageError } from '../usage-error.ts'
import { hostFile, loadFile, saveFile } from './files.ts'
import { reactionText } from './reaction-text.ts'
import type { Session } from './session.ts'
import type { Shown } from './shown.ts'
import { typeOf } from './type-of.ts'

/** A command of the prompt, `:name argument`. */
export interface ReplCommand {
  readonly name: string
  readonly argument?: string
  readonly summary: string
  /** What completes its argument. */
  readonly completes?: 'file' | readonly string[]
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
  {
    name: ':load',
    argument: 'FILE',
    summary: 'take a program, or add data',
    completes: 'file',
    run: loadFile,
  },
  {
    name: ':save',
    argument: 'FILE',
    summary: 'write a program (.hocl), or data; `:save!` writes over a file',
    completes: 'file',
    run: (argument, session, shown) => saveFile(argument, session, shown, { mayReplace: false }),
  },
  {
    name: ':host',
    argument: 'FILE',
    summary: 'make a JavaScript or TypeScript file callable',
    completes: 'file',
    run: hostFile,
  },
  {
    name: ':seed',
    argument: '[n|random]',
    summary: 'show or set the seed',
    completes: ['random'],
    run: seed,
  },
  {
    name: ':strategy',
    argument: '[NAME]',
    summary: 'show or choose which reaction goes next',
    completes: strategies,
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

/** Written with a sign of its own and not in the list: it is `:save` with a decision. */
const saveOver: ReplCommand = {
  name: ':save!',
  summary: 'write over a file',
  completes: 'file',
  run: (argument, session, shown) => saveFile(argument, session, shown, { mayReplace: true }),
}

/** The commands that a word can stand for: the one of that name, or those that it shortens. */
export function commandsFor(word: string): readonly ReplCommand[] {
  const exact = [...replCommands, saveOver].find(({ name }) => name === word)
  return exact === undefined ? replCommands.filter(({ name }) => name.startsWith(word)) : [exact]
}

/** Whether a line calls a command, by its name or by what shortens no other one; a single letter could be a field. */
export function isCommand(line: string): boolean {
  const [word] = /^:(?:q$|[a-z]{2,}!?(?=\s|$))/.exec(line.trim()) ?? []
  return word !== undefined && commandsFor(word).length === 1
}

/** Runs `:name argument`. An unknown name is a `UsageError` with what was meant. */
export async function runCommand(line: string, session: Session, shown: Shown): Promise<void> {
  const [, word = '', argument = ''] = /^(\S+)\s*(.*)$/s.exec(line.trim()) ?? []
  const [command, ...others] = commandsFor(word)
  if (command === undefined || others.length > 0) throw unclear(word)
  await command.run(argument.trim(), session, shown)
}

function unclear(word: string): UsageError {
  const names = commandsFor(word).map(({ name }) => `\`${name}\``)
  if (names.length > 0)
    return new UsageError(
      `\`${word}\` is short for more than one command`,
      `there are ${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`,
    )
  const similar = suggest(
    word,
    replCommands.map(({ name }) => name),
  )
  return new UsageError(
    `there is no command \`${word}\``,
    similar === undefined ? '`:help` lists them' : `did you mean \`${similar}\`?`,
  )
}

async function step(argument: string, session: Session, shown: Shown): Promise<void> {
  await advance(times(argument) ?? 1, session, shown, (reaction) => {
    shown.tell(reactionText(reaction))
  })
}

async function run(argument: string, session: Session, shown: Shown): Promise<void> {
  await advance(times(argument) ?? Infinity, session, shown)
}

async function advance(
  most: number,
  session: Session,
  shown: Shown,
  tell?: (reaction: Reaction) => void,
): Promise<void> {
  const { outcome, trouble } = await session.run(most, tell)
  shown.showSolution()
  if (trouble !== undefined) throw trouble
  if (outcome.failure !== undefined)
    throw new Rejection([session.placed(failureDiagnostic(outcome.failure))])
  const how = outcome.kind === 'reaction-limit' ? 'more can react' : outcomeText(outcome.kind)
  shown.tell(`${how} after ${counted(outcome.reactions, 'reaction')}`)
}

function undo(argument: string, session: Session, shown: Shown): void {
  const { times: done, gone, back } = session.undo(times(argument) ?? 1)
  if (done === 0) throw new UsageError('there is nothing to take back')
  if (gone.length > 0) shown.tell(`no longer there: ${gone.join(', ')}`)
  if (back.length > 0) shown.tell(`as before: ${back.join(', ')}`)
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

function seed(argument: string, session: Session, shown: Shown): void {
  if (argument !== '') session.setSeed(readSeed(argument))
  shown.print(`seed ${session.seed}`)
}

function strategy(argument: string, session: Session, shown: Shown): void {
  const named = session.strategies.find((each) => each === argument)
  if (argument !== '' && named === undefined) {
    const similar = meant(argument, session.strategies)
    throw new UsageError(
      `there is no strategy \`${argument}\``,
      similar === undefined
        ? `there are ${session.strategies.join(', ')}`
        : `did you mean \`${similar}\`?`,
    )
  }
  if (named !== undefined) session.setStrategy(named)
  shown.print(`strategy ${session.strategy}`)
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
      'A command can be shortened. What is unfinished goes on in the next line, and so does a definition',
      'up to its `in`; an empty line ends both.',
    ].join('\n'),
  )
}

function times(argument: string): number | undefined {
  if (argument === '') return undefined
  if (/^[1-9][0-9]*$/.test(argument)) return Number(argument)
  throw new UsageError(`how many times is a whole number from 1 on, not \`${argument}\``)
}
