/*
 * A colour for each group: the same group has the same hue in every theme, and lightness is chosen so that a bubble
 * stands out from what is behind it and its text from the bubble.
 */

export type ThemeName = 'light' | 'dark' | 'contrast-light' | 'contrast-dark'

/** The colours of a picture in one theme. */
export interface Theme {
  readonly name: ThemeName
  readonly background: string
  /** Of a membrane that is active, and of one that is inert. */
  readonly membrane: { readonly fill: string; readonly line: string }
  readonly inert: { readonly fill: string; readonly line: string }
  readonly text: string
  readonly faint: string
  readonly accent: string
  /** Of bubbles: their text stands out from all of them. */
  readonly bubbleText: string
}

/** A bubble's colours. */
export interface BubbleColour {
  readonly fill: string
  readonly light: string
  readonly line: string
}

const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: {
    name: 'light',
    background: '#fbfcfe',
    membrane: { fill: 'rgba(64, 99, 190, 0.055)', line: '#7f97d6' },
    inert: { fill: 'rgba(90, 100, 120, 0.05)', line: '#c3c9d4' },
    text: '#1d2433',
    faint: '#5c6577',
    accent: '#3b5bdb',
    bubbleText: '#ffffff',
  },
  dark: {
    name: 'dark',
    background: '#12151c',
    membrane: { fill: 'rgba(140, 165, 255, 0.07)', line: '#6478b8' },
    inert: { fill: 'rgba(160, 170, 190, 0.045)', line: '#434a5a' },
    text: '#e8ebf2',
    faint: '#9aa3b5',
    accent: '#8aa4ff',
    bubbleText: '#10131a',
  },
  'contrast-light': {
    name: 'contrast-light',
    background: '#ffffff',
    membrane: { fill: '#ffffff', line: '#0f2fb5' },
    inert: { fill: '#ffffff', line: '#333333' },
    text: '#000000',
    faint: '#222222',
    accent: '#0f2fb5',
    bubbleText: '#ffffff',
  },
  'contrast-dark': {
    name: 'contrast-dark',
    background: '#000000',
    membrane: { fill: '#000000', line: '#ffffff' },
    inert: { fill: '#000000', line: '#a8a8a8' },
    text: '#ffffff',
    faint: '#e0e0e0',
    accent: '#ffd60a',
    bubbleText: '#000000',
  },
}

const LIGHTNESS: Readonly<Record<ThemeName, readonly [lightness: number, chroma: number]>> = {
  light: [0.54, 0.16],
  dark: [0.77, 0.13],
  'contrast-light': [0.42, 0.16],
  'contrast-dark': [0.86, 0.12],
}

/** Hues that are told apart, the calm ones first. */
const HUES = [262, 158, 25, 300, 205, 75, 345, 232, 130, 50, 320, 182] as const

export function themeOf(name: ThemeName): Theme {
  return THEMES[name]
}

/** The colour of a hue, by its number in a palette; from the second round on a little darker or lighter. */
export function bubbleColour(number: number, theme: ThemeName): BubbleColour {
  const hue = HUES[number % HUES.length] ?? 0
  const round = Math.floor(number / HUES.length) % 3
  const [lightness, chroma] = LIGHTNESS[theme]
  const isDark = theme === 'dark' || theme === 'contrast-dark'
  const own = isDark ? lightness + round * 0.05 : lightness - round * 0.06
  return {
    fill: oklch(own, chroma, hue),
    light: oklch(Math.min(0.97, own + (isDark ? 0.07 : 0.05)), chroma * 0.9, hue),
    line: oklch(isDark ? own - 0.2 : own - 0.12, chroma, hue),
  }
}

/** What nearly every program has always looks the same, unless something else was there first. */
const USUAL: Readonly<Record<string, number>> = { Int: 0, String: 1, Float: 4, Bool: 3 }

/**
 * Gives each group a hue of its own while there are enough. Which one depends on the group, and only where that one is
 * taken on what came before.
 */
export class Palette {
  readonly #numbers = new Map<string, number>()
  readonly #taken = new Set<number>()

  numberOf(group: string): number {
    const known = this.#numbers.get(group)
    if (known !== undefined) return known
    let number = USUAL[group] ?? hashOfText(group) % HUES.length
    for (let tried = 0; tried < HUES.length && this.#taken.has(number); tried++)
      number = Math.floor(number / HUES.length) * HUES.length + ((number + 1) % HUES.length)
    if (this.#taken.has(number)) number = this.#numbers.size
    this.#taken.add(number)
    this.#numbers.set(group, number)
    return number
  }

  get groups(): readonly string[] {
    return [...this.#numbers.keys()]
  }
}

/** FNV-1a: the same everywhere. */
export function hashOfText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** A colour of the OKLCH model (Ottosson 2020) as `#rrggbb`, with less chroma where a screen has not so much. */
export function oklch(lightness: number, chroma: number, hue: number): string {
  for (let c = chroma; c > 0; c -= 0.005) {
    const rgb = linear(lightness, c, hue)
    if (rgb.every((value) => value >= -0.0005 && value <= 1.0005)) return hex(rgb)
  }
  return hex(linear(lightness, 0, hue))
}

type Rgb = readonly [number, number, number]

function linear(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function hex(rgb: Rgb): string {
  const parts = rgb.map((value) => {
    const bounded = Math.min(1, Math.max(0, value))
    const shown = bounded <= 0.0031308 ? bounded * 12.92 : 1.055 * bounded ** (1 / 2.4) - 0.055
    return Math.round(shown * 255)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${parts.join('')}`
}

/** How far two colours stand apart, from 1 to 21, as WCAG 2 measures it. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
