import type { DiagnosticCode } from '../../grammar/index.ts'
import { demote, negateInt, parseInt10 } from '../integer.ts'
import type { Int } from '../integer.ts'
import { Float } from '../molecule.ts'
import { LARGEST_INT_DIGITS } from '../size-limits.ts'

/** Why a piece of text is no number. */
export interface NumberProblem {
  readonly code: DiagnosticCode
  readonly problem: string
  readonly hint: string | undefined
}

const INTEGER = /^[0-9]+(?:_[0-9]+)*[lL]?$/
const HEXADECIMAL = /^0[xX][0-9a-fA-F]+(?:_[0-9a-fA-F]+)*$/
const FLOAT =
  /^(?:[0-9]+(?:_[0-9]+)*)?(?:\.[0-9]+(?:_[0-9]+)*)?(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?[fFdD]?$/

/** The value of a number as the language writes it: `1_000`, `0xFF`, `2.5`, `.5`, `1e-3`, `5f`, `7L`. */
export function readNumber(text: string, isNegative: boolean): Int | Float | NumberProblem {
  if (INTEGER.test(text) || HEXADECIMAL.test(text)) {
    if (text.length > LARGEST_INT_DIGITS)
      return { code: 'HOCL625', problem: 'an integer is too large', hint: undefined }
    const digits = text.replaceAll('_', '')
    const value = HEXADECIMAL.test(text)
      ? demote(BigInt(digits))
      : (parseInt10(digits.replace(/[lL]$/, '')) ?? 0)
    return isNegative ? negateInt(value) : value
  }
  if (!FLOAT.test(text))
    return {
      code: 'HOCL623',
      problem: `\`${text.length > 30 ? `${text.slice(0, 29)}…` : text}\` is no number`,
      hint: text.endsWith('.') ? `write \`${text}0\`` : undefined,
    }
  const value = Number(text.replaceAll('_', '').replace(/[fFdD]$/, ''))
  if (!Number.isFinite(value))
    return { code: 'HOCL623', problem: `\`${text}\` is beyond the largest Float`, hint: undefined }
  return new Float(isNegative ? -value : value)
}
