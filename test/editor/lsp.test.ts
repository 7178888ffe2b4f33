import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LspClient, Refused } from '../support/lsp-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'hocl-lsp-'))
const uri = pathToFileURL(join(folder, 'main.hocl')).href
const textDocument = { uri }
const maximum = 'let max = replace x, y by x if x >= y in\n<1, 2, max>\n'

let client: LspClient

beforeEach(() => {
  client = new LspClient()
})

afterEach(() => {
  client.kill()
})

/** What is wrong with a version of the text. */
async function findings(version: number): Promise<readonly Record<string, unknown>[]> {
  const params = (await client.heard(
    'textDocument/publishDiagnostics',
    (said: { readonly uri: string; readonly version?: number }) =>
      said.uri === uri && said.version === version,
  )) as { readonly diagnostics: readonly Record<string, unknown>[] }
  return params.diagnostics
}

function at(line: number, character: number): object {
  return { textDocument, position: { line, character } }
}

test('a session: hello, a mistake, its mending, goodbye', async () => {
  const { capabilities } = await client.start()
  expect(capabilities).toMatchObject({ hoverProvider: true, textDocumentSync: { change: 2 } })
  client.open(uri, '<1, replace x by x if x > 1 & x < 3>')
  const [mistake] = await findings(1)
  expect(mistake).toMatchObject({
    code: 'HOCL102',
    severity: 1,
    source: 'hocl',
    range: { start: { line: 0, character: 28 }, end: { line: 0, character: 29 } },
  })
  const { href } = mistake?.['codeDescription'] as { readonly href: string }
  expect(readFileSync(fileURLToPath(href), 'utf8')).toContain('# HOCL102')
  const [action] = (await client.ask('textDocument/codeAction', {
    textDocument,
    range: mistake?.['range'],
    context: { diagnostics: [mistake] },
  })) as readonly object[]
  expect(action).toMatchObject({
    title: 'Write `&&`',
    kind: 'quickfix',
    edit: { changes: { [uri]: [{ newText: '&&', range: mistake?.['range'] }] } },
  })
  client.tell('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: mistake?.['range'], text: '&&' }],
  })
  expect((await findings(2)).filter(({ severity }) => severity === 1)).toEqual([])
  expect(await client.stop()).toBe(0)
  expect(client.stderr).toBe('')
})

test('questions about words and places are answered', async () => {
  await client.start({ textDocument: { completion: { completionItem: { snippetSupport: true } } } })
  client.open(uri, maximum)
  expect(await client.ask('textDocument/hover', at(1, 7))).toMatchObject({
    contents: { kind: 'markdown', value: expect.stringContaining('takes an Int `x`') },
    range: { start: { line: 1, character: 7 }, end: { line: 1, character: 10 } },
  })
  expect(await client.ask('textDocument/definition', at(1, 8))).toEqual([
    { uri, range: { start: { line: 0, character: 4 }, end: { line: 0, character: 7 } } },
  ])
  const items = (await client.ask('textDocument/completion', at(1, 7))) as readonly {
    readonly label: string
    readonly data: number
  }[]
  const snippet = items.find(({ label }) => label === 'replace … by')
  expect(snippet).toMatchObject({ insertTextFormat: 2 })
  const found = items.find(({ label }) => label === 'size')
  expect(await client.ask('completionItem/resolve', found)).toMatchObject({
    documentation: { value: expect.stringContaining('How many') },
  })
  expect(
    await client.ask('textDocument/references', {
      ...at(0, 5),
      context: { includeDeclaration: false },
    }),
  ).toHaveLength(1)
  expect(await client.ask('textDocument/documentHighlight', at(0, 18))).toHaveLength(3)
})

test('questions about the whole text are answered', async () => {
  const { capabilities } = (await client.start()) as {
    readonly capabilities: {
      readonly semanticTokensProvider: {
        readonly legend: { readonly tokenTypes: readonly string[] }
      }
    }
  }
  client.open(uri, 'let  max=replace x, y by x if x >= y in\n<1, 2, max>\n')
  const range = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } }
  expect(await client.ask('textDocument/documentSymbol', { textDocument })).toMatchObject([
    { name: 'max' },
    { name: '< … >' },
  ])
  expect(
    await client.ask('textDocument/formatting', { textDocument, options: { tabSize: 2 } }),
  ).toMatchObject([{ newText: ' ' }, { newText: ' ' }, { newText: ' ' }])
  expect(await client.ask('textDocument/inlayHint', { textDocument, range })).toMatchObject([
    { label: '::Int' },
    { label: '::Int' },
  ])
  const { data } = (await client.ask('textDocument/semanticTokens/full', { textDocument })) as {
    readonly data: readonly number[]
  }
  const { tokenTypes } = capabilities.semanticTokensProvider.legend
  // A token is five numbers: lines and characters from the one before, its length, type and modifiers.
  expect(data.slice(0, 10)).toEqual([
    ...[0, 0, 3, tokenTypes.indexOf('keyword'), 0],
    ...[0, 5, 3, tokenTypes.indexOf('class'), 1],
  ])
  expect(await client.ask('textDocument/foldingRange', { textDocument })).toEqual([])
  expect(
    await client.ask('textDocument/selectionRange', {
      textDocument,
      positions: [{ line: 0, character: 17 }],
    }),
  ).toMatchObject([{ range: { start: { line: 0, character: 17 } }, parent: {} }])
  expect(await client.ask('textDocument/codeLens', { textDocument })).toEqual([])
  expect(await client.ask('textDocument/signatureHelp', at(1, 4))).toBeNull()
})

test('a rename reaches files that are not open, and tells versions of those that are', async () => {
  mkdirSync(join(folder, 'lib'), { recursive: true })
  const other = pathToFileURL(join(folder, 'lib', 'user.hocl')).href
  writeFileSync(fileURLToPath(other), 'import "../main.hocl";\n<1, 2, max>\n')
  await client.start(
    { workspace: { workspaceEdit: { documentChanges: true } } },
    { workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'work' }] },
  )
  client.open(uri, maximum, 7)
  expect(await client.ask('textDocument/prepareRename', at(0, 5))).toMatchObject({
    placeholder: 'max',
  })
  const edit = (await client.ask('textDocument/rename', { ...at(0, 5), newName: 'keep' })) as {
    readonly documentChanges: readonly { readonly edits: readonly object[] }[]
  }
  expect(edit.documentChanges).toMatchObject([
    { textDocument: { uri, version: 7 }, edits: [{}, {}] },
    { textDocument: { uri: other, version: null }, edits: [{ newText: 'keep' }] },
  ])
  await expect(client.ask('textDocument/rename', { ...at(0, 5), newName: 'in' })).rejects.toThrow(
    '`in` is a keyword',
  )
  expect(await client.ask('workspace/symbol', { query: 'MA' })).toMatchObject([{ name: 'max' }])
})

test('a file that is imported is read, and read again when it has changed', async () => {
  const shapes = join(folder, 'shapes.hocl')
  writeFileSync(shapes, 'let keep = replace x::Int by x + 1 if x < 9')
  await client.start()
  client.open(uri, 'import "./shapes.hocl";\n<1, keep>')
  expect(await findings(1)).toEqual([])
  writeFileSync(shapes, 'let other = 1')
  client.tell('workspace/didChangeWatchedFiles', {
    changes: [{ uri: pathToFileURL(shapes).href, type: 2 }],
  })
  expect(await findings(1)).toMatchObject([{ code: 'HOCL201' }])
})

test('a standard module can be opened', async () => {
  await client.start()
  client.open(uri, 'import hocl.sets;\n<1, unique>')
  const [place] = (await client.ask('textDocument/definition', at(1, 5))) as readonly {
    readonly uri: string
    readonly range: { readonly start: { readonly line: number } }
  }[]
  const text = readFileSync(fileURLToPath(place?.uri ?? ''), 'utf8')
  expect(text.split('\n')[place?.range.start.line ?? 0]).toMatch(/^let unique = /)
})

test('a question that was taken back is not answered', async () => {
  await client.start()
  client.open(uri, maximum)
  const answer = client.askAndCancel('textDocument/hover', at(1, 7))
  await expect(answer).rejects.toThrow(Refused)
  await answer.catch((error: unknown) => {
    expect((error as Refused).code).toBe(-32800)
  })
})

test('slow shapes are hinted at, as by `hocl check`', async () => {
  await client.start()
  client.open(
    uri,
    '// hocl run main.hocl --in LINE=a.txt\n<replace LINE:l, SEEN:<?w> by SEEN:<w, l> if l > 1, SEEN:<>, ' +
      'replace A:x:n, A:y:m by A:x:(n + m) if abs(x - y) < 2>',
  )
  const codes = (await findings(1)).map(({ code }) => code)
  expect(codes).toContain('HOCL315')
})

test('host functions are known with `--host`', async () => {
  const host = join(folder, 'point.mjs')
  writeFileSync(
    host,
    'export const norm = (x, y) => Math.hypot(x, y)\nexport const pure = ["norm"]\n',
  )
  const other = new LspClient(['--host', host])
  await other.start()
  other.open(uri, '<norm(3, 4)>')
  expect(await other.ask('textDocument/hover', at(0, 2))).toMatchObject({
    contents: { value: expect.stringContaining('norm(') },
  })
  expect(await other.stop()).toBe(0)
})

test('an editor that vanishes ends the server', async () => {
  await client.start()
  expect(await client.vanish()).toBe(1)
})
