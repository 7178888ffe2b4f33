import { useMemo, useState } from 'preact/hooks'
import type { VNode } from 'preact'
import { GraphView } from '../graph/graph-view.tsx'
import type { ShownEdge, ShownNode } from '../graph/graph-view.tsx'
import type { ReactionForm } from '../session/messages.ts'
import { causesOf } from './causes.ts'
import type { Arrow, Causes } from './causes.ts'
import { changeOf, lanesOf, nameOf } from './marks.ts'
import type { Lane, Stretch } from './marks.ts'
import type { Lot, Story } from './story.ts'

interface HistoryProps {
  readonly story: Story | undefined
  /** Changes whenever the story does. */
  readonly version: number
  readonly position: number
  readonly recorded: Stretch
  /** The molecule whose story is told; undefined for the last product. */
  readonly molecule: number | undefined
  readonly onSeek: (position: number) => void
  readonly onMolecule: (molecule: number | undefined) => void
}

const PIECES = 160
const MOST_LANES = 8

/** What happened: a timeline to go back and forth on, what each reaction changed, and what came from what. */
export function HistoryPane(props: HistoryProps): VNode {
  const { story, version, position, recorded, molecule, onSeek, onMolecule } = props
  const reactions = story?.reactions ?? []
  const reaction = reactions[position - (story?.start ?? 0) - 1]
  const lanes = useMemo(
    () => lanesOf(reactions, recorded, { pieces: PIECES, most: MOST_LANES }),
    [version, recorded.first, recorded.last],
  )
  const lot = story && chosenLot(story, molecule, position)
  return (
    <div class="history">
      <Timeline {...{ lanes, recorded, position, onSeek }} />
      <Difference reaction={reaction} position={position} />
      {story !== undefined && lot !== undefined && (
        <CausesView {...{ story, lot, version, onMolecule }} />
      )}
    </div>
  )
}

/** The molecule that is asked for, else one that took part in the reaction before this position. */
function chosenLot(story: Story, molecule: number | undefined, position: number): Lot | undefined {
  if (molecule !== undefined) return story.lotOf(molecule)
  const deed = story.deed(position)
  const lots = [...(deed?.given ?? []), ...(deed?.kept ?? []), ...(deed?.taken ?? [])].flatMap(
    (id) => story.lot(id) ?? [],
  )
  return lots.find(({ kind }) => kind !== 'rule') ?? lots[0]
}

interface TimelineProps {
  readonly lanes: readonly Lane[]
  readonly recorded: Stretch
  readonly position: number
  readonly onSeek: (position: number) => void
}

const LANE = 16

/** A line for each rule with a mark where it reacted, and a handle for where the solution is. */
export function Timeline({ lanes, recorded, position, onSeek }: TimelineProps): VNode {
  const { first, last } = recorded
  const share = last > first ? (position - first) / (last - first) : 0
  const seek = (event: PointerEvent): void => {
    if (event.buttons === 0 || !(event.currentTarget instanceof Element)) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const at = Math.min(1, Math.max(0, (event.clientX - left) / width))
    onSeek(Math.round(first + at * (last - first)))
  }
  return (
    <section class="timeline" aria-label="Timeline">
      <label class="timeline-slider">
        <span>Reaction</span>
        <input
          type="range"
          min={first}
          max={last}
          value={position}
          disabled={last <= first}
          aria-valuetext={`after ${position} of ${last} reactions`}
          onInput={(event) => onSeek(Number(event.currentTarget.value))}
        />
        <output>{`${position.toLocaleString('en')} of ${last.toLocaleString('en')}`}</output>
      </label>
      {lanes.length === 0 ? (
        <p class="empty">Reactions leave their marks here, one line for each rule.</p>
      ) : (
        <div class="timeline-lanes">
          <ul>
            {lanes.map(({ rule, total }) => (
              <li key={rule} title={rule} style={{ blockSize: `${LANE}px` }}>
                <span>{rule}</span> <b>{total.toLocaleString('en')}</b>
              </li>
            ))}
          </ul>
          <svg
            viewBox={`0 0 ${PIECES} ${lanes.length * LANE}`}
            preserveAspectRatio="none"
            style={{ blockSize: `${lanes.length * LANE}px` }}
            aria-hidden="true"
            onPointerDown={seek}
            onPointerMove={seek}
          >
            {lanes.map(({ rule, counts }, i) => (
              <Marks key={rule} counts={counts} top={i * LANE} />
            ))}
            <rect class="timeline-now" x={share * PIECES - 0.35} y={0} width={0.7} height="100%" />
          </svg>
        </div>
      )}
    </section>
  )
}

function Marks({
  counts,
  top,
}: {
  readonly counts: readonly number[]
  readonly top: number
}): VNode {
  const most = Math.max(1, ...counts)
  return (
    <g class="timeline-marks">
      <rect class="timeline-lane" x={0} y={top + LANE / 2 - 0.5} width={PIECES} height={1} />
      {counts.map(
        (count, i) =>
          count > 0 && (
            <rect
              key={i}
              x={i + 0.12}
              y={top + 3}
              width={0.76}
              height={LANE - 6}
              opacity={0.35 + (0.65 * count) / most}
            />
          ),
      )}
    </g>
  )
}

interface DifferenceProps {
  readonly reaction: ReactionForm | undefined
  readonly position: number
}

const WORDS = { '−': 'taken', '+': 'given', '=': 'needed, and still there' } as const

/** What the last reaction changed. */
function Difference({ reaction, position }: DifferenceProps): VNode {
  if (reaction === undefined)
    return (
      <p class="empty">
        {position === 0 ? 'Nothing has reacted yet.' : 'This reaction was not recorded.'}
      </p>
    )
  return (
    <section class="difference" aria-label={`Reaction ${reaction.number}`}>
      <h2>
        Reaction {reaction.number.toLocaleString('en')} <code>{nameOf(reaction.rule)}</code>
        {reaction.time !== undefined && ` at t = ${Number(reaction.time.toPrecision(5))}`}
        {reaction.level > 0 && ` · ${reaction.level} inside`}
      </h2>
      <ul>
        {changeOf(reaction).map(({ sign, text, copies }, i) => (
          <li key={i} class={{ '−': 'is-gone', '+': 'is-come', '=': 'is-kept' }[sign]}>
            <span aria-hidden="true">{sign}</span>
            <span class="picture-hidden">{WORDS[sign]}: </span>
            <code>{text}</code>
            {copies !== 1 && ` ×${copies}`}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface CausesProps {
  readonly story: Story
  readonly lot: Lot
  readonly version: number
  readonly onMolecule: (molecule: number | undefined) => void
}

type Way = 'both' | 'past' | 'future'
const WAYS: readonly (readonly [Way, string])[] = [
  ['both', 'Both'],
  ['past', 'Where from'],
  ['future', 'What became of it'],
]

/** Where a molecule came from and what became of it, as a graph. */
function CausesView({ story, lot, version, onMolecule }: CausesProps): VNode {
  const [way, setWay] = useState<Way>('both')
  const [most, setMost] = useState(12)
  const causes = useMemo(
    () => causesOf(story, lot, { past: way !== 'future', future: way !== 'past', most }),
    [story, lot, version, way, most],
  )
  const { nodes, edges } = shownCauses(causes, lot)
  const choose = (id: string): void => {
    const chosen = id.startsWith('m') ? story.lot(Number(id.slice(1))) : undefined
    if (chosen !== undefined) onMolecule(chosen.molecule)
  }
  return (
    <section class="causes" aria-label="Causal history">
      <header>
        <h2>
          Story of <code>{lot.text}</code>
        </h2>
        <div role="group" aria-label="Direction">
          {WAYS.map(([id, name]) => (
            <button key={id} type="button" aria-pressed={way === id} onClick={() => setWay(id)}>
              {name}
            </button>
          ))}
        </div>
      </header>
      <p class="causes-summary">{summary(story, lot)}</p>
      <div class="causes-graph" tabIndex={0} role="region" aria-label="Graph">
        <GraphView name={`Story of ${lot.text}`} nodes={nodes} edges={edges} onChoose={choose} />
      </div>
      {causes.isCut && (
        <button type="button" onClick={() => setMost(most * 2)}>
          Tell more
        </button>
      )}
    </section>
  )
}

/** The same in a sentence. */
function summary(story: Story, { from, taken, inside }: Lot): string {
  const rule = (number: number): string => story.deed(number)?.rule ?? 'a rule'
  const [end] = taken
  const parts = [
    from === 0 ? 'It was there from the beginning' : `Reaction ${from}, ${rule(from)}, gave it`,
    ...(inside.length > 0 ? [`${inside.length} reactions happened in it`] : []),
    end === undefined ? 'it is still there' : `reaction ${end}, ${rule(end)}, took it`,
  ]
  return `${parts.join('; ')}.`
}

const ARROWS: Readonly<Record<Arrow['kind'], string>> = {
  taken: 'is taken by',
  kept: 'is needed by',
  given: 'gives',
  inside: 'happens in',
}

function shownCauses(
  { lots, deeds, arrows }: Causes,
  chosen: Lot,
): { nodes: readonly ShownNode[]; edges: readonly ShownEdge[] } {
  const nodes: ShownNode[] = [
    ...lots.map((lot): ShownNode => ({
      id: `m${lot.id}`,
      label: lot.text,
      title: `Molecule ${lot.text}${lot.copies === 0 ? ', gone' : ''}`,
      kind: 'molecule',
      isChosen: lot === chosen,
      isFaint: lot.copies === 0,
    })),
    ...deeds.map(({ number, rule }): ShownNode => ({
      id: `r${number}`,
      label: `${number} ${rule}`,
      title: `Reaction ${number} of ${rule}`,
      kind: 'reaction',
    })),
  ]
  const labels = new Map(nodes.map(({ id, title }) => [id, title]))
  const edges = arrows.map(({ from, to, kind }) => ({
    from,
    to,
    title: `${labels.get(from) ?? ''} ${ARROWS[kind]} ${labels.get(to) ?? ''}`,
    isDashed: kind === 'kept' || kind === 'inside',
  }))
  return { nodes, edges }
}
