import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { Option } from 'commander'
import { canSyncAlways, guaranteeText } from '../../distribution/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { makeFolder } from '../folders.ts'
import { common, count } from '../options.ts'
import { report } from '../report.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { linkTo } from './link.ts'

/** An installed nats-server, and where we learnt of it. */
interface FoundServer {
  readonly file: string
  readonly from: string
  readonly version: string
}

interface Flags {
  readonly natsBin?: string
  readonly port?: number
  readonly data?: string
}

const PORT = 4222
/** Monitoring ports are so much higher: 8222 for 4222. */
const MONITOR = 4000

/** `hocl cluster server`: starts the nats-server of this machine so that nothing acknowledged is lost. */
export function defineServer(command: Command, terminal: Terminal): void {
  common(command)
    .addOption(
      new Option(
        '--nats-bin <file>',
        'which nats-server (default: HOCL_NATS_BIN, or as installed)',
      ),
    )
    .addOption(count('--port <n>', 'where it listens, on this machine (default: 4222)', 61_535))
    .addOption(new Option('--data <folder>', 'where it keeps records (default: hocl-nats)'))
    .action(async (flags: Flags) => {
      try {
        process.exitCode = await serve(flags, terminal)
      } catch (error) {
        process.exitCode = report(error, terminal)
      }
    })
}

async function serve(
  { natsBin, port = PORT, data = 'hocl-nats' }: Flags,
  terminal: Terminal,
): Promise<number> {
  const found = foundServer(natsBin)
  if (found === undefined) return await otherServer(terminal)
  const { file, from, version } = found
  terminal.tell(`${file} (${from}), nats-server ${version}`)
  const child = await started(file, configFile({ port, data, version }))
  const url = `nats://127.0.0.1:${String(port)}`
  const link = await linkTo(url, () => undefined)
  const facts = await link.facts(`http://127.0.0.1:${String(port + MONITOR)}`)
  await link.close()
  for (const line of guaranteeText(facts)) terminal.tell(line)
  terminal.print(url)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  await new Promise((ended) => child.once('exit', ended))
  terminal.tell('the server has ended')
  return exitCodes.success
}

/** Where no nats-server is installed, the one that the surroundings name does. */
async function otherServer(terminal: Terminal): Promise<number> {
  const url = process.env['NATS_URL']
  if (url === undefined || url === '')
    throw new UsageError(
      'there is no nats-server on this machine',
      'install it (`apt-get install nats-server`), or say where it is with `--nats-bin` or HOCL_NATS_BIN',
    )
  terminal.tell(`no nats-server is installed here: the one at ${url} is taken (NATS_URL)`)
  const link = await linkTo(url, () => undefined)
  for (const line of guaranteeText(await link.facts())) terminal.tell(line)
  await link.close()
  terminal.print(url)
  return exitCodes.success
}

/** By a flag, a variable, the path, and where Debian puts it. */
export function foundServer(given: string | undefined): FoundServer | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const named = [
    [given, '--nats-bin'],
    [process.env['HOCL_NATS_BIN'], 'HOCL_NATS_BIN'],
  ] as const
  for (const [file, from] of named) {
    if (file === undefined || file === '') continue
    if (!existsSync(file)) throw new UsageError(`there is no file \`${file}\``, `of ${from}`)
    return { file, from, version: versionOf(file) }
  }
  const inPath = folders.map((folder) => join(folder, 'nats-server'))
  for (const file of [...inPath, '/usr/sbin/nats-server'])
    if (existsSync(file))
      return { file, from: inPath.includes(file) ? 'PATH' : '/usr/sbin', version: versionOf(file) }
  return undefined
}

function versionOf(file: string): string {
  const told = execFileSync(file, ['--version'], { encoding: 'utf8' })
  const version = /v?(\d+\.\d+\.\d+)/.exec(told)?.[1]
  if (version !== undefined) return version
  throw new UsageError(`\`${file}\` is no nats-server`, `it says of itself: ${told.slice(0, 80)}`)
}

function configFile({
  port,
  data,
  version,
}: {
  readonly port: number
  readonly data: string
  readonly version: string
}): string {
  const folder = resolve(data)
  makeFolder(folder)
  const sync = canSyncAlways(version) ? ', sync_interval: always' : ''
  const file = join(folder, 'nats-server.conf')
  writeFileSync(
    file,
    [
      `listen: "127.0.0.1:${String(port)}"`,
      `http: "127.0.0.1:${String(port + MONITOR)}"`,
      `jetstream { store_dir: ${JSON.stringify(join(folder, 'store'))}${sync} }`,
      '',
    ].join('\n'),
  )
  return file
}

function started(file: string, config: string): Promise<ChildProcess> {
  return new Promise((resolveStart, reject) => {
    const child = spawn(file, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })
    let log = ''
    const hear = (data: Buffer): void => {
      log = `${log}${data.toString()}`.slice(-10_000)
      if (log.includes('Server is ready')) resolveStart(child)
    }
    child.stderr.on('data', hear)
    child.once('exit', () => {
      const last = log.trim().split('\n').at(-1) ?? ''
      reject(new UsageError('the nats-server has ended at once', last))
    })
  })
}
