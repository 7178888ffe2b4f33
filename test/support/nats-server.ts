import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A real nats-server of a test, with JetStream on a fresh folder. */
export interface NatsServer {
  readonly url: string
  /** Ends it, as `kill -9` does unless said otherwise; its folder stays. */
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again on the same port and folder. */
  start(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Where nats-server is; as root on Debian it is installed where it is not there. */
export function natsServerFile(): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin']
  const find = (): string | undefined =>
    folders.map((folder) => join(folder, 'nats-server')).find((file) => existsSync(file))
  const found = process.env['HOCL_NATS_BIN'] ?? find()
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const quiet = {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    } as const
    execFileSync('apt-get', ['update', '-qq'], quiet)
    execFileSync('apt-get', ['install', '-y', '-qq', 'nats-server'], quiet)
  }
  const installed = find()
  if (installed === undefined)
    throw new Error(
      'these tests need nats-server: `apt-get install nats-server`, or say where it is in HOCL_NATS_BIN',
    )
  return installed
}

/** Starts a server on a free port. */
export async function natsServer(): Promise<NatsServer> {
  const file = natsServerFile()
  const folder = mkdtempSync(join(tmpdir(), 'hocl-nats-'))
  const port = await freePort()
  const config = join(folder, 'server.conf')
  writeFileSync(
    config,
    `listen: "127.0.0.1:${String(port)}"\njetstream { store_dir: "${folder}/store" }\n`,
  )
  let child: ChildProcess | undefined
  const start = async (): Promise<void> => {
    child = await started(file, config)
  }
  const stop = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    if (child?.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child?.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  await start()
  return {
    url: `nats://127.0.0.1:${String(port)}`,
    start,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function started(file: string, config: string): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })
    let log = ''
    child.stderr.on('data', (data: Buffer) => {
      log += data.toString()
      if (log.includes('Server is ready')) resolve(child)
    })
    child.once('error', reject)
    child.once('exit', () => {
      reject(new Error(`nats-server has ended: ${log}`))
    })
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })
}
