import type { Project } from '../app/starting-project.ts'
import type { GalleryCard, LearnContent } from './content.ts'
import type { Progress } from './progress.ts'
import type { LearnSettings } from './settings.ts'
import type { Lesson } from './tour.ts'

/** What learning needs of the page: the program in the editor, and a way to put another one there. */
export interface Desk {
  readonly state: Project & { readonly result: { readonly text: string } | undefined }
  open(project: Project): void
  notify(text: string, tone?: 'plain' | 'trouble'): void
}

export interface LearningState {
  /** Absent until it is asked for. */
  readonly content: LearnContent | undefined
  /** The lesson that is open. */
  readonly lesson: Lesson | undefined
  /** What was in the editor before the first lesson or gallery program was put there. */
  readonly own: Project | undefined
  /** The lessons that are done, by name. */
  readonly done: ReadonlySet<string>
}

/** The tour and the gallery: what is open, and how far somebody has come. */
export class Learning {
  readonly #desk: Desk
  readonly #load: () => Promise<LearnContent>
  readonly #progress: Progress
  readonly #listeners = new Set<() => void>()
  #state: LearningState

  constructor(desk: Desk, load: () => Promise<LearnContent>, progress: Progress) {
    this.#desk = desk
    this.#load = load
    this.#progress = progress
    this.#state = {
      ...{ content: undefined, lesson: undefined },
      ...{ own: progress.own, done: progress.done },
    }
  }

  get state(): LearningState {
    return this.#state
  }

  /** Calls back after each change; gives what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #set(change: Partial<LearningState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  /** Opens the lesson where somebody was, or the first one; one that is open stays, whatever became of its program. */
  async openTour(): Promise<void> {
    const { lessons } = await this.content()
    if (this.#state.lesson !== undefined) return
    const { at } = this.#progress
    const lesson = lessons.find(({ name }) => name === at) ?? lessons[0]
    if (lesson !== undefined) await this.go(lesson.name)
  }

  /** Opens a lesson, with its program in the editor. */
  async go(name: string): Promise<void> {
    const { lessons } = await this.content()
    const lesson = lessons.find((each) => each.name === name)
    if (lesson === undefined) return
    this.#progress.at = name
    this.#set({ lesson })
    this.#put(lesson.program, lesson.settings)
  }

  /** The lesson is done, and the next one comes. */
  async next(): Promise<void> {
    const { lesson } = this.#state
    if (lesson !== undefined) this.#finish(lesson)
    const next = this.lessonBeside(1)
    if (next !== undefined) await this.go(next.name)
  }

  async previous(): Promise<void> {
    const previous = this.lessonBeside(-1)
    if (previous !== undefined) await this.go(previous.name)
  }

  /** So many lessons further on; undefined where there is none. */
  lessonBeside(step: number): Lesson | undefined {
    const { content, lesson } = this.#state
    if (content === undefined || lesson === undefined) return undefined
    return content.lessons[content.lessons.indexOf(lesson) + step]
  }

  /** The program of the lesson as it was. */
  reset(): void {
    const { lesson } = this.#state
    if (lesson !== undefined) this.#put(lesson.program, lesson.settings)
  }

  /** Makes the change that the lesson says to try. */
  tryChange(): void {
    const { lesson } = this.#state
    if (lesson !== undefined) this.#put(lesson.trial.program, lesson.settings)
  }

  /** To be called when a run has come to its result: one that the lesson tells of makes it done. */
  look(): void {
    const { lesson, done } = this.#state
    const { result } = this.#desk.state
    if (lesson === undefined || result === undefined || done.has(lesson.name)) return
    const isTold = [lesson.result, lesson.trial.result].some(
      (told) => plain(told) === plain(result.text),
    )
    if (isTold) this.#finish(lesson)
  }

  #finish({ name }: Lesson): void {
    const done = new Set(this.#state.done).add(name)
    this.#progress.done = done
    this.#set({ done })
  }

  /** Puts a program of the gallery into the editor. */
  async openProgram(path: string): Promise<void> {
    const { cards } = await this.content()
    const card = cards.find((each) => each.path === path)
    if (card === undefined) return
    this.#set({ lesson: undefined })
    this.#put(card.text, card.settings)
    this.#desk.notify(watchText(card))
  }

  /** Puts back what was in the editor before. */
  restore(): void {
    const { own } = this.#state
    if (own === undefined) return
    this.#progress.own = undefined
    this.#set({ own: undefined, lesson: undefined })
    this.#desk.open(own)
  }

  #put(text: string, settings: LearnSettings): void {
    const { files, settings: runs, perSecond } = this.#desk.state
    // A lesson that somebody plays with is not what they came with.
    if (this.#state.own === undefined) {
      const own = { files, settings: runs, perSecond }
      this.#progress.own = own
      this.#set({ own })
    }
    this.#desk.open(projectOf(text, settings))
  }

  /** All that there is to learn with, loaded once. */
  async content(): Promise<LearnContent> {
    const known = this.#state.content
    if (known !== undefined) return known
    const content = await this.#load()
    this.#set({ content })
    return content
  }
}

/** A program as the page runs it, slow enough to be followed. */
export function projectOf(
  text: string,
  { seed = 1, strategy = 'random', isStochastic, speed = 2, until }: LearnSettings,
): Project {
  return {
    files: [{ name: 'main.hocl', text: `${text.trimEnd()}\n` }],
    settings: {
      ...{ seed, strategy, isStochastic },
      limits: until === undefined ? {} : { until },
    },
    perSecond: speed,
  }
}

function watchText({ title, watch, settings }: GalleryCard): string {
  const end =
    settings.isEndless && settings.until === undefined
      ? ' It never ends by itself: stop it when you have seen enough.'
      : ''
  return `${title}. ${watch.charAt(0).toUpperCase()}${watch.slice(1)}${end}`
}

/** A result without what only its layout says. */
function plain(result: string): string {
  return result.replace(/\s+/g, '')
}
