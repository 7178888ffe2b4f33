import type { VNode } from 'preact'

interface DividerProps {
  readonly label: string
  readonly direction: 'across' | 'down'
  /** Percent of the place that the part before it has. */
  readonly value: number
  readonly onChange: (value: number) => void
}

const LEAST = 20
const MOST = 80

/** What two parts of the page share their place by: dragged, or moved by arrow keys. */
export function Divider({ label, direction, value, onChange }: DividerProps): VNode {
  const set = (wanted: number): void => {
    onChange(Math.round(Math.min(MOST, Math.max(LEAST, wanted))))
  }
  const drag = (event: PointerEvent): void => {
    const divider = event.currentTarget
    if (!(divider instanceof HTMLElement) || divider.parentElement === null) return
    if (!divider.hasPointerCapture(event.pointerId)) return
    const box = divider.parentElement.getBoundingClientRect()
    set(
      direction === 'across'
        ? ((event.clientX - box.left) / box.width) * 100
        : ((event.clientY - box.top) / box.height) * 100,
    )
  }
  const keys: Readonly<Record<string, number>> =
    direction === 'across' ? { ArrowLeft: -2, ArrowRight: 2 } : { ArrowUp: -2, ArrowDown: 2 }
  return (
    <div
      class={`divider ${direction}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={direction === 'across' ? 'vertical' : 'horizontal'}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={value}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const step = keys[event.key]
        if (step === undefined) return
        event.preventDefault()
        set(value + step)
      }}
    />
  )
}
