import { settingsIn } from './settings.ts'
import type { LearnSettings } from './settings.ts'

/** A program of the gallery, with what its first comment says. */
export interface GalleryProgram {
  /** `classics/sieve`: what links name. */
  readonly path: string
  readonly group: string
  readonly name: string
  readonly title: string
  /** What happens, in a sentence. */
  readonly sentence: string
  /** What to look at. */
  readonly watch: string
  readonly settings: LearnSettings
  /** The program as it stands in the file, with its comments. */
  readonly text: string
}

/** Programs of one sort. */
export interface GalleryGroup {
  /** The name of its folder. */
  readonly name: string
  readonly title: string
  readonly sentence: string
}

/** The groups, in the order in which they are shown. */
export const galleryGroups: readonly GalleryGroup[] = [
  {
    name: 'classics',
    title: 'Classics',
    sentence: 'The programs that every chemical language begins with.',
  },
  {
    name: 'higher-order',
    title: 'Higher order',
    sentence: 'Rules that move, make, exchange and eat rules.',
  },
  {
    name: 'multiplicities',
    title: 'Multiplicities',
    sentence: 'Many copies, fewer than none, and more than can be counted.',
  },
  {
    name: 'workflows',
    title: 'Workflows',
    sentence: 'Tasks that begin when what they need is there, and nobody conducts.',
  },
  {
    name: 'autonomic',
    title: 'Autonomic',
    sentence: 'Systems that heal, balance and protect themselves.',
  },
  {
    name: 'kinetics',
    title: 'Kinetics',
    sentence: 'Rules with rates, by chance and in time.',
  },
  {
    name: 'particles',
    title: 'Particles',
    sentence: 'Chemistry done in chemistry, and what is below it.',
  },
  {
    name: 'quantum',
    title: 'Quantum',
    sentence: 'Amplitudes that meet, and sometimes cancel out.',
  },
  {
    name: 'puzzles',
    title: 'Puzzles',
    sentence: 'Questions that answer themselves.',
  },
]

/** The programs of the gallery by group and title, from texts by their paths, `gallery/classics/sieve.hocl`. */
export function galleryOf(texts: Readonly<Record<string, string>>): readonly GalleryProgram[] {
  const order = galleryGroups.map(({ name }) => name)
  return Object.entries(texts)
    .map(([path, text]) => galleryProgram(path, text))
    .sort(
      (a, b) =>
        order.indexOf(a.group) - order.indexOf(b.group) || a.title.localeCompare(b.title, 'en'),
    )
}

/**
 * Reads the comment at the head of a program: a line with the title, an empty one, a sentence, and then what to look at
 * behind `Watch:` and how to run it behind `Run:`. Throws where a part is missing.
 */
export function galleryProgram(path: string, text: string): GalleryProgram {
  const [, group = '', name = ''] = /([^/]+)\/([^/]+)\.hocl$/.exec(path) ?? []
  if (!galleryGroups.some((each) => each.name === group)) throw new Error(`${path}: no such group`)
  const [title = '', ...lines] = headOf(text)
  const parts = { says: '', Watch: '', Run: '' }
  let part: keyof typeof parts = 'says'
  for (const line of lines) {
    const [, mark, rest] = /^(Watch|Run): (.*)$/.exec(line) ?? []
    if (mark === 'Watch' || mark === 'Run') part = mark
    parts[part] = `${parts[part]} ${rest ?? line}`.trim()
  }
  for (const [what, said] of Object.entries({ title, sentence: parts.says, watch: parts.Watch }))
    if (said === '') throw new Error(`${path}: its first comment has no ${what}`)
  return {
    path: `${group}/${name}`,
    ...{ group, name, title, text },
    sentence: parts.says,
    watch: parts.Watch,
    settings: settingsIn(parts.Run),
  }
}

/** Those whose title, sentence, group or text hold every word that is looked for. */
export function galleryWith<P extends GalleryProgram>(
  programs: readonly P[],
  words: string,
): readonly P[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return programs.filter(({ title, sentence, watch, path, text }) => {
    const all = `${title} ${sentence} ${watch} ${path} ${text}`.toLowerCase()
    return wanted.every((word) => all.includes(word))
  })
}

/** The lines of the comment that a program begins with, without their marks. */
function headOf(text: string): readonly string[] {
  const lines = text.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('//'))
  return lines.slice(0, end).map((line) => line.slice(2).trim())
}
