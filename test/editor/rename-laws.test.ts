import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { edited, rename, Workspace } from '../../editor/index.ts'
import type { Document } from '../../editor/index.ts'
import { root } from '../../scripts/tools.ts'
import { standardModules } from '../../stdlib/index.ts'

/*
 * The names of the editor against those of the interpreter: where a rename missed a place, or took one too many,
 * the interpreter would say something new of the text.
 */

const folders = ['examples', 'test/conformance']

const programs: readonly (readonly [name: string, text: string])[] = [
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.hocl'))
      .map((name) => [name, readFileSync(join(root, folder, name), 'utf8')] as const),
  ),
  ...standardModules,
]

/** What the interpreter says, but for the names in it. */
function said(document: Document): readonly string[] {
  // A hint may well be about a name.
  const { diagnostics } = document.program
  return diagnostics.flatMap(({ code, severity }) => (severity === 'hint' ? [] : [code]))
}

test('what a program means does not hang on its names', () => {
  const wrong: string[] = []
  let count = 0
  for (const [name, text] of programs) {
    // Text that is not in NFC is changed where nothing is renamed.
    if (text !== text.normalize('NFC') || text.startsWith('\uFEFF')) continue
    const workspace = new Workspace()
    const document = workspace.update('file:///before.hocl', 1, text)
    const before = said(document)
    if (document.program.diagnostics.some(({ severity }) => severity === 'error')) continue
    let version = 0
    for (const declaration of document.names.declarations) {
      if (declaration.kind === 'module') continue
      const fresh = declaration.name.startsWith('ω') ? 'ωfresh9' : 'fresh9'
      const edits = rename(document, declaration.span.start, fresh)
      if ('refusal' in edits) continue
      version += 1
      count += 1
      const after = workspace.update(
        'file:///after.hocl',
        version,
        edited(text, edits.get(document.uri) ?? []),
      )
      if (said(after).join() !== before.join())
        wrong.push(`${name}: ${declaration.kind} ${declaration.name}: ${said(after).join()}`)
      if (wrong.length > 20) break
    }
  }
  expect(wrong).toEqual([])
  expect(count).toBeGreaterThan(500)
}, 120_000)
