import type { LabelForm } from '../session/messages.ts'

type Reveal = (place: LabelForm) => void

let revealing: Reveal | undefined

/** Shows a place of the file in the editor. */
export function reveal(place: LabelForm): void {
  revealing?.(place)
}

/** The editor says how; gives what ends that. */
export function revealBy(by: Reveal): () => void {
  revealing = by
  return () => {
    if (revealing === by) revealing = undefined
  }
}
