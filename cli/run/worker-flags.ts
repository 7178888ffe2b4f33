import type { Strategy } from '../../interpreter/index.ts'
import type { MachineName } from '../machine.ts'
import { UsageError } from '../usage-error.ts'
import { oneByOneFlag } from './limit-flags.ts'
import type { LimitFlags } from './limit-flags.ts'

/** The flags that ask for something that one thread alone can do. */
interface Flags extends Partial<LimitFlags> {
  readonly workers?: number
  readonly engine?: MachineName
  readonly host?: readonly string[]
  readonly trace?: string
  readonly verify?: boolean
  readonly strategy?: Strategy
  readonly stochastic?: boolean
}

/** Refuses `--workers` where nothing could be reduced apart. */
export function refuseBesideWorkers(flags: Flags): void {
  if (flags.workers === undefined || flags.workers === 0) return
  const { strategy = 'fast' } = flags
  const oneByOne = oneByOneFlag(flags)
  const others: readonly (readonly [string, boolean, string])[] = [
    ['--engine reference', flags.engine === 'reference', 'it takes one reaction after the other'],
    ['--stochastic', flags.stochastic === true, 'a simulation has one clock'],
    ['--host', flags.host !== undefined, 'host functions are in one thread'],
    ['--trace', flags.trace !== undefined, 'a trace is one row of reactions'],
    ['--verify', flags.verify === true, 'it looks at one reaction after the other'],
    [oneByOne ?? '', oneByOne !== undefined, 'it is looked after one reaction at a time'],
    [
      `--strategy ${strategy}`,
      strategy !== 'fast' && strategy !== 'random',
      'it knows `fast` and `random`',
    ],
  ]
  const found = others.find(([, isThere]) => isThere)
  if (found !== undefined)
    throw new UsageError(`\`--workers\` and \`${found[0]}\` do not go together`, found[2])
}
