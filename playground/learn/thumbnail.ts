import { Palette, bubbleColour } from '../picture/colours.ts'
import type { Bubble, Membrane, Scene } from '../picture/scene.ts'

/** How far the outermost membrane is from the border of the picture. */
const MARGIN = 4
/** The longest text that is written on a bubble. */
const MOST_LETTERS = 9

/**
 * A scene as a small picture, SVG text that follows the page from light to dark. It has no name for screen readers: it
 * stands beside a title and a sentence that say more.
 */
export function thumbnail({ bubbles, membranes }: Scene): string {
  const half = (membranes[0]?.r ?? 0) + MARGIN
  const palette = new Palette()
  const box = [-half, -half, 2 * half, 2 * half].map(short).join(' ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="thumbnail" viewBox="${box}" aria-hidden="true">`,
    ...membranes.map(membraneOf),
    ...bubbles.map((bubble) => bubbleOf(bubble, palette)),
    '</svg>',
  ].join('')
}

function membraneOf({ x, y, r, isInert }: Membrane): string {
  return `<circle class="membrane${isInert ? ' inert' : ''}" ${circle(x, y, r)}/>`
}

function bubbleOf({ x, y, r, kind, group, text, copies }: Bubble, palette: Palette): string {
  const number = palette.numberOf(group)
  const [light, dark] = [bubbleColour(number, 'light').fill, bubbleColour(number, 'dark').fill]
  const fill = `fill="light-dark(${light}, ${dark})"`
  const shape =
    kind === 'rule'
      ? `<rect ${fill} x="${short(x - r)}" y="${short(y - 0.7 * r)}" width="${short(2 * r)}" height="${short(1.4 * r)}" rx="${short(0.45 * r)}"/>`
      : `<circle ${fill} ${circle(x, y, r)}${copies < 0 ? ' class="anti"' : ''}/>`
  return shape + textOf(labelOf(text, copies), { x, y, r })
}

function textOf(
  label: string,
  { x, y, r }: { readonly x: number; readonly y: number; readonly r: number },
): string {
  if (label === '') return ''
  const size = Math.min(r, (2.3 * r) / [...label].length)
  return `<text x="${short(x)}" y="${short(y + size * 0.35)}" font-size="${short(size)}">${escaped(label)}</text>`
}

/** A short text is written out; of a longer one, its first word says enough, or nothing does. */
function labelOf(text: string, copies: number): string {
  if (copies === Infinity) return '∞'
  if (copies === -Infinity) return '−∞'
  const [first = ''] = text.split(/[:\s(<[]/)
  const word = [...text].length <= MOST_LETTERS ? text : first
  return [...word].length <= MOST_LETTERS ? word : ''
}

function circle(x: number, y: number, r: number): string {
  return `cx="${short(x)}" cy="${short(y)}" r="${short(r)}"`
}

/** To a tenth: more is not seen. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10 + 0)
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
