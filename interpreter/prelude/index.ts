import type { Host } from '../host.ts'
import { boxClasses, boxNamespaces } from './boxes.ts'
import { conversions } from './conversions.ts'
import { functionsOf } from './define.ts'
import { invoke } from './invoke.ts'
import { lists } from './lists.ts'
import { plainMath, randomFloat } from './math.ts'
import { texts } from './text.ts'

/**
 * What every program can call without an import. All of it is pure but `random` and `invoke`. A program's own
 * definitions, and those that it imports, go before it.
 */
export const prelude: Host = {
  functions: functionsOf([...conversions, ...plainMath, ...lists, ...texts])
    .set('random', randomFloat('random'))
    .set('invoke', invoke),
  classes: boxClasses,
  namespaces: boxNamespaces,
}
