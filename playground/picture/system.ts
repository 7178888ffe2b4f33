import { useEffect, useState } from 'preact/hooks'
import type { ThemeName } from './colours.ts'

/** What the reader's system asks for. */
export interface SystemLook {
  readonly theme: ThemeName
  /** Nothing is to move by itself. */
  readonly isStill: boolean
}

const QUERIES = {
  dark: '(prefers-color-scheme: dark)',
  contrast: '(prefers-contrast: more), (forced-colors: active)',
  still: '(prefers-reduced-motion: reduce)',
} as const

/** What the system asks for now; the component is drawn again when it changes. */
export function useSystemLook(): SystemLook {
  const [look, setLook] = useState(lookNow)
  useEffect(() => {
    const lists = Object.values(QUERIES).map((query) => matchMedia(query))
    const change = (): void => {
      setLook(lookNow())
    }
    for (const list of lists) list.addEventListener('change', change)
    return () => {
      for (const list of lists) list.removeEventListener('change', change)
    }
  }, [])
  return look
}

function lookNow(): SystemLook {
  const isDark = matchMedia(QUERIES.dark).matches
  const tone = isDark ? 'dark' : 'light'
  const hasContrast = matchMedia(QUERIES.contrast).matches
  return {
    theme: hasContrast ? `contrast-${tone}` : tone,
    isStill: matchMedia(QUERIES.still).matches,
  }
}
