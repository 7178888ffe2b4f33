import type { Diagnostic } from './diagnostic.ts'
import type { LiteralFlaw } from './literals.ts'
import type { Source } from './source.ts'
import { toDiagnostic, type Complaint } from './wording.ts'

/** What is wrong with a literal. Only a leading zero is no more than a warning. */
export function literalDiagnostic(flaw: LiteralFlaw, source: Source): Diagnostic {
  const severity = flaw.kind === 'leading-zero' ? 'warning' : 'error'
  const isAtQuote = flaw.kind === 'unclosed-string'
  const span = isAtQuote ? { start: flaw.span.start, end: flaw.span.start + 1 } : flaw.span
  return toDiagnostic(complaint(flaw), { span, source, severity })
}

function complaint({ kind, detail }: LiteralFlaw): Complaint {
  const shown = detail.length > 24 ? `${detail.slice(0, 23)}…` : detail
  switch (kind) {
    case 'malformed-number':
      return { code: 'HOCL103', title: `\`${shown}\` is not a number`, hint: numberHint(detail) }
    case 'number-too-large':
      return {
        code: 'HOCL103',
        title: `\`${shown}\` is too large`,
        hint: 'a float goes up to about 1.8e308, an integer to a million digits; `∞` is infinity',
      }
    case 'leading-zero':
      return {
        code: 'HOCL104',
        title: `\`${shown}\` is decimal, not octal`,
        hint: `write \`${shown.replace(/^0+(?=\d)/, '')}\``,
      }
    case 'unclosed-string':
      return {
        code: 'HOCL105',
        title: 'this string is not closed',
        hint: `it ends with ${detail} on the same line; a line break inside is \`\\n\``,
      }
    case 'unknown-escape':
      return {
        code: 'HOCL106',
        title: `\`${shown}\` is not an escape`,
        hint: 'the escapes are \\" \\\' \\\\ \\/ \\b \\f \\n \\r \\t, \\u0041 and octal \\101',
      }
    case 'character-length':
      return {
        code: 'HOCL107',
        title: `expected one character between single quotes, saw ${shown}`,
        hint: 'a string stands in double quotes',
      }
  }
}

function numberHint(text: string): string {
  if (/^0[xX]/.test(text))
    return 'a hexadecimal number is `0x` and digits up to `F`, without a suffix'
  if (/^[\d_]+\.$/.test(text)) return `write \`${text}0\` or \`${text.slice(0, -1)}\``
  if (/__|_$|_[.eE]/.test(text)) return 'one `_` may stand between two digits'
  if (/^[\d_.]+[eE]/.test(text)) return 'an exponent is a whole number: `1e5`, `1e-3`'
  const digits = /^[\d_]+/.exec(text)?.[0] ?? text
  return `a name cannot start with a digit; \`${digits}\` and what follows need a comma or an operator`
}
