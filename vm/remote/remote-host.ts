import { hostWith, prelude } from '../../interpreter/index.ts'
import type { Host, HostFunction, Molecule } from '../../interpreter/index.ts'
import type { FunctionSketch } from './messages.ts'

/** Makes a call that another thread answers. */
export type CallAway = (
  name: string,
  args: readonly Molecule[],
  key: () => string,
) => Promise<Molecule>

/** The functions that an application registers, and that stay in its thread. */
export function ownFunctions(
  exports: Readonly<Record<string, unknown>> | undefined,
): ReadonlyMap<string, HostFunction> {
  if (exports === undefined) return new Map()
  const { functions, classes } = hostWith(prelude, [{ origin: 'the host', exports }])
  for (const name of classes.keys())
    if (classes.get(name) !== prelude.classes.get(name))
      throw new TypeError(
        `the class \`${name}\` is not in the thread of the reactor: export it from a \`hostModule\``,
      )
  return new Map([...functions].filter(([name, each]) => prelude.functions.get(name) !== each))
}

/** What is told of them. */
export function sketchesOf(
  functions: ReadonlyMap<string, HostFunction>,
): readonly FunctionSketch[] {
  return [...functions].map(([name, { arity, types }]) => {
    const isPlain =
      types !== undefined && [...types.takes, types.gives].every(({ kind }) => kind !== 'host')
    return isPlain ? { name, arity, types } : { name, arity }
  })
}

/** A host in which these functions answer later, whatever they do where they are. */
export function hostOfSketches(
  exports: Readonly<Record<string, unknown>> | undefined,
  sketches: readonly FunctionSketch[],
  call: CallAway,
): Host {
  const base =
    exports === undefined ? prelude : hostWith(prelude, [{ origin: 'the host module', exports }])
  const functions = new Map(base.functions)
  for (const { name, arity, types } of sketches)
    functions.set(name, {
      name,
      arity,
      isPure: false,
      isAsync: true,
      ...(types && { types }),
      apply: (args, { callKey }) => call(name, args, callKey ?? (() => '')),
    })
  return { ...base, functions }
}
