import type { Diagnostic } from '../../grammar/index.ts'
import { PendingElement, inside } from '../../interpreter/index.ts'
import type { Entry, Expression, Molecule, Place } from '../../interpreter/index.ts'
import { reachableShapes } from '../plan/reachable.ts'
import { partsOf, partsOfMolecules } from './reads.ts'

/** A call that answers later, or one that is waited for already. */
export interface LaterCall {
  readonly text: string
  readonly place: Place
}

/** What keeps a solution from being simulated: calls that answer later, for which no simulated time would pass. */
export function asynchronousCalls(entries: Iterable<Entry>): readonly Diagnostic[] {
  return laterCalls(entries).map(({ text, place }) => ({
    code: 'HOCL313',
    severity: 'error',
    title: `\`${text}\` answers later`,
    labels: [{ ...place, text: 'a simulation cannot wait for it' }],
    hint: 'no simulated time passes while a call is out: run it without `--stochastic`, or give the answer as data',
  }))
}

/** Calls that answer later and may be made in a solution, by place. */
export function laterCalls(entries: Iterable<Entry>): readonly LaterCall[] {
  const molecules = [...entries].map(([molecule]) => molecule)
  const waiting: Expression[] = []
  for (const shape of reachableShapes(molecules)) waiting.push(...partsOfMolecules(shape.product))
  const found: LaterCall[] = pendingIn(molecules)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    waiting.push(...partsOf(next))
    const called = calledBy(next)
    if (called !== undefined) found.push(called)
  }
  return found.sort((a, b) => a.place.span.start - b.place.span.start)
}

function calledBy(expression: Expression): LaterCall | undefined {
  if (expression.kind !== 'call' && expression.kind !== 'method') return undefined
  const called = expression.kind === 'call' ? expression.function : expression.fallback
  return called?.isAsync === true ? { text: called.name, place: expression.place } : undefined
}

/** Elements of the first solution that wait already. */
function pendingIn(molecules: readonly Molecule[]): LaterCall[] {
  const found: LaterCall[] = []
  const waiting = [...molecules]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof PendingElement) found.push({ text: next.text, place: next.place })
    else waiting.push(...(inside(next) ?? []))
  }
  return found
}
