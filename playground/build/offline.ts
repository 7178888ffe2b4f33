import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/**
 * Writes the worker that keeps the page for times without a network. It knows the files of this build, and
 * gives them from what it has kept; another build is another worker, which fetches what is new.
 */
export const offline: Plugin = {
  name: 'offline',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const built = Object.values(bundle).filter(({ fileName }) => isKept(fileName))
      const hash = createHash('sha256')
      for (const each of built) hash.update(each.fileName).update(contentOf(each))
      for (const file of publicFiles()) hash.update(readFileSync(join(publicFolder, file)))
      const files = ['./', ...built.map(({ fileName }) => fileName), ...publicFiles()]
      const version = hash.digest('hex').slice(0, 16)
      this.emitFile({ type: 'asset', fileName: 'offline.js', source: workerText(version, files) })
    },
  },
}

const publicFolder = join(import.meta.dirname, '../public')

/** What is copied as it is. */
function publicFiles(): readonly string[] {
  return readdirSync(publicFolder).filter((name) => name.includes('.'))
}

/** Pages about codes are kept when they are read. */
function isKept(fileName: string): boolean {
  return fileName !== 'index.html' && !fileName.startsWith('codes/') && !fileName.endsWith('.map')
}

function contentOf(
  output:
    | { readonly type: 'chunk'; readonly code: string }
    | { readonly type: 'asset'; readonly source: string | Uint8Array },
): string | Uint8Array {
  return output.type === 'chunk' ? output.code : output.source
}

function workerText(version: string, files: readonly string[]): string {
  return `/* Keeps the page for times without a network. Written by the build. */
const version = 'hocl-${version}'
const files = ${JSON.stringify(files)}

addEventListener('install', (event) => {
  event.waitUntil(caches.open(version).then((kept) => kept.addAll(files)).then(() => skipWaiting()))
})

addEventListener('activate', (event) => {
  const forget = (name) => (name.startsWith('hocl-') && name !== version ? caches.delete(name) : false)
  event.waitUntil(caches.keys().then((names) => Promise.all(names.map(forget))).then(() => clients.claim()))
})

addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  event.respondWith(answer(request))
})

async function answer(request) {
  const kept = await caches.open(version)
  const found = await kept.match(request, { ignoreSearch: request.mode === 'navigate' })
  if (found !== undefined) return found
  const fetched = await fetch(request)
  if (fetched.ok && fetched.type === 'basic') await kept.put(request, fetched.clone())
  return fetched
}
`
}
