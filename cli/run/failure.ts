import { renderAll } from '../../grammar/index.ts'
import type { Diagnostic, Label } from '../../grammar/index.ts'
import { printBriefly } from '../../interpreter/index.ts'
import type { Entry, Failure, Outcome } from '../../interpreter/index.ts'
import type { Terminal } from '../terminal.ts'

/** A product that had no value, as a diagnostic: the expression, and the rule with what it would have taken. */
export function failureDiagnostic(failure: Failure): Diagnostic {
  const { message, place, rule, reactants, isRate = false } = failure
  const { name } = rule.shape
  const what = expressionText(place.source.slice(place.span))
  const by = name === undefined ? 'an anonymous rule' : `\`${name}\``
  const culprit: Label = { ...place, text: message }
  if (isRate)
    return {
      code: 'HOCL314',
      severity: 'error',
      title: `${what} is no rate, for ${by} with ${reactantsText(reactants)}`,
      labels: [culprit],
      hint: 'nothing was taken: a rate is a number from 0 on, and 0 where the rule is not to react',
    }
  return {
    code: 'HOCL310',
    severity: 'error',
    title: `${what} has no value, while reacting ${by} with ${reactantsText(reactants)}`,
    labels: [culprit],
    hint: 'nothing was taken: add a condition to the rule, `if …`, that keeps such molecules out',
  }
}

/** Why a run failed, as a picture of the place, or as the words that nodes have for it. */
export function tellFailure({ failure, trouble }: Failed, terminal: Terminal): void {
  const colour = terminal.hasMessageColour
  if (failure !== undefined) terminal.complain(renderAll([failureDiagnostic(failure)], { colour }))
  if (trouble !== undefined) terminal.complain(`error: ${trouble}`)
}

/** What an outcome says of it: where nodes have no picture, only words travel. */
export type Failed = Pick<Outcome, 'failure'> & { readonly trouble?: string | undefined }

/** The words of nodes, as an error. */
export function troubleOf(outcome: Outcome & Failed): Error | undefined {
  return outcome.trouble === undefined ? undefined : new Error(outcome.trouble)
}

/** A piece of a program in one line, cut where it is long. */
export function expressionText(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return `\`${line.length > 40 ? `${line.slice(0, 39)}…` : line}\``
}

/** `1 and 0`; at most five of them. */
function reactantsText(reactants: readonly Entry[]): string {
  const shown = reactants.slice(0, 5).map(([molecule, multiplicity]) => {
    const text = printBriefly(molecule, 40)
    return multiplicity === 1 ? text : `${text}^${String(multiplicity)}`
  })
  if (shown.length === 0) return 'nothing'
  if (reactants.length > 5) return `${shown.join(', ')} and ${reactants.length - 5} more`
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}
