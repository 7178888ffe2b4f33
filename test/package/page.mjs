/*
 * A thread of Node that looks like one of a browser: nothing of Node is in reach, and web workers can be
 * started. It loads the module that it is told to. Where that exports `foundInBrowser`, what it gives is posted.
 */
import { Worker, parentPort, workerData } from 'node:worker_threads'

const port = parentPort
const posted = (message) => port.postMessage(message)

globalThis.postMessage = posted
globalThis.addEventListener = (type, listener) => {
  if (type === 'message') port.on('message', (data) => listener({ data }))
}
globalThis.Worker = class {
  #thread
  constructor(url) {
    const data = { module: url.href, foreign: workerData.foreign }
    this.#thread = new Worker(new URL(import.meta.url), { workerData: data, execArgv: [] })
  }
  postMessage(message) {
    this.#thread.postMessage(message)
  }
  addEventListener(type, listener) {
    const event = (given) => (type === 'error' ? { message: String(given) } : { data: given })
    this.#thread.on(type, (given) => listener(event(given)))
  }
  terminate() {
    void this.#thread.terminate()
  }
}

const { module, foreign } = workerData
for (const name of foreign)
  if (!delete globalThis[name] || name in globalThis) throw new Error(`${name} is still there`)

const { foundInBrowser } = await import(module)
if (foundInBrowser !== undefined) posted(await foundInBrowser())
