import { spawn } from 'node:child_process'
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { commandFile } from './command.ts'

/** How a command ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

export interface Given {
  /** The file to start, if not the command of the checkout. */
  readonly command?: string
  readonly cwd?: string
  readonly input?: string
  /** Whether the input goes on: what is written to it is up to the test. */
  readonly isOpen?: boolean
  readonly env?: Readonly<Record<string, string>>
}

/** Runs `hocl` with these arguments in a process of its own, to its end. */
export function hocl(args: readonly string[], given: Given = {}): Promise<Ended> {
  return ended(started(args, given))
}

/** A `hocl` that goes on, for signals and pipes. */
export function started(
  args: readonly string[],
  { command = commandFile(), cwd, input, isOpen = false, env }: Given = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [command, ...args], {
    ...(cwd !== undefined && { cwd }),
    // What the machine says about colour and history is not ours to test.
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '0', HOCL_HISTORY: '', ...env },
  })
  if (input !== undefined) child.stdin.end(input)
  else if (!isOpen) child.stdin.end()
  return child
}

export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr })
    })
  })
}

/** Resolves when a child has written a text, to either stream. */
export function written(child: ChildProcess, text: string): Promise<void> {
  let seen = ''
  return new Promise((resolve) => {
    const look = (piece: Buffer | string): void => {
      seen += piece.toString()
      if (!seen.includes(text)) return
      child.stdout?.off('data', look)
      child.stderr?.off('data', look)
      resolve()
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
  })
}

/** A folder with these files, taken away with `[Symbol.dispose]`. */
export class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'hocl-cli-'))

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [name, text] of Object.entries(files)) this.write(name, text)
  }

  write(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true })
    writeFileSync(join(this.path, name), text)
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}
