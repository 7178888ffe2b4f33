import type { Command, Option } from 'commander'
import { standardModules } from '../../stdlib/index.ts'
import { codesWithPages } from '../pages.ts'
import { topics } from '../topics.ts'
import { shells } from './shells.ts'

/** What a word on the command line can become: some words, and files of a kind. */
export interface Argument {
  readonly words: readonly string[]
  readonly files: Files
}

/** Folders are always among them, as they lead to files. */
export type Files = 'none' | 'programs' | 'hosts' | 'folders' | 'all'

/** The suffixes of a kind of files; none for every file, undefined for none of them. */
export const suffixes: Readonly<Record<Files, readonly string[] | undefined>> = {
  none: undefined,
  programs: ['hocl'],
  hosts: ['ts', 'js', 'mjs', 'cjs', 'mts', 'cts'],
  folders: undefined,
  all: [],
}

/** A flag, with what can follow it. */
export interface Flag {
  /** `--seed`. */
  readonly long: string
  /** `-q`. */
  readonly short: string | undefined
  readonly summary: string
  /** Undefined for a flag without a value. */
  readonly value: Argument | undefined
  /** Whether its value stands behind `=` only, or is left out. */
  readonly isOptional: boolean
}

/** A command, with all that can follow it. */
export interface CommandWords {
  readonly name: string
  readonly summary: string
  readonly flags: readonly Flag[]
  readonly argument: Argument
}

/** All that can follow `hocl`. */
export interface ShellWords {
  readonly flags: readonly Flag[]
  readonly commands: readonly CommandWords[]
  /** The first word that is no flag: a command, or a program to run. */
  readonly first: Argument
}

const none: Argument = { words: [], files: 'none' }
const programs: Argument = { words: [], files: 'programs' }

/** What the arguments of each command are. */
function argumentsOf(names: readonly string[]): Readonly<Record<string, Argument>> {
  const modules = [...standardModules.keys()]
  return {
    run: programs,
    check: programs,
    fmt: programs,
    repl: programs,
    test: programs,
    plan: programs,
    explain: { words: codesWithPages(), files: 'none' },
    doc: { words: modules, files: 'programs' },
    init: { words: [], files: 'folders' },
    completion: { words: shells, files: 'none' },
    help: { words: [...topics.keys(), ...names], files: 'none' },
  }
}

/** What completes the value of a flag: a word of its list, or what its placeholder names, as in `--host <file>`. */
function valueOf({ long, flags, argChoices }: Option): Argument {
  if (argChoices !== undefined) return { words: argChoices, files: 'none' }
  if (long === '--host') return { words: [], files: 'hosts' }
  if (/file[>\]]/.test(flags)) return { words: [], files: 'all' }
  return /random[>\]]/.test(flags) ? { words: ['random'], files: 'none' } : none
}

/** What a program of commander can be called with. */
export function shellWords(program: Command): ShellWords {
  const names = program.commands.map((command) => command.name())
  const known = argumentsOf(names)
  return {
    flags: flagsOf(program),
    commands: program.commands.map((command) => ({
      name: command.name(),
      summary: command.summary(),
      flags: flagsOf(command),
      argument: known[command.name()] ?? none,
    })),
    first: { words: names, files: 'programs' },
  }
}

/** Its own, with those that commander adds. */
function flagsOf(command: Command): readonly Flag[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long }) => long !== undefined)
    .map(flagOf)
}

function flagOf(option: Option): Flag {
  const { long, short, flags, description, required, optional } = option
  // `--trace [=file]`, which commander takes for a flag without a value, has one behind `=`.
  const isOptional = !required && (optional || flags.includes('[='))
  return {
    long: long ?? '',
    short: short ?? undefined,
    summary: description,
    value: required || isOptional ? valueOf(option) : undefined,
    isOptional,
  }
}
