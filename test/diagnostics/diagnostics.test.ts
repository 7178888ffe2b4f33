import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderAll } from '../../grammar/index.ts'
import { readDataSync } from '../../interpreter/data/read.ts'
import { DataError, formatOf } from '../../interpreter/index.ts'
import { Folder, hocl } from '../support/command-line.ts'
import {
  diagnosticGoldens,
  diagnosticsIn,
  fileBytes,
  unmet,
} from '../support/diagnostic-goldens.ts'
import type { DiagnosticGolden } from '../support/diagnostic-goldens.ts'

/*
 * Each program in this folder gets the diagnostics that it marks, and no others. How they look to a
 * person is kept beside it as a text, so that a change of words is seen in a diff.
 */

const goldens = diagnosticGoldens('HOCL').filter(({ code }) => !code.startsWith('HOCL1'))
const checked = goldens.filter(({ command }) => command === undefined)
const commanded = goldens.filter(({ command }) => command !== undefined)

describe('a program is told', () => {
  test.each(checked.map((golden) => [golden.name, golden] as const))('%s', async (name, golden) => {
    const diagnostics = diagnosticsIn(golden)
    expect(unmet(golden, diagnostics)).toEqual([])
    expect(golden.marks.map(({ code }) => code)).toContain(golden.code)
    const picture = name.replace(/\.hocl$/, '.txt')
    await expect(`${renderAll(diagnostics)}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, picture),
    )
  })
})

describe('a command is told', () => {
  test.concurrent.each(commanded.map((golden) => [golden.name, golden] as const))(
    '%s',
    async (_, golden) => {
      expect(golden.complaint?.code).toBe(golden.code)
      const { code, stderr } = await ended(golden)
      expect(stderr).toContain(`error[${golden.code}]`)
      expect(stderr).toContain(golden.complaint?.text)
      expect(stderr).not.toMatch(/\n\s+at /)
      expect(code).toBe(exitCodes.get(golden.code) ?? 1)
    },
  )
})

/** What ends a run that had begun, and what has no server. */
const exitCodes = new Map([
  ...['HOCL310', 'HOCL314', 'HOCL615', 'HOCL616'].map((code) => [code, 4] as const),
  ['HOCL503', 5],
])

async function ended({ text, files, command = [] }: DiagnosticGolden) {
  if (command[0] === 'read') return readBy(files, command[1] ?? '')
  using folder = new Folder({ 'program.hocl': text })
  for (const [name, content] of files) folder.write(name, fileBytes(content))
  // The program stands after the words and before the flags.
  const words = command.findIndex((word) => word.startsWith('-'))
  const at = words < 0 ? command.length : words
  const args = [...command.slice(0, at), 'program.hocl', ...command.slice(at)]
  return await hocl(args, { cwd: folder.path })
}

/** What the reader of data says that programs in JavaScript use; the command line asks before it. */
function readBy(files: ReadonlyMap<string, string>, given: string) {
  const [name = '', file = ''] = given.split('=')
  const text = new TextDecoder().decode(fileBytes(files.get(file) ?? ''))
  try {
    const batches = [...readDataSync([text], { format: formatOf(file) ?? 'txt', file, name })]
    return { code: 0, stderr: `read ${String(batches.length)} batches` }
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    return { code: 1, stderr: `error[${error.code}]: ${error.message}` }
  }
}
