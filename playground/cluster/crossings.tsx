import type { RefObject, VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { grouped } from '../app/wording.ts'
import { hueOf } from './hues.ts'
import type { ClusterView, Crossing, Way } from './messages.ts'

interface CrossingsProps {
  /** The element that the shards are in. */
  readonly field: RefObject<HTMLElement | null>
  readonly view: ClusterView
}

/** In milliseconds. */
const JOURNEY = 700

/**
 * Molecules on their way from shard to shard. Who wants no motion sees arrows with counts instead. It is a
 * picture only: the same is in a table below.
 */
export function Crossings({ field, view }: CrossingsProps): VNode {
  const layer = useRef<HTMLDivElement>(null)
  const [isStill] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches)
  const [arrows, setArrows] = useState<readonly Arrow[]>([])
  useEffect(() => {
    if (field.current === null) return
    const places = new Places(field.current)
    if (isStill) setArrows(view.ways.slice(0, 12).flatMap((way) => arrowOf(way, places)))
    else if (layer.current !== null)
      for (const crossing of view.crossings) travel(crossing, places, layer.current)
  }, [view, isStill, field])
  return (
    <div class="crossings" ref={layer} aria-hidden="true">
      {isStill && (
        <svg>
          <defs>
            <marker
              id="way-end"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              orient="auto"
            >
              <path d="M0 0l8 4-8 4z" />
            </marker>
          </defs>
          {arrows.map(({ key, from, to, text }) => (
            <g key={key}>
              <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} marker-end="url(#way-end)" />
              <text x={from.x + (to.x - from.x) * 0.6} y={from.y + (to.y - from.y) * 0.6}>
                {text}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}

interface Point {
  readonly x: number
  readonly y: number
}

interface Arrow {
  readonly key: string
  readonly from: Point
  readonly to: Point
  readonly text: string
}

/** Where the shards are drawn. */
class Places {
  readonly #field: HTMLElement
  readonly #origin: DOMRect

  constructor(field: HTMLElement) {
    this.#field = field
    this.#origin = field.getBoundingClientRect()
  }

  of(shard: number): Point | undefined {
    const card = this.#field.querySelector(`[data-shard="${String(shard)}"]`)
    if (card === null) return undefined
    const { left, top, width, height } = card.getBoundingClientRect()
    return {
      x: left - this.#origin.left + width / 2,
      y: top - this.#origin.top + Math.min(height / 2, 40),
    }
  }
}

function arrowOf({ from, to, molecules }: Way, places: Places): readonly Arrow[] {
  const [start, end] = [places.of(from), places.of(to)]
  if (start === undefined || end === undefined) return []
  const key = `${String(from)} ${String(to)}`
  return [{ key, from: start, to: end, text: `×${grouped(molecules)}` }]
}

function travel(
  { from, to, molecules, text, group }: Crossing,
  places: Places,
  layer: HTMLElement,
): void {
  const [start, end] = [places.of(from), places.of(to)]
  if (start === undefined || end === undefined) return
  const bubble = document.createElement('span')
  bubble.className = 'traveller'
  bubble.textContent = molecules > 1 ? `${text} +${grouped(molecules - 1)}` : text
  bubble.style.setProperty('--hue', String(hueOf(group)))
  layer.append(bubble)
  const at = ({ x, y }: Point, size: number): string =>
    `translate(${String(x)}px, ${String(y)}px) translate(-50%, -50%) scale(${String(size)})`
  const middle = { x: (start.x + end.x) / 2, y: Math.min(start.y, end.y) - 18 }
  const animation = bubble.animate(
    [
      { transform: at(start, 0.6), opacity: 0.2 },
      { transform: at(middle, 1), opacity: 1, offset: 0.5 },
      { transform: at(end, 0.6), opacity: 0.2 },
    ],
    { duration: JOURNEY, easing: 'ease-in-out' },
  )
  animation.onfinish = () => {
    bubble.remove()
  }
}
