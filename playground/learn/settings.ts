import type { Strategy } from '../../interpreter/index.ts'

/** How a lesson or a gallery program is best looked at. What is absent is left to whoever runs it. */
export interface LearnSettings {
  readonly strategy?: Strategy
  readonly seed?: number
  /** Reactions per second, slow enough to be followed. */
  readonly speed?: number
  /** Rates count, and simulated time passes. */
  readonly isStochastic: boolean
  /** The simulated time after which there is nothing new to see. */
  readonly until?: number
  /** It never becomes inert by itself. */
  readonly isEndless: boolean
}

/** Reads `strategy random, seed 3, speed 20, stochastic, until 10, endless`, in any order. Nothing else may stand there. */
export function settingsIn(text: string): LearnSettings {
  let settings: LearnSettings = { isStochastic: false, isEndless: false }
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part !== '') settings = { ...settings, ...settingIn(part) }
  }
  return settings
}

function settingIn(part: string): Partial<LearnSettings> {
  const [name = '', value = '', ...more] = part.split(/\s+/)
  if (more.length === 0) {
    if (name === 'stochastic' && value === '') return { isStochastic: true }
    if (name === 'endless' && value === '') return { isEndless: true }
    if (name === 'strategy' && isStrategy(value)) return { strategy: value }
    if (isNumberName(name) && /^\d+(\.\d+)?$/.test(value)) return { [name]: Number(value) }
  }
  throw new Error(`\`${part}\` is no setting of a run`)
}

function isNumberName(name: string): name is 'seed' | 'speed' | 'until' {
  return name === 'seed' || name === 'speed' || name === 'until'
}

const STRATEGIES: Readonly<Record<Strategy, true>> = {
  fast: true,
  random: true,
  uniform: true,
  'round-robin': true,
  'round-robin-unfair': true,
  'keep-small': true,
}

function isStrategy(name: string): name is Strategy {
  return Object.hasOwn(STRATEGIES, name)
}
