import { suggest } from '../../grammar/index.ts'
import type { CallExpression, Expression as Node, NewExpression } from '../../grammar/index.ts'
import type { HostFunction } from '../host.ts'
import type { Expression, Place } from '../rule.ts'
import { placeOf } from './context.ts'
import type { Call, Lowering, Site } from './context.ts'
import { expand } from './expand.ts'
import { failed, resolve } from './names.ts'
import type { Meaning } from './scope.ts'
import { findClass } from './types.ts'
import { reportUnknownFunction } from './unknown.ts'

/** `f(x, y)`: a definition with parameters, a parameter that stands for one, or a function. */
export function callExpression(node: CallExpression, site: Site, lowering: Lowering): Expression {
  const place = placeOf(node, site.module.source)
  const name = node.callee.text
  const meaning = resolve(name, placeOf(node.callee, site.module.source), site, lowering)
  if (meaning === 'ambiguous') return failed
  if (meaning !== undefined)
    return applyMeaning(meaning, { name, args: node.arguments, place }, site, lowering)
  const found = lowering.host.functions.get(name)
  if (found !== undefined)
    return functionCall(found, { args: node.arguments, place }, site, lowering)
  reportUnknownFunction(name, placeOf(node.callee, site.module.source), site, lowering)
  return failed
}

/** A call of what a name means. */
export function applyMeaning(
  meaning: Meaning,
  call: Call & { readonly name: string },
  site: Site,
  lowering: Lowering,
): Expression {
  switch (meaning.kind) {
    case 'maker':
      return expand(meaning, call, site, lowering)
    case 'function':
      return functionCall(meaning.function, call, site, lowering)
    case 'variable':
    case 'constant':
    case 'rule':
      // Read for its errors and uses: a variable that stands only here would be reported as unused.
      for (const arg of call.args) lowering.lower.expression(arg, site)
      if (lowering.standIns.has(meaning)) return failed
      lowering.error(
        'HOCL211',
        `\`${call.name}\` is not a function`,
        {
          ...call.place,
          text: meaning.kind === 'rule' ? 'a rule reacts, it is not called' : 'this is a molecule',
        },
        meaning.kind === 'rule'
          ? `put \`${call.name}\` into a solution with what it takes`
          : undefined,
      )
      return failed
  }
}

/** A call with its arguments counted and, where only pure functions may stand, its purity checked. */
export function functionCall(
  found: HostFunction,
  { args, place }: Call,
  site: Site,
  lowering: Lowering,
): Expression {
  const [least, most] = found.arity
  if (args.length < least || args.length > most) {
    lowering.error(
      'HOCL205',
      `\`${found.name}\` takes ${countOf(least, most)}, not ${String(args.length)}`,
      { ...place, text: `called with ${plural(args.length, 'argument')}` },
    )
    return failed
  }
  checkPurity(found, place, site, lowering)
  const lowered = args.map((arg) => argument(arg, found, site, lowering))
  const bound = found.within?.(lowering.host) ?? found
  return { kind: 'call', function: bound, arguments: lowered, place }
}

/** `size(ω)` and `list(ω)` see a rest as the solution or list that it is kept as. */
function argument(node: Node, found: HostFunction, site: Site, lowering: Lowering): Expression {
  if (
    (node.kind === 'rest' || node.kind === 'name') &&
    (found.name === 'size' || found.name === 'list')
  ) {
    const declared = site.scope.find(node.name)
    if (declared?.meaning.kind === 'variable' && declared.meaning.isRest) {
      declared.uses++
      return lowering.access(declared.meaning, site.frame)
    }
  }
  return lowering.lower.expression(node, site)
}

export function checkPurity(
  found: HostFunction,
  place: Place,
  site: Site,
  lowering: Lowering,
): void {
  if (site.mustBePure === undefined || (found.isPure && !found.isAsync)) return
  if (found.isAsync) {
    lowering.error(
      'HOCL302',
      `\`${found.name}\` answers later`,
      { ...place, text: `${site.mustBePure} cannot wait` },
      'call it in the product of a rule, and take its answer with another rule',
    )
    return
  }
  lowering.error(
    'HOCL301',
    `\`${found.name}\` is not pure`,
    { ...place, text: `${site.mustBePure} may be worked out any number of times` },
    isRandom(found)
      ? 'draw in the product, where it is done once for each reaction'
      : `call it in the product, or declare it with \`export const pure = ['${found.name}']\` in its host module`,
  )
}

function isRandom({ name }: HostFunction): boolean {
  return name === 'random' || name === 'Math.random'
}

function countOf(least: number, most: number): string {
  if (least === most) return plural(least, 'argument')
  return most === Infinity
    ? `at least ${plural(least, 'argument')}`
    : `${String(least)} to ${plural(most, 'argument')}`
}

function plural(n: number, word: string): string {
  return `${String(n)} ${word}${n === 1 ? '' : 's'}`
}

/** `new T(…)`. */
export function newExpression(node: NewExpression, site: Site, lowering: Lowering): Expression {
  const place = placeOf(node, site.module.source)
  const words = node.type.kind === 'named-type' ? node.type.path.words.map((w) => w.text) : []
  const found = findClass(words, lowering)
  if (found === undefined) {
    const name = site.module.source.slice(node.type.span)
    const similar = suggest(name, [...lowering.host.classes.keys()])
    lowering.error(
      'HOCL206',
      `there is no class \`${name}\``,
      { ...placeOf(node.type, site.module.source), text: 'this class is not known' },
      similar === undefined
        ? 'a class of the host must be named with `--host`'
        : `did you mean \`${similar}\`?`,
    )
    return failed
  }
  return functionCall(found.make, { args: node.arguments, place }, site, lowering)
}
