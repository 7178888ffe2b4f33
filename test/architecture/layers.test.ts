import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { existing, layers, root } from '../../scripts/tools.ts'

/*
 * A checker that checks nothing passes too. So a small house is built in a folder of its own, with a
 * violation of each rule in it, and each must be reported, and nothing else.
 */

interface Report {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] }
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
    }[]
  }
}

const legal: Readonly<Record<string, string>> = {
  'grammar/index.ts': `export type { Tree } from './tree.ts'`,
  'grammar/tree.ts': `import 'chevrotain'\nexport interface Tree { readonly kind: 'tree' }`,
  'interpreter/index.ts': `export { lower } from './lower.ts'`,
  'interpreter/lower.ts': `import type { Tree } from '../grammar/index.ts'\nexport const lower = (tree: Tree) => tree`,
  'vm/index.ts': `export { lower } from '../interpreter/index.ts'\nexport { texts } from '../stdlib/index.ts'`,
  'vm/store/index-of-class.ts': `export const indexOfClass = 1`,
  'workflow/index.ts': `import 'acorn'\nexport { lower } from '../vm/index.ts'`,
  'stdlib/index.ts': `export const texts = []`,
  'editor/index.ts': `export type { Tree } from '../grammar/index.ts'`,
  'editor/lsp/server.ts': `import 'node:process'\nimport 'vscode-languageserver'`,
  'cli/main.ts': `import 'commander'\nimport 'node:fs'\nimport '../vm/index.ts'`,
  'playground/main.ts': `import 'monaco-editor'`,
  'distribution/index.ts': `export { bus } from './nats-bus.ts'`,
  'distribution/nats-bus.ts': `import '@nats-io/nats-core'\nexport const bus = 1`,
  'distribution/nats-tcp.ts': `import 'node:net'\nexport const tcp = 1`,
}

/** The rule, the file that breaks it, and that file's text. Where a rule needs more files, they are `more`. */
interface Violation {
  readonly rule: string
  readonly file: string
  readonly text: string
  readonly more?: Readonly<Record<string, string>>
}

const violations: readonly Violation[] = [
  breaks('grammar-knows-its-place', 'grammar/a.ts', `import '../stdlib/index.ts'`),
  breaks('interpreter-knows-its-place', 'interpreter/a.ts', `import '../vm/index.ts'`),
  breaks('vm-knows-its-place', 'vm/a.ts', `import '../distribution/index.ts'`),
  breaks('workflow-knows-its-place', 'workflow/a.ts', `import '../editor/index.ts'`),
  breaks('worker-knows-its-place', 'worker/a.ts', `import '../grammar/index.ts'`),
  breaks('distribution-knows-its-place', 'distribution/a.ts', `import '../editor/index.ts'`),
  breaks('editor-knows-its-place', 'editor/a.ts', `import '../vm/index.ts'`),
  breaks('stdlib-knows-its-place', 'stdlib/a.ts', `import '../grammar/index.ts'`),
  breaks('cli-knows-its-place', 'cli/a.ts', `import '../playground/index.ts'`, {
    'playground/index.ts': 'export const page = 1',
  }),
  breaks('playground-knows-its-place', 'playground/a.ts', `import '../cli/index.ts'`, {
    'cli/index.ts': 'export const main = 1',
  }),
  breaks(
    'vm-knows-its-place',
    'vm/types-only.ts',
    `import type { tcp } from '../distribution/index.ts'\nexport type T = typeof tcp`,
  ),
  breaks('interpreter-knows-its-place', 'interpreter/tested.ts', `import '../test/support.ts'`, {
    'test/support.ts': 'export const support = 1',
  }),
  breaks('through-the-door', 'cli/b.ts', `import '../vm/store/index-of-class.ts'`),
  breaks('through-the-door', 'bench/b.ts', `import '../vm/store/index-of-class.ts'`),
  breaks(
    'through-the-door',
    'interpreter/b.ts',
    `import type { Tree } from '../grammar/tree.ts'\nexport type T = Tree`,
  ),
  breaks('not-through-the-own-door', 'grammar/b.ts', `import './index.ts'`),
  breaks('platform-free', 'grammar/c.ts', `import 'node:fs'`),
  breaks('platform-free', 'interpreter/c.ts', `import 'path'`),
  breaks('platform-free', 'vm/c.ts', `import 'node:crypto'`),
  breaks('platform-free', 'workflow/c.ts', `import 'node:fs'`),
  breaks('platform-free', 'stdlib/c.ts', `import 'node:fs'`),
  breaks('platform-free', 'editor/c.ts', `import 'node:url'`),
  breaks('commander-in-cli', 'distribution/d.ts', `import 'commander'`),
  breaks('chevrotain-in-grammar', 'cli/d.ts', `import 'chevrotain'`),
  breaks('acorn-in-workflow', 'cli/n.ts', `import 'acorn'`),
  breaks('immutable-in-values', 'vm/store/d.ts', `import 'immutable'`),
  breaks(
    'nats-in-its-adapters',
    'cli/e.ts',
    `import type { N } from '@nats-io/nats-core'\nexport type T = N`,
  ),
  breaks('language-server-in-lsp', 'cli/o.ts', `import 'vscode-languageserver'`),
  breaks('monaco-in-playground', 'distribution/e.ts', `import 'monaco-editor'`),
  breaks('grammar-has-few-libraries', 'grammar/f.ts', `import 'lodash'`),
  breaks('interpreter-has-few-libraries', 'interpreter/f.ts', `import 'lodash'`),
  breaks('vm-has-few-libraries', 'vm/f.ts', `import 'lodash'`),
  breaks('workflow-has-few-libraries', 'workflow/f.ts', `import 'lodash'`),
  breaks('stdlib-has-few-libraries', 'stdlib/f.ts', `import 'lodash'`),
  breaks('editor-has-few-libraries', 'editor/f.ts', `import 'lodash'`),
  breaks('no-tcp-in-playground', 'playground/g.ts', `import '../distribution/nats-tcp.ts'`),
  breaks('no-cycles', 'vm/h.ts', `import { i } from './i.ts'\nexport const h = i`, {
    'vm/i.ts': `import { h } from './h.ts'\nexport const i = h`,
  }),
  breaks('no-cycles', 'vm/j.ts', `import type { K } from './k.ts'\nexport type J = K[]`, {
    'vm/k.ts': `import type { J } from './j.ts'\nexport type K = { readonly j: J }`,
  }),
  breaks('no-development-libraries', 'cli/l.ts', `import 'fast-check'`),
  breaks('resolvable', 'cli/m.ts', `import './nowhere.ts'`),
]

const packages = [
  'acorn',
  'chevrotain',
  'immutable',
  'commander',
  '@nats-io/nats-core',
  'monaco-editor',
  'vscode-languageserver',
  'lodash',
]
const house = mkdtempSync(join(tmpdir(), 'hocl-layers-'))
let report: Report

beforeAll(() => {
  for (const [file, text] of Object.entries(legal)) plant(file, text)
  for (const { file, text, more = {} } of violations) {
    plant(file, text)
    for (const [other, otherText] of Object.entries(more)) plant(other, otherText)
  }
  for (const name of [...packages, 'fast-check']) {
    plant(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    plant(`node_modules/${name}/index.js`, 'export {}')
  }
  const dependencies = Object.fromEntries(packages.map((name) => [name, '*']))
  const devDependencies = { 'fast-check': '*' }
  plant('package.json', JSON.stringify({ type: 'module', dependencies, devDependencies }))
  for (const file of ['tsconfig.json', '.dependency-cruiser.mjs']) {
    cpSync(join(root, file), join(house, file))
  }
  report = cruise(house, ['.'])
})

afterAll(() => {
  rmSync(house, { recursive: true, force: true })
})

test.each(violations)('$rule is caught in $file', ({ rule, file }) => {
  expect(violatedRules(file)).toContain(rule)
})

test('what keeps the rules is not reported', () => {
  const files = Object.keys(legal)
  expect(report.modules.map((module) => module.source)).toEqual(expect.arrayContaining(files))
  expect(files.filter((file) => violatedRules(file).length > 0)).toEqual([])
})

test('each rule has a violation here', () => {
  const rules = report.summary.ruleSetUsed.forbidden.map((rule) => rule.name)
  expect(new Set(violations.map((violation) => violation.rule))).toEqual(new Set(rules))
})

test('our own tree keeps the rules', () => {
  const folders = existing([...layers, 'bench'])
  const { modules, summary } = cruise(root, folders)
  expect(modules.length).toBeGreaterThan(folders.length)
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual(
    [],
  )
})

function breaks(rule: string, file: string, text: string, more?: Violation['more']): Violation {
  return { rule, file, text, ...(more && { more }) }
}

function plant(file: string, text: string): void {
  const path = join(house, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${text}\n`)
}

function violatedRules(file: string): readonly string[] {
  return report.summary.violations
    .filter((violation) => violation.from === file)
    .map((violation) => violation.rule.name)
}

function cruise(cwd: string, folders: readonly string[]): Report {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [tool, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders]
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (!stdout.startsWith('{')) throw new Error(stderr)
  return JSON.parse(stdout) as Report
}
