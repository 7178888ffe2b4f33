import type { Expression } from 'acorn'
import { constant, made } from './code.ts'
import type { Code } from './code.ts'
import { fieldOf, isNamespace, memberOfGlobal } from './pure.ts'
import { isVariable, refusal } from './site.ts'
import type { Site } from './site.ts'

/** Thrown where `?.` meets nothing. */
export const NOTHING = new Error('nothing is there')

/** `value.field`, `value[key]`. */
export function member(node: Expression & { type: 'MemberExpression' }, site: Site): Code {
  if (node.object.type === 'Identifier' && node.property.type === 'Identifier' && !node.computed) {
    const { name: root } = node.object
    if (!isVariable(root, site)) {
      const found =
        site.host.constant(`${root}.${node.property.name}`) ??
        memberOfGlobal(root, node.property.name)
      if (found !== undefined) return constant(found.value)
      if (isNamespace(root)) throw refusal(node, site)
    }
  }
  const whole = site.expression(node.object, site)
  const key = keyOf(node, site)
  return made([whole, key], (values) => {
    const value = whole.run(values)
    if (node.optional && (value === null || value === undefined)) throw NOTHING
    return fieldOf(value, key.run(values))
  })
}

/** What stands behind the dot or between the brackets. */
export function keyOf(node: Expression & { type: 'MemberExpression' }, site: Site): Code {
  if (node.property.type === 'PrivateIdentifier') throw refusal(node, site)
  if (!node.computed && node.property.type === 'Identifier') return constant(node.property.name)
  return site.expression(node.property, site)
}

/** `[a, ...b]`. */
export function list(node: Expression & { type: 'ArrayExpression' }, site: Site): Code {
  const parts = node.elements.map((item) =>
    item === null
      ? { code: constant(undefined), isSpread: false }
      : item.type === 'SpreadElement'
        ? { code: site.expression(item.argument, site), isSpread: true }
        : { code: site.expression(item, site), isSpread: false },
  )
  return made(
    parts.map(({ code }) => code),
    (values) =>
      parts.flatMap(({ code, isSpread }) =>
        isSpread ? [...(code.run(values) as Iterable<unknown>)] : [code.run(values)],
      ),
  )
}
