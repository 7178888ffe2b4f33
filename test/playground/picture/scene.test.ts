import { expect, test } from 'vitest'
import { Random } from '../../../interpreter/index.ts'
import { arrange } from '../../../playground/picture/arrange.ts'
import {
  fitting,
  hitAt,
  panned,
  placeAt,
  wayTo,
  zoomed,
} from '../../../playground/picture/camera.ts'
import { changeTo, frameAt } from '../../../playground/picture/motion.ts'
import { MOST_BUBBLES } from '../../../playground/picture/nest.ts'
import { sceneOf } from '../../../playground/picture/scene.ts'
import type { Scene } from '../../../playground/picture/scene.ts'
import { moleculeOf, solutionOf, solutionWith, someSolution } from '../support/forms.ts'

const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
/** Places are numbers of finite exactness. */
const HAIR = 1e-6

/** What of a scene overlaps, or stands over the border of its membrane. */
function faults({ bubbles, membranes }: Scene): string[] {
  const found: string[] = []
  for (const around of membranes) {
    const inside = [
      ...bubbles.filter(({ membrane }) => membrane === around.id),
      ...membranes.filter(({ parent }) => parent === around.id),
    ]
    for (const [i, a] of inside.entries()) {
      if (Math.hypot(a.x - around.x, a.y - around.y) + a.r > around.r + HAIR)
        found.push(`${a.text} is not inside`)
      for (const b of inside.slice(i + 1))
        if (Math.hypot(a.x - b.x, a.y - b.y) < a.r + b.r - HAIR)
          found.push(`${a.text} and ${b.text} overlap`)
    }
  }
  return found
}

test.each(seeds)('circles never overlap and stay inside their membrane (seed %i)', (seed) => {
  const random = new Random(seed)
  let scene: Scene | undefined
  for (let round = 0; round < 6; round++) {
    const sketches = someSolution(random, 5 + Math.floor(random.float() * 120))
    scene = sceneOf(solutionOf(sketches), scene)
    expect(faults(scene)).toEqual([])
  }
})

test('each molecule is there once for each copy', () => {
  const scene = sceneOf(solutionOf([4, 4, 4, 'A', ['', [1, 2]], 'max']))
  expect(scene.bubbles.map(({ text }) => text).sort()).toEqual([
    '1',
    '2',
    '4',
    '4',
    '4',
    'A',
    'max',
  ])
  expect(scene.membranes.map(({ text }) => text)).toEqual(['', '<1, 2>'])
})

test('many, endless and negative copies are one bubble that says how many', () => {
  const scene = sceneOf(
    solutionWith([moleculeOf(1, 5_000), moleculeOf(2, Infinity), moleculeOf(3, -2)]),
  )
  expect(scene.bubbles.map(({ text, copies }) => [text, copies])).toEqual([
    ['1', 5_000],
    ['2', Infinity],
    ['3', -2],
  ])
})

test('where nothing came or went, nothing moves', () => {
  const solution = solutionOf(someSolution(new Random(5), 200))
  const first = sceneOf(solution)
  const second = sceneOf(solution, first)
  expect(second.bubbles).toEqual(first.bubbles)
  expect(second.membranes).toEqual(first.membranes)
})

test('after a reaction the others are nearly where they were', () => {
  const numbers = Array.from({ length: 200 }, (_, i) => i)
  const first = sceneOf(solutionOf(numbers))
  const second = sceneOf(solutionOf(numbers.slice(2)), first)
  const was = new Map(first.bubbles.map((bubble) => [bubble.id, bubble]))
  const ways = second.bubbles.map((bubble) => {
    const before = was.get(bubble.id)
    return before === undefined ? Infinity : Math.hypot(bubble.x - before.x, bubble.y - before.y)
  })
  expect(ways).toHaveLength(198)
  ways.sort((a, b) => a - b)
  expect(ways[99]).toBeLessThan(6)
  expect(ways.at(-1)).toBeLessThan(30)
})

test('a product comes about where its reactants were', () => {
  const numbers = Array.from({ length: 60 }, (_, i) => i)
  const first = sceneOf(solutionOf(numbers))
  const [a, b] = [first.bubbles[3]!, first.bubbles[30]!]
  const left = numbers.filter((n) => String(n) !== a.text && String(n) !== b.text)
  const second = sceneOf(solutionOf([...left, 777]), first)
  const product = second.bubbles.find(({ text }) => text === '777')!
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  expect(Math.hypot(product.x - middle.x, product.y - middle.y)).toBeLessThan(60)
})

test('a membrane stays the same one while what is in it reacts', () => {
  const first = sceneOf(
    solutionOf([
      ['CELL:1:', [1, 2, 3]],
      ['CELL:1:', [7, 8, 9]],
    ]),
  )
  const second = sceneOf(
    solutionOf([
      ['CELL:1:', [8, 9]],
      ['CELL:1:', [1, 2, 3]],
    ]),
    first,
  )
  const idOf = (scene: Scene, content: string): number | undefined =>
    scene.membranes.find(({ text }) => text.includes(content))?.id
  expect(idOf(second, '<8, 9>')).toBe(idOf(first, '<7, 8, 9>'))
  expect(idOf(second, '<1, 2, 3>')).toBe(idOf(first, '<1, 2, 3>'))
})

test('too many molecules are shown by group, and no more is drawn than can be', () => {
  const numbers = Array.from({ length: MOST_BUBBLES + 1 }, (_, i) => moleculeOf(i))
  const scene = sceneOf(solutionWith([...numbers, moleculeOf('max')]))
  expect(scene.isGrouped).toBe(true)
  expect(scene.bubbles.map(({ text, copies }) => [text, copies])).toEqual([
    ['max', 1],
    ['Int', MOST_BUBBLES + 1],
  ])
})

test('what is not listed is counted', () => {
  const numbers = Array.from({ length: 50_000 }, (_, i) => moleculeOf(i))
  const scene = sceneOf(solutionWith(numbers, { most: 300 }))
  expect(scene.bubbles.filter(({ isGroup }) => isGroup)).toMatchObject([
    { text: 'Int', copies: 49_700 },
  ])
  expect(faults(scene)).toEqual([])
})

test('areas of groups are in proportion to what they stand for', () => {
  const many = solutionWith(
    [
      ...range(4_000).map((i) => moleculeOf(i)),
      ...range(1_000).map((i) => moleculeOf(`A:${String(i)}`)),
    ],
    { most: 0 },
  )
  const [a, b] = sceneOf(many).bubbles
  expect((a!.r / b!.r) ** 2).toBeCloseTo(4, 5)
})

test('ten thousand solutions are drawn as few things', () => {
  const cells = range(10_000).map((i) => moleculeOf(['CELL:', [i]]))
  const scene = sceneOf(solutionWith(cells))
  expect(scene.bubbles.length + scene.membranes.length).toBeLessThan(100)
  const nests = range(50).map((i) => moleculeOf([`T${String(i)}:`, range(100)]))
  const second = sceneOf(solutionWith(nests))
  expect(second.membranes).toHaveLength(51)
  expect(second.bubbles.length).toBeLessThan(200)
})

test('a hundred circles of very different sizes find places', () => {
  const circles = range(100).map((i) => ({ r: i % 10 === 0 ? 200 : 1 + (i % 7), at: undefined }))
  const { x, y, radius } = arrange(circles)
  for (const [i, a] of circles.entries()) {
    expect(Math.hypot(x[i]!, y[i]!) + a.r).toBeLessThanOrEqual(radius + HAIR)
    for (let j = i + 1; j < circles.length; j++)
      expect(Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)).toBeGreaterThanOrEqual(
        a.r + circles[j]!.r - HAIR,
      )
  }
})

test('a change begins with what was there and ends with what is there', () => {
  const first = sceneOf(solutionOf([1, 2, 3, 'max']))
  const before = frameAt(changeTo(first, undefined), 1)
  const second = sceneOf(solutionOf([2, 3, 'max']), first)
  const change = changeTo(second, before, new Set(['max']))
  const start = frameAt(change, 0)
  expect(start.bubbles.map(({ thing }) => thing.text).sort()).toEqual(['1', '2', '3', 'max'])
  for (const { thing, x, y } of start.bubbles)
    expect(first.bubbles.find(({ id }) => id === thing.id)).toMatchObject({ x, y })
  const end = frameAt(change, 1)
  expect(end.bubbles.map(({ thing }) => thing.id).sort(byNumber)).toEqual(
    second.bubbles.map(({ id }) => id).sort(byNumber),
  )
  for (const { thing, x, y, r, alpha } of end.bubbles) {
    expect({ x, y, r }).toEqual({ x: thing.x, y: thing.y, r: thing.r })
    expect(alpha).toBe(1)
  }
  const middle = frameAt(change, 0.4)
  expect(middle.bubbles.find(({ thing }) => thing.text === 'max')?.glow).toBeGreaterThan(0.5)
})

test('reactants move together before they vanish', () => {
  const first = sceneOf(solutionOf(range(40)))
  const before = frameAt(changeTo(first, undefined), 1)
  const second = sceneOf(solutionOf(range(40).slice(2)), first)
  const change = changeTo(second, before)
  const distance = (t: number): number => {
    const [a, b] = frameAt(change, t).bubbles.filter(({ thing }) => ['0', '1'].includes(thing.text))
    return Math.hypot(a!.x - b!.x, a!.y - b!.y)
  }
  expect(distance(0.44)).toBeLessThan(distance(0) * 0.1)
  expect(frameAt(change, 0.7).bubbles.some(({ thing }) => thing.text === '0')).toBe(false)
})

test('what is under the pointer stays there when one zooms', () => {
  const size = { width: 600, height: 400 }
  const camera = fitting(sceneOf(solutionOf(range(30))), size)
  const at = { x: 123, y: 321 }
  const nearer = zoomed(camera, size, at, 2.5)
  expect(placeAt(nearer, size, at).x).toBeCloseTo(placeAt(camera, size, at).x, 9)
  expect(placeAt(nearer, size, at).y).toBeCloseTo(placeAt(camera, size, at).y, 9)
  expect(placeAt(panned(camera, 10, 0), size, { x: 133, y: 321 })).toEqual(
    placeAt(camera, size, at),
  )
})

test('a click finds the molecule and the membranes around it', () => {
  const scene = sceneOf(solutionOf([['A:', [['B:', [5]]]], 7]))
  const five = scene.bubbles.find(({ text }) => text === '5')!
  const hit = hitAt(scene, five)
  expect(hit).toMatchObject({ kind: 'bubble', bubble: { text: '5' } })
  expect(wayTo(scene, hit!.membrane).map(({ shell }) => shell)).toEqual(['', 'A:<…>', 'B:<…>'])
  expect(hitAt(scene, { x: 1e6, y: 0 })).toBeUndefined()
})

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i)
}

function byNumber(a: number, b: number): number {
  return a - b
}
