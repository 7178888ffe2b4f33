import { registerHooks } from 'node:module'
import * as editor from '../editor/index.ts'
import * as grammar from '../grammar/index.ts'
import * as interpreter from '../interpreter/index.ts'
import * as stdlib from '../stdlib/index.ts'
import * as vm from '../vm/index.ts'
import * as worker from '../worker/index.ts'
import * as workflow from '../workflow/index.ts'

/*
 * What a host module gets when it imports `hocl`: the very code that runs the program, wherever the module
 * lies and whatever is installed beside it. A tuple that it makes has to be of the class that is looked for.
 */

const doors: ReadonlyMap<string, object> = new Map<string, object>([
  ['hocl', vm],
  ['hocl/vm', vm],
  ['hocl/interpreter', interpreter],
  ['hocl/grammar', grammar],
  ['hocl/stdlib', stdlib],
  ['hocl/worker', worker],
  ['hocl/workflow', workflow],
  ['hocl/editor', editor],
])

const SCHEME = 'hocl-door:'
const KEY = 'hocl doors'
let isOpen = false

/** From here on, imports of `hocl` and its doors lead here. */
export function openDoors(): void {
  if (isOpen) return
  isOpen = true
  Object.defineProperty(globalThis, Symbol.for(KEY), { value: doors })
  registerHooks({
    resolve: (specifier, context, next) =>
      doors.has(specifier) && context.conditions.includes('import')
        ? { url: `${SCHEME}${specifier}`, format: 'module', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url.startsWith(SCHEME)
        ? { format: 'module', source: moduleText(url.slice(SCHEME.length)), shortCircuit: true }
        : next(url, context),
  })
}

/** A module that exports what a door does. */
function moduleText(door: string): string {
  const names = Object.keys(doors.get(door) ?? {})
  const lines = names.map((name) => `export const ${name} = door.${name}`)
  const found = `globalThis[Symbol.for(${JSON.stringify(KEY)})].get(${JSON.stringify(door)})`
  return [`const door = ${found}`, ...lines].join('\n')
}
