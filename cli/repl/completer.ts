import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { keywords } from '../../grammar/index.ts'
import { inside } from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { commandsFor, replCommands } from './commands.ts'
import type { Session } from './session.ts'

/** At most so many molecules are looked at for names: a prompt must not wait. */
const MOST_MOLECULES = 10_000

/** What the last word of a line could become: commands, files, and all names that mean something here. */
export function completions(line: string, session: Session): [string[], string] {
  const [, command, word] = /^\s*(:\S+)\s+(.*)$/.exec(line) ?? []
  if (/^\s*:\S*$/.test(line))
    return starting(
      line.trim(),
      replCommands.map(({ name }) => name),
    )
  if (command !== undefined && word !== undefined) {
    const [{ completes } = {}, ...others] = commandsFor(command)
    if (completes === 'file' && others.length === 0) return starting(word, files(word))
    if (typeof completes === 'object' && others.length === 0) return starting(word, completes)
  }
  const last = /[\p{L}_$][\p{L}\p{M}\p{Nd}_$'.]*$/u.exec(line)?.[0] ?? ''
  return last === '' ? [[], ''] : starting(last, names(session))
}

function starting(word: string, candidates: Iterable<string>): [string[], string] {
  return [[...new Set(candidates)].filter((candidate) => candidate.startsWith(word)).sort(), word]
}

/** With the quote that the word begins with, if it does. */
function files(given: string): readonly string[] {
  const [, quote = '', word = ''] = /^(["']?)(.*)$/s.exec(given) ?? []
  const folder = word.endsWith('/') ? word : dirname(word)
  const before = word.endsWith('/') ? word : folder === '.' ? '' : `${folder}/`
  try {
    return readdirSync(join('.', folder), { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.'))
      .map((entry) => `${quote}${before}${entry.name}${entry.isDirectory() ? '/' : ''}`)
  } catch {
    return []
  }
}

function* names(session: Session): Generator<string> {
  yield* keywords
  yield* session.host.functions.keys()
  yield* session.host.classes.keys()
  for (const [name, { functions, constants }] of session.host.namespaces) {
    for (const each of [...functions.keys(), ...constants.keys()]) yield `${name}.${each}`
  }
  yield* session.definitions.map(({ name }) => name)
  yield* namesIn(session.solution)
}

/** Symbols and rules that float in the solution, at any depth. */
function* namesIn(solution: Molecule): Generator<string> {
  const waiting: Molecule[] = [solution]
  let seen = 0
  for (
    let next = waiting.pop();
    next !== undefined && seen < MOST_MOLECULES;
    next = waiting.pop(), seen++
  ) {
    if (typeof next !== 'object') continue
    if (next.kind === 'symbol') yield next.name
    if (next.kind === 'rule' && next.shape.name !== undefined) yield next.shape.name
    if (next.kind !== 'rule') for (const inner of inside(next) ?? []) waiting.push(inner)
  }
}
