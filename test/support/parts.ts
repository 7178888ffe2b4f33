import { spawnSync } from 'node:child_process'

/*
 * The programs of the system that tests use beside Node. They are installed before the first test where
 * that can be done; without them the tests of them are left out, but for continuous integration, where
 * they then fail.
 */

/** The Debian packages that hold them, by the command. */
const packages = {
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  script: 'bsdutils',
  chromium: 'chromium fonts-dejavu-core',
  nvim: 'neovim',
} as const

export type Part = keyof typeof packages

const probes: Readonly<Record<Part, readonly string[]>> = {
  bash: ['-c', 'true'],
  zsh: ['-c', 'true'],
  fish: ['-c', 'true'],
  // Not every system has it in this form.
  script: ['-qec', 'true', '/dev/null'],
  chromium: ['--version'],
  nvim: ['--version'],
}

const isCI = process.env['CI'] === 'true'

/** Whether the tests of a part are to be left out: it is not there, and that is no fault here. */
export function isAbsent(part: Part): boolean {
  return !isCI && !isThere(part)
}

/** The parts that are not there. */
export function missingParts(): readonly Part[] {
  return (Object.keys(packages) as Part[]).filter((part) => !isThere(part))
}

/** What to do about missing parts. */
export function advice(parts: readonly Part[]): string {
  return `some tests need ${parts.join(', ')}: apt-get install ${names(parts).join(' ')}`
}

/** Vitest calls this before all tests. */
export function setup(): void {
  const missing = missingParts()
  if (missing.length === 0) return
  if (process.getuid?.() === 0) {
    const flags = ['install', '--yes', '--no-install-recommends', ...names(missing)]
    // The lists of packages may be absent or old.
    if (!runs('apt-get', flags) && runs('apt-get', ['update'])) runs('apt-get', flags)
  }
  const still = missingParts()
  if (still.length > 0) process.stderr.write(`${advice(still)}\n`)
}

function isThere(part: Part): boolean {
  return runs(part, probes[part])
}

function names(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => packages[part].split(' '))
}

function runs(command: string, flags: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, flags, { env, timeout: 300_000, stdio: 'ignore' }).status === 0
}
