import { dataPieces, jsonText, pairsPieces, printed, standalone } from '../../interpreter/index.ts'
import type { Entry, Failure, Outcome } from '../../interpreter/index.ts'
import { diagnosticJson, errorJson } from '../diagnostic-json.ts'
import { moleculeColour } from '../palette.ts'
import type { Terminal } from '../terminal.ts'
import { failureDiagnostic } from './failure.ts'
import type { RunRequest } from './request.ts'

/** A run that came to its end, whatever that was. */
export interface Ended {
  readonly outcome: Outcome
  readonly elapsedMs: number
  /** What a host module did or nodes say, where that is why it failed. */
  readonly trouble?: Error | undefined
  /** What is said of it in place of its outcome, where it goes on. */
  readonly word?: string
}

/** In which form a result is printed, and what is said of the run that made it. */
export type Printing = Pick<
  RunRequest,
  'output' | 'isStandalone' | 'separator' | 'seed' | 'strategy' | 'simulation'
>

/** Writes the result to the standard output in the form that was asked for. */
export async function printResult(
  ended: Ended,
  request: Printing,
  terminal: Terminal,
): Promise<void> {
  await terminal.printPieces(pieces(ended, request, terminal))
}

function pieces(ended: Ended, request: Printing, terminal: Terminal): Iterable<string> {
  const { solution } = ended.outcome
  switch (request.output) {
    case 'print': {
      const options = terminal.hasColour ? { colour: moleculeColour } : {}
      if (!request.isStandalone) return between('', printed(solution, options), '\n')
      const { definitions, isKnown } = standalone(solution)
      return between(definitions, printed(solution, { ...options, isKnown }), '\n')
    }
    case 'object':
      return objectPieces(ended, request)
    case 'hocl':
    case 'json':
    case 'ndjson':
    case 'csv':
      return dataPieces(
        solution,
        request.output,
        request.separator === undefined ? {} : { separator: request.separator },
      )
  }
}

function* between(start: string, middle: Iterable<string>, end: string): Generator<string> {
  yield start
  yield* middle
  yield end
}

/** The object of `--json`, on one line. The solution can be large, so it is written in pieces. */
function* objectPieces(
  { outcome, elapsedMs, trouble, word }: Ended,
  request: Printing,
): Generator<string> {
  const { kind, solution, reactions, pending, simulatedTime, failure } = outcome
  yield `{"outcome":${JSON.stringify(word ?? kind)},"solution":`
  yield* pairsPieces(solution)
  const rest = {
    reactions,
    elapsedMs: Math.round(elapsedMs * 1000) / 1000,
    seed: request.seed,
    strategy: request.simulation === undefined ? request.strategy : 'stochastic',
    ...(pending > 0 && { pending }),
    ...(simulatedTime !== undefined && { simulatedTime }),
  }
  yield `,${JSON.stringify(rest).slice(1, -1)}`
  if (failure !== undefined) yield `,"error":${errorText(failure)}`
  if (trouble !== undefined)
    yield `,"error":${JSON.stringify(errorJson(trouble) ?? { message: trouble.message })}`
  yield '}\n'
}

/** A diagnostic, with the rule and what it would have taken. */
function errorText(failure: Failure): string {
  const { name } = failure.rule.shape
  const known = { ...diagnosticJson(failureDiagnostic(failure)), message: failure.message }
  const head = JSON.stringify({ ...known, rule: name ?? null }).slice(0, -1)
  return `${head},"reactants":${pairsText(failure.reactants)}}`
}

/** Entries as `[[molecule, multiplicity], …]` in the exchange form, in their own order. */
export function pairsText(entries: readonly Entry[]): string {
  const pairs = entries.map(([molecule, multiplicity]) => {
    const count = Number.isFinite(Number(multiplicity))
      ? String(multiplicity)
      : multiplicity > 0
        ? '"inf"'
        : '"-inf"'
    return `[${jsonText(molecule)},${count}]`
  })
  return `[${pairs.join(',')}]`
}
