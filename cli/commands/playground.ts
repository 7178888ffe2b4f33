import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { Option } from 'commander'
import { count, common } from '../options.ts'
import { serveFolder } from '../playground/static-server.ts'
import type { StaticServer } from '../playground/static-server.ts'
import { Interruption } from '../run/interruption.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

/** `hocl playground`: the playground on this machine, which needs no network. */
export function define(command: Command, terminal: Terminal): void {
  common(command)
    .addOption(count('--port <n>', 'listen here (default: any port that is free)', 65_535))
    .addOption(new Option('--open', 'open it in the browser'))
    .addHelpText('after', examples)
    .action(async ({ port = 0, open = false }: Flags) => {
      const interruption = new Interruption()
      await using server = await serve(folder(), port)
      terminal.print(server.url)
      terminal.tell('Ctrl-C ends it')
      if (open) openInBrowser(server.url, terminal)
      await aborted(interruption.signal)
    })
}

interface Flags {
  readonly port?: number
  readonly open?: boolean
}

const examples = `
Examples:
  hocl playground --open           write programs in the browser, and see them react
  hocl playground --port 8080      at http://127.0.0.1:8080/

It is served to this machine only, and works without a network.`

/** Beside the command where it is installed; in a checkout it is built first. */
function folder(): string {
  const found = ['../playground', '../../dist/playground']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find(
      (path) => existsSync(join(path, 'index.html')) && existsSync(join(path, 'server-policy.js')),
    )
  if (found === undefined)
    throw new UsageError('the playground is not built', 'run `npm run playground:build` first')
  return found
}

async function serve(path: string, port: number): Promise<StaticServer> {
  try {
    return await serveFolder(path, port)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE')
      throw new UsageError(`port ${String(port)} is taken`, 'give another `--port`, or none')
    if (code === 'EACCES')
      throw new UsageError(`port ${String(port)} is not for everyone`, 'give one above 1023')
    throw error
  }
}

/** With what the system opens addresses with. */
function openInBrowser(url: string, terminal: Terminal): void {
  const { platform } = process
  const program = platform === 'win32' ? 'cmd' : platform === 'darwin' ? 'open' : 'xdg-open'
  const args = platform === 'win32' ? ['/c', 'start', '', url] : [url]
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {
    terminal.complain(`no browser was found: open ${url} yourself`)
  })
  child.unref()
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else
      signal.addEventListener('abort', () => {
        resolve()
      })
  })
}
