import type { Command } from 'commander'
import { DEFAULT_DEPTH, LARGEST_DEPTH } from '../../interpreter/index.ts'
import type { Limits } from '../../interpreter/index.ts'
import { count, duration } from '../options.ts'

/** The flags that bound a run. */
export interface LimitFlags {
  readonly maxReactions: number
  readonly maxMolecules: number
  readonly maxDepth: number
  readonly maxCharacters: number
  readonly maxItems: number
  readonly maxBits: number
  readonly maxCalls: number
  readonly timeout: number
}

/** Adds them to a command. */
export function addLimitOptions(command: Command): Command {
  return command
    .addOption(count('--max-reactions <n>', 'stop after so many reactions'))
    .addOption(count('--max-molecules <n>', 'stop before the solution holds more molecules'))
    .addOption(
      count(
        '--max-depth <n>',
        `stop before molecules nest deeper (default: ${DEFAULT_DEPTH})`,
        LARGEST_DEPTH,
      ),
    )
    .addOption(count('--max-characters <n>', 'stop before a string grows longer'))
    .addOption(count('--max-items <n>', 'stop before a list grows longer'))
    .addOption(count('--max-bits <n>', 'stop before an Int has more bits'))
    .addOption(count('--max-calls <n>', 'stop before more products wait for host functions'))
    .addOption(duration('--timeout <time>', 'stop after 500ms, 10s, 2m; a bare number is seconds'))
}

/** The limits that were asked for. */
export function limitsOf(given: Partial<LimitFlags>): Limits {
  const { maxReactions, maxMolecules, maxCharacters, maxItems, maxBits, maxCalls, timeout } = given
  return {
    depth: given.maxDepth ?? DEFAULT_DEPTH,
    ...(maxReactions !== undefined && { reactions: maxReactions }),
    ...(maxMolecules !== undefined && { molecules: maxMolecules }),
    ...(maxCharacters !== undefined && { characters: maxCharacters }),
    ...(maxItems !== undefined && { items: maxItems }),
    ...(maxBits !== undefined && { bits: maxBits }),
    ...(maxCalls !== undefined && { calls: maxCalls }),
    ...(timeout !== undefined && { milliseconds: timeout }),
  }
}

/** The flag for a limit that is looked after one reaction at a time, if there is one. */
export function oneByOneFlag(given: Partial<LimitFlags>): string | undefined {
  if (given.maxMolecules !== undefined) return '--max-molecules'
  return valueFlag(given)
}

/** The flag that bounds single values or calls, if there is one. */
export function valueFlag(given: Partial<LimitFlags>): string | undefined {
  if (given.maxCharacters !== undefined) return '--max-characters'
  if (given.maxItems !== undefined) return '--max-items'
  if (given.maxBits !== undefined) return '--max-bits'
  return given.maxCalls === undefined ? undefined : '--max-calls'
}
