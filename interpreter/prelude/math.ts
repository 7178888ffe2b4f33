import {
  add,
  divide,
  exactly,
  finite,
  holds,
  isFloat,
  multiply,
  negate,
  remainder,
  subtract,
} from '../arithmetic.ts'
import type { HostFunction } from '../host.ts'
import { powerInt, signOf, truncateToInt } from '../integer.ts'
import { Float, isInt } from '../molecule.ts'
import type { Molecule } from '../molecule.ts'
import { printBriefly } from '../print.ts'
import { checkPower } from '../size-limits.ts'
import { functionsOf, random } from './define.ts'
import type { Arguments, Definition } from './define.ts'

/*
 * Numbers. Int stays Int, exactly, wherever the result is an integer by nature (`abs`, `pow` with a
 * non-negative exponent, `max`). `floor`, `ceil` and `round` give an Int; `Math.floor` and `Math.ceil` a
 * Float, as in Java. The transcendental functions are those of the host's `Math`.
 */

function absolute(args: Arguments): Molecule {
  const x = args.number(0)
  if (isFloat(x)) return new Float(Math.abs(x.value))
  return x < 0 ? negate(x) : x
}

function power(args: Arguments): Molecule {
  const base = args.number(0)
  const exponent = args.number(1)
  const what = () => `${args.name}(${printBriefly(base)}, ${printBriefly(exponent)})`
  if (isInt(base) && isInt(exponent) && exponent >= 0) {
    return exactly(what, () => {
      checkPower(base, exponent)
      return powerInt(base, exponent)
    })
  }
  return finite(args.double(0) ** args.double(1), what)
}

/** The larger or smaller of two numbers or strings; an Int with a Float gives a Float. */
export function extreme(operator: '<' | '>', a: Molecule, b: Molecule): Molecule {
  const winner = holds(operator, b, a) ? b : a
  if (isInt(winner) && (isFloat(a) || isFloat(b))) return add(winner, new Float(0))
  return winner
}

/** A function of doubles; a result that is not finite fails. */
function doubles(name: string, count: number, body: (x: number, y: number) => number): Definition {
  return [
    name,
    count,
    (args) =>
      finite(
        body(args.double(0), count > 1 ? args.double(1) : 0),
        () =>
          `${args.name}(${args
            .all()
            .map((each) => printBriefly(each))
            .join(', ')})`,
      ),
  ]
}

/** A Float to an Int by a rule of rounding; an Int stays. */
function toWhole(rule: (x: number) => number): (args: Arguments) => Molecule {
  return (args) => {
    const x = args.number(0)
    return isFloat(x) ? truncateToInt(rule(x.value)) : x
  }
}

/** Java's floorMod takes the sign of the divisor. */
function floorMod(args: Arguments): Molecule {
  const divisor = args.int(1)
  const rest = remainder(args.int(0), divisor)
  return isInt(rest) && signOf(rest) * signOf(divisor) < 0 ? add(rest, divisor) : rest
}

function floorDiv(args: Arguments): Molecule {
  const a = args.int(0)
  const b = args.int(1)
  const quotient = divide(a, b)
  return signOf(a) * signOf(b) < 0 && remainder(a, b) !== 0 ? subtract(quotient, 1) : quotient
}

/** To the nearest even integer, as Java's `rint`. */
function toEven(x: number): number {
  const below = Math.floor(x)
  if (x - below !== 0.5) return Math.round(x)
  return below % 2 === 0 ? below : below + 1
}

const shared: readonly Definition[] = [
  ['abs', 1, absolute],
  ['pow', 2, power],
  doubles('sqrt', 1, Math.sqrt),
  ['round', 1, toWhole(Math.round)],
]

/** Plain names; `min`, `max` and `sum` also take lists and stand with those. */
export const plainMath: readonly Definition[] = [
  ...shared,
  ['floor', 1, toWhole(Math.floor)],
  ['ceil', 1, toWhole(Math.ceil)],
]

const javaMath: readonly Definition[] = [
  ...shared,
  ['min', 2, (args) => extreme('<', args.number(0), args.number(1))],
  ['max', 2, (args) => extreme('>', args.number(0), args.number(1))],
  doubles('floor', 1, Math.floor),
  doubles('ceil', 1, Math.ceil),
  doubles('rint', 1, toEven),
  ['floorMod', 2, floorMod],
  ['floorDiv', 2, floorDiv],
  ['addExact', 2, (args) => add(args.int(0), args.int(1))],
  ['subtractExact', 2, (args) => subtract(args.int(0), args.int(1))],
  ['multiplyExact', 2, (args) => multiply(args.int(0), args.int(1))],
  ['negateExact', 1, (args) => negate(args.int(0))],
  doubles('signum', 1, Math.sign),
  doubles('cbrt', 1, Math.cbrt),
  doubles('exp', 1, Math.exp),
  doubles('expm1', 1, Math.expm1),
  doubles('log', 1, Math.log),
  doubles('log10', 1, Math.log10),
  doubles('log1p', 1, Math.log1p),
  doubles('sin', 1, Math.sin),
  doubles('cos', 1, Math.cos),
  doubles('tan', 1, Math.tan),
  doubles('asin', 1, Math.asin),
  doubles('acos', 1, Math.acos),
  doubles('atan', 1, Math.atan),
  doubles('sinh', 1, Math.sinh),
  doubles('cosh', 1, Math.cosh),
  doubles('tanh', 1, Math.tanh),
  doubles('atan2', 2, Math.atan2),
  doubles('hypot', 2, Math.hypot),
  doubles('toRadians', 1, (x) => (x / 180) * Math.PI),
  doubles('toDegrees', 1, (x) => (x * 180) / Math.PI),
]

/** `random()` and `Math.random()`: a Float in [0, 1) from the run's seed. */
export function randomFloat(name: string): HostFunction {
  return random(name, (surroundings) => new Float(surroundings.random()))
}

/** What stands behind `Math.`. */
export const mathFunctions: ReadonlyMap<string, HostFunction> = functionsOf(javaMath, 'Math').set(
  'random',
  randomFloat('Math.random'),
)

export const mathConstants: ReadonlyMap<string, Molecule> = new Map([
  ['PI', new Float(Math.PI)],
  ['E', new Float(Math.E)],
])
