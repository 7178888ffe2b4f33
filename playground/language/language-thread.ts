/* The thread of the language service: typing never waits for it. */
import { LanguageService } from './language-service.ts'
import type { FromLanguage, ToLanguage } from './messages.ts'

/** What is used of a worker's global scope. */
interface WorkerScope {
  postMessage(message: FromLanguage): void
  addEventListener(type: 'message', listener: (event: { readonly data: ToLanguage }) => void): void
}

// In a worker this is what the global scope is; the types here are those of a page.
const scope = globalThis as unknown as WorkerScope

const service = new LanguageService()

scope.addEventListener('message', ({ data }) => {
  if (data.kind === 'texts') service.take(data.files)
  else scope.postMessage({ id: data.id, answered: service.answer(data.name, data.asked) })
})
