import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { existing, layers, root } from '../../scripts/tools.ts'

const present = existing(layers.filter((layer) => layer !== 'stdlib'))
const largest = 500
const median = 150

/** A file whose first line says that it is generated is not counted. */
interface SourceFile {
  readonly path: string
  readonly lines: number
  readonly isGenerated: boolean
}

const files = present.flatMap(sourceFiles).filter((file) => !file.isGenerated)

describe('files are small', () => {
  test(`none has more than ${largest} lines`, () => {
    expect(files.filter((file) => file.lines > largest)).toEqual([])
  })

  test(`half of them have at most ${median}`, () => {
    const sizes = files.map((file) => file.lines).sort((a, b) => a - b)
    expect(sizes[Math.floor((sizes.length - 1) / 2)] ?? 0).toBeLessThanOrEqual(median)
  })

  test('their names are in kebab case', () => {
    const odd = files.filter(
      ({ path }) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*$/.test(path.split('/').at(-1) ?? ''),
    )
    expect(odd.map((file) => file.path)).toEqual([])
  })
})

test('the folders are those of the diagram in docs/architecture.md', () => {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  const named = [...page.matchAll(/^([a-z]+)\/ /gm)].map((match) => match[1] ?? '')
  expect(folders().sort()).toEqual([...new Set(named)].sort())
})

// The command line and the playground are entered through a main file of their own.
const withDoors = present.filter((layer) => layer !== 'cli' && layer !== 'playground')

test.each(withDoors)('the door of %s opens with what the layer is', (layer) => {
  const door = join(root, layer, 'index.ts')
  expect(existsSync(door), `${layer}/index.ts`).toBe(true)
  expect(readFileSync(door, 'utf8')).toMatch(/^\/[*/]/)
})

test('the lock file says of the package what package.json says: an install changes neither', () => {
  const told = ['name', 'version', 'license', 'bin', 'engines', 'dependencies', 'devDependencies']
  const parts = (file: string, ...path: readonly string[]): readonly unknown[] => {
    let object = JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>
    for (const key of path) object = object[key] as Record<string, unknown>
    return told.map((key) => [key, object[key]])
  }
  expect(parts('package-lock.json', 'packages', '')).toEqual(parts('package.json'))
})

function folders(): string[] {
  const apart = new Set(['node_modules', 'dist', 'coverage'])
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !apart.has(entry.name))
    .map((entry) => entry.name)
    .filter((name) => existing([name]).length > 0)
}

function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .filter((entry) => !entry.parentPath.includes('node_modules'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const lines = readFileSync(path, 'utf8').split('\n')
      return {
        path: path.slice(root.length + 1).replaceAll('\\', '/'),
        lines: lines.length - 1,
        isGenerated: /generated/i.test(lines[0] ?? ''),
      }
    })
}
