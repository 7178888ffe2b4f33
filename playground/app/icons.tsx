import type { VNode } from 'preact'

/** Outlines in a field of 24 by 24. */
const outlines = {
  run: 'M7 5v14l12-7z',
  pause: 'M8 5v14M16 5v14',
  step: 'M5 5v14l9-7zM18 5v14',
  back: 'M19 5v14l-9-7zM6 5v14',
  finish: 'M4 5v14l8-7zM12 5v14l8-7z',
  stop: 'M6 6h12v12H6z',
  reset: 'M4 12a8 8 0 1 0 3-6.2M4 4v5h5',
  share: 'M10 14a5 5 0 0 0 7 0l3-3a5 5 0 0 0-7-7l-1 1M14 10a5 5 0 0 0-7 0l-3 3a5 5 0 0 0 7 7l1-1',
  add: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M6 14v6',
} as const

export type IconName = keyof typeof outlines

/** A picture beside a name, which says what it means. */
export function Icon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={outlines[name]} />
    </svg>
  )
}
