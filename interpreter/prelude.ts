import type { Host } from './host.ts'
import { boxClasses, boxNamespaces } from './prelude/boxes.ts'
import { conversions } from './prelude/conversions.ts'
import { functionsOf } from './prelude/define.ts'
import { lists } from './prelude/lists.ts'
import { plainMath, randomFloat } from './prelude/math.ts'
import { texts } from './prelude/text.ts'

/**
 * What every program can call without an import. All of it is pure but `random`. A program's own
 * definitions, and those that it imports, go before it.
 */
export const prelude: Host = {
  functions: functionsOf([...conversions, ...plainMath, ...lists, ...texts]).set(
    'random',
    randomFloat('random'),
  ),
  classes: boxClasses,
  namespaces: boxNamespaces,
}
