import { closeSync, existsSync, openSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseMolecules, Source } from '../../grammar/index.ts'
import {
  dataPieces,
  exchangeContext,
  firstSolution,
  formatOf,
  isRule,
  OUTPUT_FORMATS,
  pairsPieces,
  printed,
  readData,
} from '../../interpreter/index.ts'
import type { Entry } from '../../interpreter/index.ts'
import { checkFile, readText, unreadable } from '../files.ts'
import { hostOf, load, warningsOf } from '../load.ts'
import { Rejection } from '../rejection.ts'
import { UsageError } from '../usage-error.ts'
import type { Session } from './session.ts'
import type { Shown } from './shown.ts'
import { partsOf } from './typed.ts'

/** `:load`: a program takes the place of all, data is added. */
export async function loadFile(argument: string, session: Session, shown: Shown): Promise<void> {
  const file = named(argument, ':load')
  checkFile(file)
  if (formatOf(file) === 'hocl') await loadProgram(file, session, shown)
  else await loadData(file, session)
  shown.showSolution()
}

/** Takes the definitions and the solution of a program in place of what there was. */
export async function loadProgram(file: string, session: Session, shown: Shown): Promise<void> {
  const { program } = await load(file, [], session.host)
  shown.warn(warningsOf(program, { isOpen: true }).filter(({ code }) => code !== 'HOCL215'))
  const { source, syntax } = program
  if (syntax.solution === undefined) {
    session.enterSource(source)
    return
  }
  const first = firstSolution(program, session.seed)
  if (first.value === undefined) throw new Rejection([first.diagnostic])
  // What stands before the solution is what could be typed.
  const before = new Source(source.name, source.text.slice(0, syntax.solution.span.start))
  session.replace(partsOf(before, parseMolecules(before)), first.value)
}

async function loadData(file: string, session: Session): Promise<void> {
  const format = formatOf(file)
  if (format === undefined)
    throw new UsageError(
      `the name of \`${file}\` does not tell its format`,
      'a program ends in .hocl, data in .json, .ndjson, .csv or .txt',
    )
  const context = exchangeContext(session.program, session.host)
  const entries: Entry[] = []
  const batches = readData([readText(file)], { format, file, context })
  for await (const { molecules, multiplicities } of batches)
    molecules.forEach((molecule, i) => entries.push([molecule, multiplicities[i] ?? 1]))
  session.inject(entries)
}

/** `:save` and `:save!`: a program or data, as the name of the file tells. */
export function saveFile(
  argument: string,
  session: Session,
  shown: Shown,
  { mayReplace }: { readonly mayReplace: boolean },
): void {
  const file = named(argument, ':save')
  const pieces = piecesFor(file, session)
  const path = resolve(file)
  // What this session wrote itself it may write again.
  const isReplaced = existsSync(path) && !session.saved.has(path)
  if (isReplaced && !mayReplace)
    throw new UsageError(
      `\`${file}\` is there already: nothing was written`,
      `\`:save! ${argument}\` writes over it`,
    )
  try {
    write(path, pieces)
  } catch (error) {
    throw unreadable(file, error)
  }
  session.saved.add(path)
  const over = isReplaced ? ', in place of what was there' : ''
  const left = formatOf(file) === 'hocl' || formatOf(file) === 'hocl-json' ? 0 : rulesOf(session)
  const without = left === 0 ? '' : ', without the rules'
  shown.tell(`saved ${file}${over}${without}`)
}

function write(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w')
  try {
    for (const piece of pieces) writeSync(file, piece)
  } finally {
    closeSync(file)
  }
}

function piecesFor(file: string, session: Session): Iterable<string> {
  const format = formatOf(file)
  if (format === 'hocl') return programPieces(session)
  if (format === 'hocl-json') return [...pairsPieces(session.solution), '\n']
  const data = OUTPUT_FORMATS.find((each) => each === format)
  if (data !== undefined) return dataPieces(session.solution, data)
  throw new UsageError(
    `the name of \`${file}\` does not tell what to write`,
    `a program ends in .hocl, data in .json, .ndjson or .csv, all of the solution in .hocl.json`,
  )
}

function* programPieces(session: Session): Generator<string> {
  yield session.definitionsText
  yield* printed(session.solution, { isKnown: session.knownInProgram() })
  yield '\n'
}

function rulesOf(session: Session): number {
  return [...session.solution.contents().entries()].filter(([each]) => isRule(each)).length
}

/** `:host`: what a file exports can be called from now on. */
export async function hostFile(argument: string, session: Session, shown: Shown): Promise<void> {
  const file = named(argument, ':host')
  session.setHost(await hostOf([file]))
  shown.tell(`${file} can be called`)
}

/** The file that is named, which may stand in quotes as a shell would have it. */
function named(argument: string, command: string): string {
  if (argument === '') throw new UsageError(`\`${command}\` needs a file`)
  const [, , inside] = /^(["'])(.+)\1$/.exec(argument) ?? []
  return inside ?? argument
}
