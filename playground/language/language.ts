import type { FromLanguage, QuestionName, Questions, ToLanguage } from './messages.ts'
import type { SourceFile } from '../session/messages.ts'

/** What is used of a web worker. */
export interface LanguageWorker {
  postMessage(message: ToLanguage): void
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: FromLanguage }) => void,
  ): void
}

/** The page's end of the language service. */
export class Language {
  readonly #worker: LanguageWorker
  readonly #waiting = new Map<number, (answered: unknown) => void>()
  readonly #texts = new Map<string, { readonly text: string; readonly version: number }>()
  #last = 0
  #version = 0

  constructor(worker: LanguageWorker) {
    this.#worker = worker
    worker.addEventListener('message', ({ data: { id, answered } }) => {
      this.#waiting.get(id)?.(answered)
      this.#waiting.delete(id)
    })
  }

  /** The files as they are now; questions from here on are about these. */
  take(files: readonly SourceFile[]): void {
    for (const { name, text } of files)
      if (this.#texts.get(name)?.text !== text)
        this.#texts.set(name, { text, version: ++this.#version })
    for (const name of this.#texts.keys())
      if (!files.some((file) => file.name === name)) this.#texts.delete(name)
    this.#worker.postMessage({
      kind: 'texts',
      files: [...this.#texts].map(([name, known]) => ({ name, ...known })),
    })
  }

  ask<Name extends QuestionName>(
    name: Name,
    asked: Questions[Name]['asked'],
  ): Promise<Questions[Name]['answered']> {
    const id = ++this.#last
    return new Promise((resolve) => {
      // What is answered to a question is of its type.
      this.#waiting.set(id, resolve as (answered: unknown) => void)
      this.#worker.postMessage({ kind: 'ask', id, name, asked })
    })
  }
}
