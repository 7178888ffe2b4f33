import { parse, parseMolecules, Source } from '../../grammar/index.ts'
import { show, showMolecules } from './show.ts'

/** The tree of a program, or the codes of what is wrong with it. */
export function tree(text: string): string {
  const { program, diagnostics } = parse(new Source('test', text))
  return diagnostics.length === 0 ? show(program) : codesOf(diagnostics)
}

/** The tree of some molecules, or the codes of what is wrong with them. */
export function molecules(text: string): string {
  const { molecules: found, diagnostics } = parseMolecules(new Source('test', text))
  return diagnostics.length === 0 ? showMolecules(found) : codesOf(diagnostics)
}

/** The patterns of a rule, without the rule. */
export function patterns(text: string): string {
  const shown = molecules(`replace ${text} by 0`)
  return /^\(replace \[(.*)\] by \[0\]\)$/.exec(shown)?.[1] ?? shown
}

/** Each code with what the first label points at: "HOCL117 `2`". */
export function complaints(text: string): readonly string[] {
  const { diagnostics } = parse(new Source('test', text))
  return diagnostics.map(({ code, labels }) => `${code} ${labels[0].source.slice(labels[0].span)}`)
}

function codesOf(diagnostics: readonly { readonly code: string }[]): string {
  return diagnostics.map((diagnostic) => diagnostic.code).join(' ')
}
