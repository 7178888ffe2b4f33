import type { VNode } from 'preact'
import type { MoleculeForm, SolutionForm } from '../../session/messages.ts'
import type { ViewProps } from '../views.ts'

/** The solution as nested lists. */
export function SolutionPane({ state }: ViewProps): VNode {
  const { solution } = state
  if (solution === undefined) return <p class="empty">Nothing is here yet.</p>
  return (
    <div class="solution-pane">
      <SolutionList solution={solution} label="The outermost solution" />
    </div>
  )
}

interface SolutionListProps {
  readonly solution: SolutionForm
  readonly label: string
}

function SolutionList({ solution, label }: SolutionListProps): VNode {
  const hidden = solution.distinct - solution.entries.length
  return (
    <ul class={solution.isInert ? 'membrane inert' : 'membrane'} aria-label={label}>
      {solution.entries.map((molecule) => (
        <MoleculeItem key={molecule.id} molecule={molecule} />
      ))}
      {hidden > 0 && <li class="more">and {hidden.toLocaleString('en')} more</li>}
    </ul>
  )
}

function MoleculeItem({ molecule }: { readonly molecule: MoleculeForm }): VNode {
  const { text, copies, kind, inside } = molecule
  return (
    <li class={`molecule ${kind}`}>
      {kind !== 'solution' && <code>{text}</code>}
      {inside?.map((solution, i) => (
        <SolutionList key={i} solution={solution} label={`Inside ${text}`} />
      ))}
      {copies !== 1 && <sup>{copiesText(copies)}</sup>}
    </li>
  )
}

/** `×3`, `×∞`. */
export function copiesText(copies: number): string {
  if (copies === Infinity) return '×∞'
  if (copies === -Infinity) return '×−∞'
  return `×${String(copies).replace('-', '−')}`
}
