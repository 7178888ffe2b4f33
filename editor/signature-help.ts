import type { Document } from './document.ts'
import { documentationWords } from './hover.ts'
import { meaningAt, meaningOf } from './meaning.ts'
import type { Meaning } from './meaning.ts'
import { functionWords, signatureOf } from './words/prelude.ts'
import type { Signature } from './words/prelude.ts'

/** How the call around a place is written. */
export interface SignatureHelp {
  readonly signatures: readonly Signature[]
  /** Which of the signatures has room for what is written. */
  readonly activeSignature: number
  /** The parameter at the place, from 0. */
  readonly activeParameter: number
  /** In Markdown. */
  readonly documentation: string
}

/** The call around an offset, finished or not; undefined where there is none. */
export function signatureHelp(document: Document, offset: number): SignatureHelp | undefined {
  const call = callAround(document, document.inward(offset))
  if (call === undefined) return undefined
  const meaning = meaningOfCall(document, call)
  const words = meaning && signaturesOf(meaning)
  if (words === undefined) return undefined
  // In `x.f(y)` the value before the dot is the first argument.
  const position = call.position + (call.isMethod ? 1 : 0)
  const fitting = words.signatures.findIndex(({ parameters }) => parameters.length > position)
  const active = fitting < 0 ? words.signatures.length - 1 : fitting
  const most = (words.signatures[active]?.parameters.length ?? 1) - 1
  return {
    signatures: words.signatures,
    activeSignature: Math.max(active, 0),
    activeParameter: Math.max(0, Math.min(position, most)),
    documentation: words.text,
  }
}

interface OpenCall {
  readonly name: string
  /** Where the name starts. */
  readonly start: number
  readonly position: number
  readonly isMethod: boolean
}

/** The innermost parenthesis after a name that is open at a place. */
function callAround({ names }: Document, place: number): OpenCall | undefined {
  const { tokens } = names
  let depth = 0
  let position = 0
  const next = tokens.findIndex(({ span }) => span.start >= place)
  for (let i = (next < 0 ? tokens.length : next) - 1; i >= 0; i--) {
    const token = tokens[i]
    if (token === undefined) return undefined
    const { kind, text } = token
    if (kind === 'bracket' && ')]>⟩'.includes(text)) depth += 1
    else if (kind === 'bracket') {
      if (depth > 0) {
        depth -= 1
        continue
      }
      const name = tokens[i - 1]
      const isName = name?.kind === 'name' || name?.kind === 'symbol' || name?.kind === 'keyword'
      if (text !== '(' || !isName) {
        position = 0
        continue
      }
      const isMethod = tokens[i - 2]?.text === '.' && tokens[i - 3]?.kind !== 'symbol'
      return { name: name.text, start: name.span.start, position, isMethod }
    } else if (depth === 0 && text === ',') position += 1
    // A call does not go on beyond the definition that it stands in.
    else if (kind === 'keyword' && (text === 'let' || text === 'in')) return undefined
  }
  return undefined
}

function meaningOfCall(document: Document, { name, start }: OpenCall): Meaning | undefined {
  const occurrence = document.names.startingAt(start)
  const found = occurrence && meaningOf(document, occurrence)
  return found ?? meaningAt(document, name, start)
}

function signaturesOf(
  meaning: Meaning,
): { readonly signatures: readonly Signature[]; readonly text: string } | undefined {
  if (meaning.kind === 'function') return functionWords(meaning.function)
  if (meaning.kind === 'class') return functionWords(meaning.class.make)
  if (meaning.kind !== 'declaration' || meaning.declaration.kind !== 'maker') return undefined
  const { document, declaration } = meaning
  const signature = signatureOf(declaration.name, (declaration.parameters ?? []).join(', '))
  return { signatures: [signature], text: documentationWords(document, declaration) }
}
