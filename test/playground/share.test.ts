import { deflateSync, strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { standardSettings } from '../../playground/app/starting-project.ts'
import type { Project } from '../../playground/app/starting-project.ts'
import { opened, savedAs } from '../../playground/keep/bundle.ts'
import { commandLine, typeScript } from '../../playground/keep/copy-as.ts'
import { ProjectError, dataOf } from '../../playground/keep/project-data.ts'
import { fragmentOf, isShared, projectIn } from '../../playground/keep/share-link.ts'
import { kept, keep } from '../../playground/keep/storage.ts'
import { placeOf, perSecondAt, PLACES } from '../../playground/app/speed.ts'
import { policyOf } from '../../playground/policy.ts'
import { serveFolder } from '../../cli/playground/static-server.ts'
import { Folder } from '../support/command-line.ts'

const project: Project = {
  files: [
    {
      name: 'main.hocl',
      text: 'import "./more.hocl";\n<1, ω$, "</script><img onerror=alert(1)>">\n',
    },
    { name: 'more.hocl', text: 'let a = `1` in // ${x}\n' },
  ],
  settings: { seed: 42, strategy: 'random', limits: { reactions: 10 }, isStochastic: false },
  perSecond: Infinity,
}

function linkOf(data: unknown): string {
  const bytes = deflateSync(strToU8(typeof data === 'string' ? data : JSON.stringify(data)))
  return `#v1.${Buffer.from(bytes).toString('base64url')}`
}

describe('a link', () => {
  test('holds a program, its settings and the view', () => {
    const fragment = fragmentOf(project, 'table')
    expect(isShared(fragment)).toBe(true)
    expect(fragment).toMatch(/^#v1\.[\w-]+$/)
    expect(projectIn(fragment)).toEqual({ ...project, view: 'table' })
  })

  test('of a small program is short', () => {
    const text = 'let max = replace x, y by x if x >= y in <2, 3, 5, 8, 9, max>'
    const small = { ...project, files: [{ name: 'main.hocl', text }] as const }
    expect(fragmentOf(small).length).toBeLessThan(260)
  })

  test.each([
    ['cut off', fragmentOf(project).slice(0, 40)],
    ['with other letters', '#v1.<script>'],
    ['of a later version', fragmentOf(project).replace('v1', 'v9')],
    ['without JSON', linkOf('no JSON')],
    ['that is null', linkOf(null)],
    ['without files', linkOf({ ...dataOf(project), files: [] })],
    ['with a folder for a name', linkOf({ ...dataOf(project), files: [['../a.hocl', '']] })],
    ['with a name of markup', linkOf({ ...dataOf(project), files: [['<b>.hocl', '']] })],
    ['with a text that is none', linkOf({ ...dataOf(project), files: [['a.hocl', {}]] })],
    ['with a seed that is none', linkOf({ ...dataOf(project), seed: '1' })],
    ['with a strategy of its own', linkOf({ ...dataOf(project), strategy: 'constructor' })],
    ['with a time that is none', linkOf({ ...dataOf(project), limits: { until: -1 } })],
    ['with a limit that is none', linkOf({ ...dataOf(project), limits: { reactions: 1.5 } })],
    ['that unfolds without end', linkOf(`"${'a'.repeat(40_000_000)}"`)],
    ['that is very long', `#v1.${'A'.repeat(600_000)}`],
  ])('%s is refused in words', (_, fragment) => {
    expect(() => projectIn(fragment)).toThrow(ProjectError)
  })

  test('cut anywhere, or with another letter anywhere, does no harm', () => {
    const fragment = fragmentOf(project)
    for (let i = 4; i < fragment.length; i++)
      for (const broken of [
        fragment.slice(0, i),
        `${fragment.slice(0, i)}A${fragment.slice(i + 1)}`,
      ])
        try {
          projectIn(broken)
        } catch (error) {
          expect(error).toBeInstanceOf(ProjectError)
        }
  })
})

describe('files', () => {
  test('are saved as they are, or as a ZIP file, and opened again', () => {
    const single = savedAs([project.files[0]])
    expect(single.name).toBe('main.hocl')
    expect(opened(single.name, single.bytes)).toEqual([project.files[0]])
    const all = savedAs(project.files)
    expect(all.name).toBe('main.zip')
    expect(opened(all.name, all.bytes)).toEqual(project.files)
  })

  test('of odd names get fitting ones', () => {
    expect(opened('/a/b/<x>.txt', strToU8('<1>'))[0].name).toBe('x-.hocl')
  })

  test('that hold no programs are refused', () => {
    expect(() => opened('a.zip', strToU8('no zip'))).toThrow(ProjectError)
    expect(() => opened('a.zip', zipSync({ 'a.txt': strToU8('x') }))).toThrow(ProjectError)
    expect(() => opened('a.hocl', Uint8Array.of(1, 0, 2))).toThrow(ProjectError)
    const bomb = zipSync({ 'a.hocl': new Uint8Array(60_000_000) }, { level: 9 })
    expect(() => opened('a.zip', bomb)).toThrow(ProjectError)
  })
})

test('what is kept comes back, and nonsense does not', () => {
  const texts = new Map<string, string>()
  const store = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  }
  expect(kept(store)).toBeUndefined()
  keep(store, project, 'table')
  expect(kept(store)).toEqual({ ...project, view: 'table' })
  for (const key of texts.keys()) texts.set(key, '{"files":[["a.hocl",1]]}')
  expect(kept(store)).toBeUndefined()
})

test('a command line has the settings, and ends its text with a word that is no line of it', () => {
  const file = { name: 'main.hocl', text: '<1>\nHOCL\n' }
  expect(commandLine({ ...project, files: [file] })).toBe(
    "hocl run - --seed 42 --strategy random --max-reactions 10 <<'HOCL_'\n<1>\nHOCL\nHOCL_",
  )
  expect(commandLine(project)).toContain("cat > more.hocl <<'HOCL'")
})

test('a TypeScript program has the text as it was', () => {
  const text = typeScript(project)
  expect(text).toContain("['./more.hocl', `let a = \\`1\\` in // \\${x}\n`]")
  expect(text).toContain(
    "Reactor.create(program, { seed: 42, strategy: 'random', limits: { reactions: 10 } })",
  )
  const settings = { ...standardSettings, isStochastic: true }
  expect(typeScript({ ...project, settings })).toContain('new Simulation(program.first(1)')
  const bounded = { ...project, settings: { ...settings, limits: { until: 2.5 } } }
  expect(typeScript(bounded)).toContain('until: 2.5,\n  limits: { depth: 1000 }')
  expect(commandLine(bounded)).toContain('--until 2.5')
  expect(projectIn(fragmentOf(bounded)).settings.limits).toEqual({ until: 2.5 })
})

test('the speeds of the slider come back at their places', () => {
  for (let place = 0; place <= PLACES; place++) expect(placeOf(perSecondAt(place))).toBe(place)
})

test('files are served from inside a folder only, with the policy of the page', async () => {
  using folder = new Folder({ 'site/index.html': 'page', 'secret.txt': 'secret' })
  await using server = await serveFolder(`${folder.path}/site`, 0)
  const page = await fetch(server.url)
  expect(await page.text()).toBe('page')
  expect(page.headers.get('content-security-policy')).toBe(policyOf('index.html'))
  for (const path of ['..%2fsecret.txt', '%2e%2e/secret.txt', 'none.html', '%00', '%zz'])
    expect((await fetch(server.url + path)).status, path).toBe(404)
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(405)
})
