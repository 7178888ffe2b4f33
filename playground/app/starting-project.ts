import type { RunSettings, SourceFile } from '../session/messages.ts'

/** A program with all that it needs to be run again: what is kept and shared. */
export interface Project {
  readonly files: readonly [SourceFile, ...SourceFile[]]
  readonly settings: RunSettings
  /** Reactions per second; ∞ for as fast as possible. */
  readonly perSecond: number
}

export const standardSettings: RunSettings = {
  ...{ seed: 1, strategy: 'fast', isStochastic: false },
  limits: {},
}

/** What somebody sees who comes for the first time. */
export const startingProject: Project = {
  files: [
    {
      name: 'main.hocl',
      text: `// Any two numbers can meet; the larger one survives.
// When nothing can react any more, \`clean\` takes the solution apart.

let max   = replace x, y by x if x >= y in
let clean = replace-one <max = m, ω> by ω in

< <2, 3, 5, 8, 9, 4, 7, max>, clean >
`,
    },
  ],
  settings: standardSettings,
  perSecond: 2,
}
