import { LARGEST_DEPTH } from '../../interpreter/index.ts'
import type { Host, Limits, Strategy } from '../../interpreter/index.ts'
import type { Machine } from '../machine.ts'
import { STRATEGIES } from '../reactor/options.ts'
import { ProgramError, parseFor } from '../reactor/program.ts'
import type { Program } from '../reactor/program.ts'
import { SnapshotError } from './error.ts'
import { Field } from './field.ts'
import { readMachine } from './machine-reader.ts'
import { machineForm } from './machine-writer.ts'
import { checksumOf } from './plain.ts'
import type { Plain } from './plain.ts'
import { ShapeReader, ShapeWriter } from './shapes.ts'

/** What this version writes, and the newest that it reads. */
const VERSION = 1
const FORMAT = 'hocl-snapshot'

/**
 * A reactor at one moment, as plain JSON: whatever machine or browser it is restored on, the rest of the run
 * is the same. `checksum` is for accidents, not for enemies.
 */
export interface Snapshot {
  readonly format: typeof FORMAT
  readonly version: number
  readonly checksum: string
  readonly program: Plain
  readonly run: Plain
  readonly machine: Plain
}

/** How a run goes on. */
export interface Running {
  readonly seed: number
  readonly strategy: Strategy
  readonly limits: Limits
}

/** The state of a machine between two of its reactions. */
export function snapshotOf(machine: Machine, program: Program, running: Running): Snapshot {
  const shapes = new ShapeWriter(program)
  const form = machineForm(machine, shapes)
  const { source } = program.lowered
  const { seed, strategy, limits } = running
  const content = {
    format: FORMAT,
    version: VERSION,
    program: {
      name: source.name,
      text: source.text,
      modules: [...program.modules].flat(),
      ...shapes.form,
    },
    run: { seed, strategy, limits: Object.fromEntries(Object.entries(limits)) as Plain },
    machine: form,
  } as const
  return { ...content, checksum: checksumOf(content) }
}

/** A snapshot that was looked at: its program is read, and a machine can be made of it. */
export class Restorable {
  readonly program: Program
  readonly running: Running
  readonly #whole: Field

  constructor(whole: Field, program: Program) {
    this.#whole = whole
    this.program = program
    this.running = runningOf(whole.named('run'))
  }

  /** Puts what was there into a machine that is still empty. */
  fill(machine: Machine): void {
    const { program } = this
    fitting(() => {
      const shapes = new ShapeReader(program, this.#whole.named('program'))
      readMachine(this.#whole.named('machine'), machine, { program, shapes })
    })
  }
}

/** Reads a snapshot as it was given, or as its JSON text. Throws a `SnapshotError` where it is none. */
export function readSnapshot(snapshot: unknown, host: Host): Restorable {
  const whole = new Field(typeof snapshot === 'string' ? parsed(snapshot) : snapshot, '')
  checkWhole(whole)
  return new Restorable(whole, programOf(whole.named('program'), host))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SnapshotError('malformed', 'this is no JSON, or not all of it', { cause })
  }
}

function checkWhole(whole: Field): void {
  if (whole.named('format').value !== FORMAT)
    throw new SnapshotError('malformed', 'this is no snapshot of a reactor')
  const version = whole.named('version').int()
  if (version > VERSION)
    throw new SnapshotError(
      'newer',
      `its version is ${String(version)}, and ${String(VERSION)} is the newest known here`,
      {
        place: 'version',
      },
    )
  if (whole.named('checksum').text() !== checksumOf(whole.value, 'checksum'))
    throw new SnapshotError('altered', 'its checksum is that of another snapshot', {
      place: 'checksum',
    })
}

function programOf(form: Field, host: Host): Program {
  const modules = new Map<string, string>()
  const texts = form
    .named('modules')
    .items()
    .map((text) => text.text())
  for (let at = 0; at + 1 < texts.length; at += 2) modules.set(texts[at] ?? '', texts[at + 1] ?? '')
  try {
    return parseFor(host, form.named('text').text(), { name: form.named('name').text(), modules })
  } catch (cause) {
    if (!(cause instanceof ProgramError)) throw cause
    throw new SnapshotError('program', `its program is none here: ${cause.message}`, {
      place: form.path,
      cause,
    })
  }
}

function runningOf(form: Field): Running {
  const limits = form.named('limits')
  const bounds = Object.entries(limits.value ?? {}).map(
    ([name]) => [name, limits.named(name).number()] as const,
  )
  return {
    seed: form.named('seed').int(Number.MIN_SAFE_INTEGER),
    strategy: form.named('strategy').oneOf(STRATEGIES),
    limits: {
      ...(Object.fromEntries(bounds) as Partial<Limits>),
      depth: limits.named('depth').int(1, LARGEST_DEPTH),
    },
  }
}

/** Whatever goes wrong with parts that do not fit each other is wrong with the snapshot. */
function fitting(read: () => void): void {
  try {
    read()
  } catch (cause) {
    if (cause instanceof SnapshotError) throw cause
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new SnapshotError('malformed', `its parts do not fit each other: ${message}`, { cause })
  }
}
