import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A real nats-server of a test, with JetStream on a fresh folder. */
export interface NatsServer {
  readonly url: string
  /** The same over WebSocket; undefined where nobody asked for it. */
  readonly webUrl: string | undefined
  /** Its process, while it runs. */
  pid(): number | undefined
  /** Where its records are. */
  readonly folder: string
  /** How it is configured from its next start on. */
  configure(changed: Pick<ServerOptions, 'lines' | 'jetstream'>): void
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

/** How a server of a test is configured. */
export interface ServerOptions {
  readonly file?: string
  readonly port?: number
  /** It speaks WebSocket, too. */
  readonly hasWeb?: boolean
  /** More lines of its configuration, and more of its `jetstream` block. */
  readonly lines?: readonly string[]
  readonly jetstream?: readonly string[]
}

/** Starts a server on a free port. */
export async function natsServer(options: ServerOptions = {}): Promise<NatsServer> {
  const { file = natsServerFile(), port = await freePort(), jetstream = [] } = options
  const webPort = options.hasWeb === true ? await freePort() : undefined
  const folder = mkdtempSync(join(tmpdir(), 'hocl-nats-'))
  const config = join(folder, 'server.conf')
  const configure = ({ lines = [] }: ServerOptions, blocks: readonly string[]): void => {
    writeFileSync(
      config,
      [
        `listen: "127.0.0.1:${String(port)}"`,
        `jetstream { ${[`store_dir: "${folder}/store"`, ...blocks].join(', ')} }`,
        ...(webPort === undefined
          ? []
          : [`websocket { listen: "127.0.0.1:${String(webPort)}", no_tls: true }`]),
        ...lines,
        '',
      ].join('\n'),
    )
  }
  configure(options, jetstream)
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
    webUrl: webPort === undefined ? undefined : `ws://127.0.0.1:${String(webPort)}`,
    folder,
    pid: () => child?.pid,
    configure: (changed) => {
      configure({ ...options, ...changed }, changed.jetstream ?? jetstream)
    },
    start,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** So many servers of one group, each of which writes at once. */
export async function serverGroup(size: number): Promise<readonly NatsServer[]> {
  const file = newerServerFile()
  const each = Array.from({ length: size }, (_, i) => i)
  const ports = await Promise.all(each.map(() => freePort()))
  const routes = await Promise.all(each.map(() => freePort()))
  const known = routes.map((port) => `nats-route://127.0.0.1:${String(port)}`).join(', ')
  return Promise.all(
    ports.map((port, i) =>
      natsServer({
        file,
        port,
        jetstream: ['sync_interval: always'],
        lines: [
          `server_name: s${String(i + 1)}`,
          `cluster { name: group, listen: "127.0.0.1:${String(routes[i])}", routes: [${known}] }`,
        ],
      }),
    ),
  )
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

export function freePort(): Promise<number> {
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

/**
 * A nats-server of 2.10 or later, which knows `sync_interval` and is safe in groups: HOCL_NATS_NEWER, the one that
 * is installed if it is as new, or as root on Debian the package of the next release, unpacked beside the system.
 */
export function newerServerFile(): string {
  const named = process.env['HOCL_NATS_NEWER']
  if (named !== undefined) return named
  const installed = natsServerFile()
  if (isNew(installed)) return installed
  const folder = join(tmpdir(), 'hocl-nats-newer')
  const file = join(folder, 'usr/sbin/nats-server')
  if (!existsSync(file)) unpackNewer(folder)
  if (existsSync(file) && isNew(file)) return file
  throw new Error('these tests need nats-server 2.10 or later: say where it is in HOCL_NATS_NEWER')
}

function isNew(file: string): boolean {
  const told = execFileSync(file, ['--version'], { encoding: 'utf8' })
  const [major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(told)?.slice(1).map(Number) ?? []
  return major > 2 || (major === 2 && minor >= 10)
}

/** From the mirror that the system has, with lists of its own: nothing of the system changes. */
function unpackNewer(folder: string): void {
  const listed = readFileSync('/etc/apt/sources.list.d/debian.sources', 'utf8')
  const mirror = /^URIs:\s*(\S+)/m.exec(listed)?.[1] ?? ''
  for (const each of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(folder, each), { recursive: true })
  const list = join(folder, 'sources.list')
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg'
  writeFileSync(list, `deb [signed-by=${key}] ${mirror} trixie main\n`)
  const options = [
    `Dir::Etc::sourcelist=${list}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${folder}/lists`,
    `Dir::Cache=${folder}/cache`,
  ].flatMap((option) => ['-o', option])
  const quiet = { stdio: 'ignore', cwd: folder } as const
  execFileSync('apt-get', [...options, 'update'], quiet)
  execFileSync('apt-get', [...options, 'download', 'nats-server/trixie'], quiet)
  const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.deb'))
  execFileSync('dpkg', ['-x', archive, folder], quiet)
}
