import { useRef } from 'preact/hooks'
import type { RefObject } from 'preact'
import type { Drawing } from './drawing.ts'
import type { Found } from './messages.ts'

interface GestureProps {
  readonly box: RefObject<HTMLDivElement | null>
  readonly drawing: Drawing | undefined
  readonly onFound: (found: Found | undefined) => void
}

/** Handlers of the box around a canvas. */
export interface Gestures {
  readonly onPointerDown: (event: PointerEvent) => void
  readonly onPointerMove: (event: PointerEvent) => void
  readonly onPointerUp: (event: PointerEvent) => void
  readonly onPointerCancel: (event: PointerEvent) => void
  readonly onWheel: (event: WheelEvent) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** Further than this, in pixels, a press is no click. */
const CLICK = 5
const ARROW = 48

/** One pointer pans, two pinch, a wheel zooms, a click inspects; and keys do the same. */
export function useGestures({ box, drawing, onFound }: GestureProps): Gestures {
  const pointers = useRef(new Map<number, { x: number; y: number }>())
  const travelled = useRef(0)
  const place = (event: MouseEvent): { x: number; y: number } => {
    const { left, top } = box.current?.getBoundingClientRect() ?? { left: 0, top: 0 }
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const lift = (event: PointerEvent): boolean => pointers.current.delete(event.pointerId)
  return {
    onPointerDown: (event) => {
      if (event.button > 0) return
      box.current?.setPointerCapture(event.pointerId)
      if (pointers.current.size === 0) travelled.current = 0
      pointers.current.set(event.pointerId, place(event))
    },
    onPointerMove: (event) => {
      const was = pointers.current.get(event.pointerId)
      if (was === undefined) return
      const is = place(event)
      travelled.current += Math.hypot(is.x - was.x, is.y - was.y)
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1]
      pointers.current.set(event.pointerId, is)
      if (other === undefined) {
        if (travelled.current > CLICK)
          drawing?.send({ kind: 'pan', dx: is.x - was.x, dy: is.y - was.y })
        return
      }
      const before = Math.max(1, Math.hypot(was.x - other.x, was.y - other.y))
      const after = Math.max(1, Math.hypot(is.x - other.x, is.y - other.y))
      const middle = { x: (is.x + other.x) / 2, y: (is.y + other.y) / 2 }
      drawing?.send({ kind: 'zoom', ...middle, factor: after / before })
      drawing?.send({ kind: 'pan', dx: (is.x - was.x) / 2, dy: (is.y - was.y) / 2 })
    },
    onPointerUp: (event) => {
      if (!lift(event) || pointers.current.size > 0 || travelled.current > CLICK) return
      const { x, y } = place(event)
      void drawing?.foundAt(x, y).then(onFound)
    },
    onPointerCancel: lift,
    onWheel: (event) => {
      event.preventDefault()
      const lines = event.deltaMode === 0 ? 1 : 16
      const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015))
      drawing?.send({ kind: 'zoom', ...place(event), factor })
    },
    onKeyDown: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || drawing === undefined) return
      if (pressed(event.key, drawing, box.current, onFound)) event.preventDefault()
    },
  }
}

/** Whether the key means something here. */
function pressed(
  key: string,
  drawing: Drawing,
  box: HTMLElement | null,
  onFound: GestureProps['onFound'],
): boolean {
  const middle = { x: (box?.clientWidth ?? 0) / 2, y: (box?.clientHeight ?? 0) / 2 }
  const pan = (dx: number, dy: number): void => {
    drawing.send({ kind: 'pan', dx, dy })
  }
  switch (key) {
    case 'ArrowLeft':
      pan(ARROW, 0)
      return true
    case 'ArrowRight':
      pan(-ARROW, 0)
      return true
    case 'ArrowUp':
      pan(0, ARROW)
      return true
    case 'ArrowDown':
      pan(0, -ARROW)
      return true
    case '+':
    case '=':
      drawing.send({ kind: 'zoom', ...middle, factor: 1.3 })
      return true
    case '-':
      drawing.send({ kind: 'zoom', ...middle, factor: 1 / 1.3 })
      return true
    case '0':
      drawing.send({ kind: 'fit' })
      return true
    case '.':
    case ',':
      void drawing.next(key === '.' ? 1 : -1).then(onFound)
      return true
    default:
      return false
  }
}
