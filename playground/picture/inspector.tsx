import type { MoleculeDetail } from '../session/messages.ts'
import { kindName } from './contents.ts'
import type { Found } from './messages.ts'
import { nameOf } from './paint.ts'

interface InspectorProps {
  readonly found: Found
  readonly detail: MoleculeDetail | undefined
  readonly onStory: (molecule: number) => void
  readonly onClose: () => void
}

/** All about the molecule or membrane that was clicked on. */
export function Inspector({ found, detail, onStory, onClose }: InspectorProps) {
  const { bubble, way } = found
  const membrane = way.at(-1)
  const about = bubble ?? membrane
  const molecule = about?.molecule ?? 0
  const known = detail?.id === molecule ? detail : undefined
  const isOutermost = bubble === undefined && way.length <= 1
  const text = isOutermost ? 'The outermost solution' : (known?.text ?? about?.text ?? '')
  const kind = bubble === undefined ? 'Solution' : kindName(bubble.kind)
  const around = bubble === undefined ? way.slice(0, -1) : way
  return (
    <section
      class={found.x > 0.5 ? 'picture-inspector is-left' : 'picture-inspector'}
      aria-label="Molecule"
    >
      <header>
        <h2>{bubble?.isGroup === true ? `All ${text}` : kind}</h2>
        <button type="button" aria-label="Close" onClick={onClose}>
          <span aria-hidden="true">×</span>
        </button>
      </header>
      <pre tabIndex={0} aria-label="Text of the molecule">
        {text}
      </pre>
      <dl>
        <Fact name="Type" value={known?.type ?? kind} />
        <Fact name="Copies" value={copiesOf(about?.copies ?? 1)} />
        <Fact name="In" value={placeName(around.map(nameOf))} />
        {membrane !== undefined && bubble === undefined && (
          <Fact name="State" value={membrane.isInert ? 'inert' : 'can react'} />
        )}
        {known?.rule !== undefined && <Fact name="Rule" value={known.rule.text} />}
      </dl>
      {molecule > 0 && (
        <button type="button" class="picture-story" onClick={() => onStory(molecule)}>
          Where from, and what became of it
        </button>
      )}
    </section>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

function copiesOf(copies: number): string {
  if (copies === Infinity) return '∞, an endless supply'
  if (copies < 0) return `${String(copies)}, anti-molecules`
  return String(copies)
}

function placeName(names: readonly string[]): string {
  const shown = names.slice(1).map((name) => (name === '' ? '<…>' : name))
  return shown.length === 0 ? 'the outermost solution' : shown.join(' › ')
}
