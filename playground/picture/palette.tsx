import { useMemo, useRef, useState } from 'preact/hooks'
import type { RefObject } from 'preact'
import type { SolutionForm } from '../session/messages.ts'
import type { Drawing } from './drawing.ts'
import type { Found } from './messages.ts'

interface PaletteProps {
  readonly solution: SolutionForm | undefined
  readonly box: RefObject<HTMLDivElement | null>
  readonly drawing: Drawing | undefined
  /** Where a molecule goes that is dropped with the keyboard. */
  readonly chosen: Found | undefined
  readonly onDrop: (molecule: string, into: Found | undefined) => void
}

/** Molecules to throw in: dragged into a membrane, or with Enter into the one that is inspected. */
export function Palette({ solution, box, drawing, chosen, onDrop }: PaletteProps) {
  const [text, setText] = useState('')
  const [ghost, setGhost] = useState<Ghost>()
  const drag = useDrag({ box, drawing, onDrop, onMove: setGhost })
  const wanted = text.trim()
  const some = useMemo(() => suggested(solution), [solution])
  const add = (event: Event): void => {
    event.preventDefault()
    if (wanted === '') return
    onDrop(wanted, chosen)
    setText('')
  }
  return (
    <form class="picture-palette" onSubmit={add} aria-label="Add molecules">
      <input
        type="text"
        aria-label="Molecules to add"
        placeholder="a molecule, such as 42"
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" disabled={wanted === ''}>
        Add
      </button>
      {(wanted === '' ? some : [wanted]).map((each) => (
        <button
          key={each}
          type="button"
          class="picture-chip"
          title="Drag into a membrane, or press Enter to add"
          {...drag(each)}
          onClick={(event) => {
            // A pointer has dropped it already; a key press comes without one.
            if (event.detail === 0) onDrop(each, chosen)
          }}
        >
          {each}
        </button>
      ))}
      {ghost !== undefined && (
        <span class="picture-ghost" style={{ left: `${ghost.x}px`, top: `${ghost.y}px` }}>
          {ghost.text}
        </span>
      )}
    </form>
  )
}

interface Ghost {
  readonly text: string
  readonly x: number
  readonly y: number
}

interface DragProps extends Pick<PaletteProps, 'box' | 'drawing' | 'onDrop'> {
  readonly onMove: (ghost: Ghost | undefined) => void
}

/** By pointer events: the drag and drop of browsers knows no fingers. */
function useDrag({ box, drawing, onDrop, onMove }: DragProps) {
  const start = useRef<{ x: number; y: number } | undefined>(undefined)
  return (text: string) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.currentTarget instanceof Element)
        event.currentTarget.setPointerCapture(event.pointerId)
      start.current = { x: event.clientX, y: event.clientY }
    },
    onPointerMove: (event: PointerEvent) => {
      if (start.current !== undefined) onMove({ text, x: event.clientX, y: event.clientY })
    },
    onPointerCancel: () => {
      start.current = undefined
      onMove(undefined)
    },
    onPointerUp: (event: PointerEvent) => {
      const from = start.current
      start.current = undefined
      onMove(undefined)
      const area = box.current?.getBoundingClientRect()
      if (from === undefined || area === undefined) return
      const isClick = Math.hypot(event.clientX - from.x, event.clientY - from.y) < 5
      const [x, y] = [event.clientX - area.left, event.clientY - area.top]
      if (isClick) onDrop(text, undefined)
      else if (x >= 0 && y >= 0 && x <= area.width && y <= area.height)
        void drawing?.foundAt(x, y).then((found) => onDrop(text, found))
    },
  })
}

/** A few short molecules of different groups. */
function suggested(solution: SolutionForm | undefined): readonly string[] {
  const byGroup = new Map<string, string>()
  for (const { group, text, kind } of solution?.entries ?? [])
    if (text.length <= 16 && kind !== 'pending' && !byGroup.has(group)) byGroup.set(group, text)
  return [...byGroup.values()].slice(0, 3)
}
