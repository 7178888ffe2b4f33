import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { commandFile } from './command.ts'

/** A node in a process of its own, as `hocl node` starts it, and what it has said. */
export interface NodeProcess {
  readonly child: ChildProcess
  readonly told: () => string
  readonly ended: Promise<number | null>
}

/** Resolves when the node is at the server. */
export function startedNode(
  url: string,
  name: string,
  more: readonly string[] = [],
): Promise<NodeProcess> {
  return new Promise((resolve, reject) => {
    const args = [commandFile(), 'node', '--nats', url, '--name', name, ...more]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let told = ''
    const ended = new Promise<number | null>((resolveEnd) => child.once('exit', resolveEnd))
    child.stderr.on('data', (data: Buffer) => {
      told += data.toString()
      if (told.includes('is at nats://')) resolve({ child, told: () => told, ended })
    })
    child.once('exit', () => {
      reject(new Error(`the node ${name} has ended: ${told}`))
    })
  })
}
