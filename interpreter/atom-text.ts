import { isInfinite } from './integer.ts'
import type { Int } from './integer.ts'

/*
 * Atoms as they are written in a program. What is printed must read back as the same value, and must not
 * be able to play tricks with a terminal: control and direction characters are escaped.
 */

/** `42`, `-3`, `∞`. */
export function intText(value: Int): string {
  if (!isInfinite(value)) return String(value)
  return value > 0 ? '∞' : '-∞'
}

/** The shortest digits that read back as the same double; always to be seen as a float: `1.0`, `1e21`. */
export function floatText(value: number): string {
  const text = String(value)
  if (text.includes('e')) return text.replace('e+', 'e')
  return text.includes('.') ? text : `${text}.0`
}

const PLAIN = /^[ !#-[\]-~]*$/

/** In double quotes, with JSON's escapes. */
export function stringText(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`
  // Program text is NFC-normalised when it is read: what would change then is written in escapes.
  const pattern = value.normalize('NFC') === value ? TRICKY : BEYOND_ASCII
  return JSON.stringify(value).replace(pattern, escape)
}

// C1 controls, soft hyphen, zero-width and direction marks, line separators, byte order mark.
const TRICKY =
  /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/g
// eslint-disable-next-line no-control-regex -- all of ASCII is left out, control characters too
const BEYOND_ASCII = /[^\u0000-\u007e]/g

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Whether a text can be written as a symbol: it starts with an upper- or title-case letter and is one word. */
export function isSymbolName(text: string): boolean {
  return /^[\p{Lu}\p{Lt}][\p{L}\p{M}\p{Nd}_$']*$/u.test(text) && text.normalize('NFC') === text
}
