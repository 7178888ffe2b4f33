import { readMarkdown, wordsOf } from './markdown.ts'
import type { Block, Inline } from './markdown.ts'
import { settingsIn } from './settings.ts'
import type { LearnSettings } from './settings.ts'

/** A lesson: one small idea, a program that shows it, and something to try. */
export interface Lesson {
  /** `03-the-largest`, as its file is called: what progress is kept by and links name. */
  readonly name: string
  /** From 1. */
  readonly number: number
  readonly title: string
  /** What is said before the program, and after it. */
  readonly before: readonly Block[]
  readonly after: readonly Block[]
  readonly program: string
  readonly settings: LearnSettings
  /** What comes out, as it prints. */
  readonly result: string
  readonly trial: Trial
  /** Where to go from here. */
  readonly links: readonly (readonly Inline[])[]
}

/** A change to the program, and what comes out then. */
export interface Trial {
  /** Stands in the program once. */
  readonly from: string
  readonly to: string
  /** The changed program. */
  readonly program: string
  readonly content: readonly Inline[]
  readonly result: string
}

/** The lessons of a tour in their order, from texts by the names of their files, `tour/03-the-largest.md`. */
export function tourOf(texts: Readonly<Record<string, string>>): readonly Lesson[] {
  return Object.keys(texts)
    .sort()
    .map((path) => lessonOf(path, texts[path] ?? ''))
}

/**
 * Reads a lesson: a title, text, a program marked `hocl` with its settings, its result marked `text`, more text, and
 * then, under `Try`, “Change `this` to `that`” with the result of that, and under `Go on` a list of links. Throws where a
 * part is missing.
 */
export function lessonOf(path: string, text: string): Lesson {
  const name = path.replace(/^.*\//, '').replace(/\.md$/, '')
  const missing = (what: string): Error => new Error(`${path}: there is no ${what}`)
  const [heading, ...blocks] = readMarkdown(text)
  if (heading?.kind !== 'heading' || heading.depth !== 1) throw missing('title')

  const { lead, sections } = parted(blocks)
  const at = lead.findIndex((block) => isCode(block, 'hocl'))
  const [program, result, ...after] = lead.slice(at)
  if (at < 0 || program?.kind !== 'code') throw missing('program')
  if (result === undefined || !isCode(result, 'text')) throw missing('result')

  const [links] = sections.get('Go on') ?? []
  if (links?.kind !== 'list') throw missing('way to go on')
  return {
    name,
    number: Number(/^\d+/.exec(name)?.[0]),
    title: heading.text,
    before: lead.slice(0, at),
    after,
    program: program.text,
    settings: settingsIn(program.about.replace(/^hocl/, '')),
    result: result.text,
    trial: trialOf(sections.get('Try') ?? [], program.text, missing),
    links: links.items,
  }
}

/** What stands before the first heading of the second order, and what stands below each of them. */
function parted(blocks: readonly Block[]): {
  readonly lead: readonly Block[]
  readonly sections: ReadonlyMap<string, readonly Block[]>
} {
  const lead: Block[] = []
  const sections = new Map<string, Block[]>()
  let into = lead
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      into.push(block)
      continue
    }
    into = []
    sections.set(block.text, into)
  }
  return { lead, sections }
}

/** “Change `this` to `that`. …”, and what comes out. */
function trialOf(
  [says, result]: readonly Block[],
  program: string,
  missing: (what: string) => Error,
): Trial {
  if (says?.kind !== 'paragraph') throw missing('change to try')
  if (result === undefined || !isCode(result, 'text')) throw missing('result of the change')
  const [change, from, to_, to] = says.content
  if (change === undefined || wordsOf([change]) !== 'Change ') throw missing('`Change `')
  if (
    from?.kind !== 'code' ||
    to_ === undefined ||
    wordsOf([to_]) !== ' to ' ||
    to?.kind !== 'code'
  )
    throw missing('“Change `this` to `that`”')
  if (program.split(from.text).length !== 2)
    throw missing(`one place in the program that says ${from.text}`)
  return {
    from: from.text,
    to: to.text,
    // With a function, as a text to put in may have signs that mean something, such as `$`.
    program: program.replace(from.text, () => to.text),
    content: says.content,
    result: result.text,
  }
}

function isCode(block: Block, language: string): block is Block & { readonly kind: 'code' } {
  return block.kind === 'code' && block.about.split(' ')[0] === language
}
