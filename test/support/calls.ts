import { EvaluationFailure, prelude } from '../../interpreter/index.ts'
import type { HostFunction, Molecule } from '../../interpreter/index.ts'
import { print } from '../../interpreter/print.ts'
import { molecule } from './molecules.ts'

/** The function of the prelude that programs call by this name: `abs`, `Math.abs`, `new Integer`. */
export function functionNamed(name: string): HostFunction {
  const [first = '', second] = name.split('.')
  const found = name.startsWith('new ')
    ? prelude.classes.get(name.slice(4))?.make
    : second === undefined
      ? prelude.functions.get(first)
      : prelude.namespaces.get(first)?.functions.get(second)
  if (found === undefined) throw new Error(`the prelude has no ${name}`)
  return found
}

/** What a function gives for molecules. */
export function applied(name: string, ...args: readonly Molecule[]): Molecule {
  const result = functionNamed(name).apply(args, { random: () => 0.25 })
  if (result instanceof Promise) throw new Error(`${name} answers later`)
  return result
}

/** What a call such as `pow(2, 3)` gives, printed, or why it has no value. */
export function call(text: string): string {
  const [, name = '', args = ''] = /^([^(]*)\((.*)\)$/s.exec(text) ?? []
  // As the items of a list the arguments keep their order.
  const list = args === '' ? undefined : molecule(`[${args}]`)
  const given = typeof list === 'object' && list.kind === 'list' ? list.items : []
  try {
    return print(applied(name, ...given))
  } catch (error) {
    if (error instanceof EvaluationFailure) return error.message
    throw error
  }
}

/** The constant that programs write so: `Math.PI`. */
export function constant(name: string): string {
  const [namespace = '', word = ''] = name.split('.')
  const found = prelude.namespaces.get(namespace)?.constants.get(word)
  return found === undefined ? 'none' : print(found)
}
