import type { HostFunction, Namespace, HostClass } from '../host.ts'
import { symbol } from '../molecule.ts'
import { prelude } from '../prelude/index.ts'
import type { Expression } from '../rule.ts'
import type { TypeTest } from '../types.ts'
import { anything } from './forms.ts'
import type { Form, Forms } from './forms.ts'
import type { World } from './world.ts'

/** What is left of an asynchronous call that was rejected. */
const rejection: Form = {
  kind: 'tuple',
  fields: [
    [{ kind: 'constant', value: symbol('ERROR') }],
    [{ kind: 'string' }],
    [{ kind: 'solution' }],
  ],
}

const known: ReadonlyMap<string, Forms> = new Map<string, Forms>([
  ...names('size length indexOf compareTo intValue longValue parseInt int', [{ kind: 'int' }]),
  ...names('sqrt random float doubleValue floatValue', [{ kind: 'float' }]),
  ...names('string substring trim toUpperCase toLowerCase join replaceAll charAt', [
    { kind: 'string' },
  ]),
  ...names('equals contains startsWith endsWith isEmpty matches', [{ kind: 'boolean' }]),
])

function names(words: string, forms: Forms): (readonly [string, Forms])[] {
  return words.split(' ').map((word) => [word, forms])
}

/** What a call can give: of the prelude an atom, a list, a tuple or something that it was given; of a host anything. */
export function resultOf(
  call: Extract<Expression, { kind: 'call' }>,
  given: readonly Forms[],
  world: World,
): Forms {
  if (!isOfPrelude(call.function)) {
    world.add(rejection, 'floating')
    return formsOfType(call.function.types?.gives)
  }
  const exact = known.get(call.function.name.split('.').at(-1) ?? '')
  if (exact !== undefined) return exact
  // `list(ω)` makes items of what floats.
  world.add({ kind: 'floating' }, 'part')
  for (const form of given.flat()) world.add(form, 'part')
  for (const kind of ['int', 'float', 'string'] as const) world.add({ kind }, 'part')
  // How many fields it has, its list decides.
  if (call.function.name === 'tuple') return [anything]
  return [
    { kind: 'part' },
    { kind: 'floating' },
    { kind: 'boolean' },
    { kind: 'list' },
    { kind: 'host' },
  ]
}

/** The atoms of a type; of any other, anything. */
function formsOfType(type: TypeTest | undefined): Forms {
  switch (type?.kind) {
    case 'int':
    case 'float':
    case 'boolean':
    case 'string':
    case 'symbol':
      return [{ kind: type.kind }]
    case 'number':
      return [{ kind: 'int' }, { kind: 'float' }]
    case 'tuple':
    case 'list':
    case 'solution':
    case 'rule':
    case 'any':
    case 'object':
    case 'fields':
    case 'host':
    case undefined:
      return [anything]
  }
}

/** Whether a function is the prelude's own. */
export function isOfPrelude(found: HostFunction): boolean {
  preludeFunctions ??= new Set(functionsOf(prelude))
  return preludeFunctions.has(found)
}

let preludeFunctions: ReadonlySet<HostFunction> | undefined

function* functionsOf(
  space: Pick<Namespace, 'functions' | 'classes'> & {
    readonly namespaces?: ReadonlyMap<string, Namespace>
  },
): Generator<HostFunction> {
  yield* space.functions.values()
  for (const each of space.classes.values()) yield* functionsOfClass(each)
  for (const inner of space.namespaces?.values() ?? []) yield* functionsOf(inner)
}

function* functionsOfClass({ make, functions, members }: HostClass): Generator<HostFunction> {
  yield make
  yield* functions.values()
  yield* members.values()
}
