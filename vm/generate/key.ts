import { EvaluationFailure } from '../../interpreter/index.ts'
import type { Expression, Pattern } from '../../interpreter/index.ts'
import { keyOf } from '../store/key.ts'
import type { Key } from '../store/key.ts'
import type { IndexedStore } from '../store/hash-index.ts'
import { slotsOf } from '../plan/heads.ts'
import { ExpressionWriter, local } from './expressions.ts'
import { PatternWriter, isWritable } from './patterns.ts'
import { Text, canGenerate, functionFrom } from './text.ts'

/** Works out the key of a slot; undefined where its molecule does not fit or the expression has no value. */
export type KeyCode = (store: IndexedStore, slot: number) => Key | undefined

/** The key of an expression over a pattern's variables as one function; undefined where it has no text. */
export function generatedKey(expression: Expression, pattern: Pattern): KeyCode | undefined {
  if (pattern.kind !== 'tuple' || !isWritable(pattern) || !canGenerate()) return undefined
  const text = new Text()
  const expressions = new ExpressionWriter(text)
  const written = expressions.write(expression)
  // What needs the frame of a search has none here.
  if (/\brun\b|\bcaptured\b/u.test(written.text)) return undefined
  const bound = new Set<number>()
  const patterns = new PatternWriter(text, expressions, bound)
  pattern.fields.forEach((field, column) => {
    if (field.kind === 'wildcard' && field.type === undefined) return
    patterns.write(field, `store.field(slot, ${String(column)})`, 'return undefined')
  })
  const key = text.constant(keyOf)
  const declared = [...new Set([...bound, ...slotsOf(expression)])].map(local)
  const locals = [...declared, ...expressions.temporaries, 'x'].map((name) => `${name} = 0`)
  const body = `function(store, slot) {
var ${locals.join()}
${text.body}
x = ${written.text}
return typeof x === "object" ? ${key}(x) : x
}`
  const code = functionFrom(text, body) as KeyCode
  if (!written.canFail) return code
  return (store, slot) => {
    try {
      return code(store, slot)
    } catch (error) {
      if (error instanceof EvaluationFailure) return undefined
      throw error
    }
  }
}
