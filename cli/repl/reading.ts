import { isIncomplete, parseMolecules, Source } from '../../grammar/index.ts'
import type { Definition, ParsedMolecules } from '../../grammar/index.ts'
import { hasErrors } from '../rejection.ts'

/**
 * How far a text that is typed has come: `unfinished` ends too early, `open` can end here but is a
 * definition that has no `in` yet, so that a condition may follow, and `whole` needs nothing.
 * `wrong` has a mistake that no further line can mend; `isOpen`, where lines that follow
 * belong to it all the same: a bracket is not closed, or a definition has no `in`.
 */
export type Reading =
  | { readonly kind: 'unfinished' | 'open' | 'whole' }
  | { readonly kind: 'wrong'; readonly isOpen: boolean }

/** In a longer text, of pasted data, a comma at the end is believed: reading all again at each line takes long. */
const LONG = 4_000

/** Reads what has been typed so far. */
export function readingOf(text: string): Reading {
  if (text.length > LONG && /,\s*$/.test(text) && !/\/\/[^\n]*$/.test(text))
    return { kind: 'unfinished' }
  const source = new Source('input', text)
  if (isIncomplete(source)) return { kind: 'unfinished' }
  const parsed = parseMolecules(source)
  if (hasErrors(parsed.diagnostics))
    return { kind: 'wrong', isOpen: parsed.endsEarly || lacksIn(text) }
  return { kind: endsInDefinition(parsed) ? 'open' : 'whole' }
}

/** Whether a definition ends with its `in`; after the last one of a text it may be missing. */
export function hasIn({ span, body }: Definition): boolean {
  return span.end > body.span.end
}

function endsInDefinition({ molecules }: ParsedMolecules): boolean {
  const last = molecules.items.at(-1)
  return last?.kind === 'definition' && !hasIn(last)
}

/** By its words, as the tree of a text with mistakes does not tell. */
function lacksIn(text: string): boolean {
  const code = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, ' ')
  const words = code.match(/[\p{L}_$][\p{L}\p{M}\p{Nd}_$']*/gu) ?? []
  const times = (word: string): number => words.filter((each) => each === word).length
  return times('let') > times('in')
}

const continuingWord = /^(?:if|by|inject|in|divides|instanceof)(?![\p{L}\p{M}\p{Nd}_$'])/u
/** No `+`, `-` or `<`, which can start a molecule, and no `:`, which starts a command. */
const continuingSign = /^(?:[@*%^,?]|\/(?![/*])|[=!]=|>|<=|&&|\|\||\.(?![.\d]))/

/** Whether a line can only go on with what was typed before it: it begins with `if`, `by`, an operator. */
export function continues(line: string): boolean {
  const text = line.trimStart()
  return continuingWord.test(text) || continuingSign.test(text)
}

/** Whether a line begins something that cannot stand in an open definition: another one, or a command. */
export function beginsAnew(line: string, isCommand: (line: string) => boolean): boolean {
  return isCommand(line) || /^\s*(?:let|import|package)(?![\p{L}\p{M}\p{Nd}_$'])/u.test(line)
}
