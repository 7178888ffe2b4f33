import type { RuleShape } from '../../interpreter/index.ts'
import type { Anatomy } from '../plan/heads.ts'
import { countedKernel } from './counted.ts'
import { dividesKernel } from './divides.ts'
import { exchangeKernel } from './exchange.ts'
import { flatRule } from './flat-rule.ts'
import type { FlatHead, FlatRule } from './flat-rule.ts'
import { foldKernelOf } from './fold-kernel.ts'
import type { Kernel } from './kernel.ts'
import { dropsZero, subtractionKernel, subtractionRule } from './subtraction.ts'
import type { SubtractionRule } from './subtraction.ts'
import { whyNot } from './why-not.ts'

/** What was found out about a rule. */
export interface Recognised {
  readonly kernel: Kernel | undefined
  /** Why there is no kernel for it. */
  readonly reason: string
  readonly flat: FlatRule | undefined
  /** What may become a kernel together with another rule. */
  readonly subtraction: SubtractionRule | undefined
}

/** A kernel for some rules of a set, by their places in it. */
export interface SetKernel {
  readonly kernel: Kernel
  readonly rules: readonly number[]
}

const known = new WeakMap<RuleShape, Recognised>()

/** The kernel for a rule by itself, found from what the rule says, whatever it is called. */
export function recognised(anatomy: Anatomy): Recognised {
  const { shape } = anatomy
  let found = known.get(shape)
  if (found === undefined) known.set(shape, (found = recognise(anatomy)))
  return found
}

function recognise(anatomy: Anatomy): Recognised {
  const flat = flatRule(anatomy)
  if (typeof flat === 'string')
    return { kernel: undefined, reason: flat, flat: undefined, subtraction: undefined }
  const subtraction = subtractionRule(flat)
  const kernel =
    subtraction === undefined
      ? (foldKernelOf(flat) ?? dividesKernel(flat) ?? exchangeKernel(flat) ?? countedKernel(flat))
      : subtractionKernel(subtraction, undefined)
  const reason =
    subtraction === undefined
      ? whyNot(flat)
      : 'to subtract 0 never ends; in one go only beside a rule that drops 0'
  return { kernel, reason, flat, subtraction }
}

/** The kernels for the rules of one solution. A rule can be in more than one. */
export function kernelsOf(rules: readonly Recognised[]): readonly SetKernel[] {
  const found: SetKernel[] = []
  for (const [at, { subtraction, kernel }] of rules.entries()) {
    const together = subtraction && withDrop(rules, at, subtraction)
    if (together !== undefined) found.push(together)
    else if (kernel !== undefined) found.push({ kernel, rules: [at] })
  }
  return found
}

function withDrop(
  rules: readonly Recognised[],
  at: number,
  subtraction: SubtractionRule,
): SetKernel | undefined {
  for (const [other, { flat }] of rules.entries()) {
    const drop: FlatHead | undefined = flat?.heads[0]
    if (flat === undefined || drop === undefined || !dropsZero(flat, subtraction)) continue
    const kernel = subtractionKernel(subtraction, drop)
    if (kernel !== undefined) return { kernel, rules: [at, other] }
  }
  return undefined
}
