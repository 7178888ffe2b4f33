import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, extname, join, normalize, sep } from 'node:path'

/** A folder of files that a browser can be pointed at. */
export interface StaticServer extends AsyncDisposable {
  readonly url: string
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.webmanifest': 'application/manifest+json',
}

/*
 * What a page of ours may do: its scripts, and those of its workers, make no code of texts. Only the frame that
 * speaks to a server connects to anything else, and it narrows that to the one that was typed in.
 */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data: blob:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

function policyOf(path: string): string {
  const connections = basename(path) === 'server.html' ? "'self' ws: wss:" : "'self'"
  return `${policy}; connect-src ${connections}`
}

/** Serves the files of a folder to this machine only. Port 0 means any that is free. */
export async function serveFolder(folder: string, port: number): Promise<StaticServer> {
  const server = createServer((request, response) => {
    answer(folder, request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const used = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://127.0.0.1:${String(used)}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET' } = request
  if (method !== 'GET' && method !== 'HEAD') {
    refuse(response, 405)
    return
  }
  const file = fileFor(folder, request.url ?? '/')
  if (file === undefined) {
    refuse(response, 404)
    return
  }
  const isHashed = /-[\w-]{8}\.\w+$/.test(file.path)
  response.writeHead(200, {
    'Content-Type': types[extname(file.path)] ?? 'application/octet-stream',
    'Content-Length': file.size,
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Content-Security-Policy': policyOf(file.path),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
  if (method === 'HEAD') response.end()
  else
    createReadStream(file.path)
      .on('error', () => response.destroy())
      .pipe(response)
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain' })
  response.end(status === 404 ? 'There is no such file.\n' : 'Files are only read here.\n')
}

/** The file that an address means, inside the folder only. */
function fileFor(
  folder: string,
  address: string,
): { readonly path: string; readonly size: number } | undefined {
  try {
    const { pathname } = new URL(address, 'http://localhost')
    const path = normalize(join(folder, decodeURIComponent(pathname)))
    const wanted = pathname.endsWith('/') ? join(path, 'index.html') : path
    if (!wanted.startsWith(normalize(folder) + sep) || wanted.includes('\0')) return undefined
    const found = statSync(wanted)
    return found.isFile() ? { path: wanted, size: found.size } : undefined
  } catch {
    return undefined
  }
}
