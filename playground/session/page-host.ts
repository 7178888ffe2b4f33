import { hostWith, prelude } from '../../interpreter/index.ts'
import type { Host } from '../../interpreter/index.ts'
import { PageConsole } from './page-console.ts'
import type { HostFunctions } from './page-console.ts'

/** What programs can call in the page: the prelude, and `console.writeLine` with its like. */
export function hostOf(console: HostFunctions = nobody): Host {
  return hostWith(prelude, [{ name: 'console', origin: 'the playground', exports: console }])
}

/** For who only looks at programs. */
const nobody = new PageConsole({ output: () => undefined, question: () => undefined }).functions
