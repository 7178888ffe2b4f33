import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { MoleculeDetail, ReactionForm, SolutionForm } from '../session/messages.ts'
import { sizeOf } from './contents.ts'
import type { ThemeName } from './colours.ts'
import { Drawing } from './drawing.ts'
import { Inspector } from './inspector.tsx'
import { useGestures } from './gestures.ts'
import { droppedInto } from './into.ts'
import type { Drop } from './into.ts'
import type { ColourOfGroup, Found } from './messages.ts'
import { Palette } from './palette.tsx'

/** What the picture of a solution is made from. */
export interface PictureProps {
  readonly solution: SolutionForm | undefined
  /** What reacted since the solution that was shown before, the latest last. */
  readonly reactions: readonly ReactionForm[]
  /** How long a change may take, in milliseconds. */
  readonly pace: number
  readonly theme: ThemeName
  /** Whether nothing is to move. */
  readonly isStill: boolean
  /** Whether solutions inside can be changed: not while it runs. */
  readonly isAtRest: boolean
  /** More about the molecule that is inspected, once it is known. */
  readonly detail: MoleculeDetail | undefined
  readonly onInspect: (molecule: number) => void
  readonly onStory: (molecule: number) => void
  readonly onDrop: (drop: Drop) => void
}

/** The solution as bubbles in membranes: to look at, to look into, and to throw molecules in. */
export function PicturePane(props: PictureProps) {
  const { solution, reactions, pace, theme, isStill, detail } = props
  const box = useRef<HTMLDivElement>(null)
  const [drawing, setDrawing] = useState<Drawing>()
  const [found, setFound] = useState<Found>()
  const [shown, setShown] = useState<Shown>({ isGrouped: false, colours: [] })
  const [note, setNote] = useState('')

  useEffect(() => {
    if (box.current === null) return undefined
    const made = opened(box.current, setShown)
    setDrawing(made.drawing)
    return made.close
  }, [])
  useEffect(() => drawing?.send({ kind: 'theme', name: theme, isStill }), [drawing, theme, isStill])
  useEffect(() => {
    if (solution === undefined) return
    const reacting = reactions.slice(-12).flatMap(takingPart)
    drawing?.send({ kind: 'show', solution, reacting, milliseconds: pace })
  }, [drawing, solution])

  const inspect = (next: Found | undefined): void => {
    setFound(next)
    const molecule = next?.bubble?.molecule ?? next?.way.at(-1)?.molecule
    if (molecule !== undefined && molecule > 0) props.onInspect(molecule)
  }
  const close = (): void => {
    setFound(undefined)
    drawing?.send({ kind: 'choose', id: undefined })
  }
  const drop = (molecule: string, into: Found | undefined): void => {
    const way = (into?.way ?? []).slice(1).map(({ text }) => text)
    const wanted = way.length > 0 && !props.isAtRest ? undefined : droppedInto(way, molecule)
    setNote(
      wanted !== undefined
        ? ''
        : props.isAtRest
          ? 'It is not plain where in this molecule that would be. Drop it outside.'
          : 'Pause first: solutions inside can be changed only at rest.',
    )
    if (wanted !== undefined) props.onDrop(wanted)
  }
  const description = useMemo(() => describe(solution, shown), [solution, shown.isGrouped])
  const gestures = useGestures({ box, drawing, onFound: inspect })
  return (
    <div class={solution === undefined ? 'picture past' : 'picture'}>
      <div
        class="picture-canvas"
        ref={box}
        role="application"
        tabIndex={0}
        aria-label={description}
        aria-describedby="picture-keys"
        {...gestures}
        onKeyUp={(event: KeyboardEvent) => {
          if (event.key === 'Escape') close()
        }}
      />
      <p id="picture-keys" class="picture-hidden">
        Arrow keys move, plus and minus zoom, 0 shows all, full stop and comma go from molecule to
        molecule. The table shows the same as text.
      </p>
      <div class="picture-tools" role="group" aria-label="View">
        <Tool name="Zoom in" sign="+" onPress={() => zoom(drawing, box.current, 1.4)} />
        <Tool name="Zoom out" sign="−" onPress={() => zoom(drawing, box.current, 1 / 1.4)} />
        <Tool name="Show all" sign="⤢" onPress={() => drawing?.send({ kind: 'fit' })} />
      </div>
      {solution !== undefined && <Legend {...shown} />}
      {found && <Inspector found={found} detail={detail} onStory={props.onStory} onClose={close} />}
      <Palette solution={solution} box={box} drawing={drawing} chosen={found} onDrop={drop} />
      <p class="picture-note" role="status">
        {note}
      </p>
    </div>
  )
}

interface Shown {
  readonly isGrouped: boolean
  readonly colours: readonly ColourOfGroup[]
}

/** A canvas that is as large as its box. */
function opened(
  box: HTMLElement,
  onShown: (shown: Shown) => void,
): { readonly drawing: Drawing; readonly close: () => void } {
  // A canvas can be handed over once only, so each life of the pane has its own.
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  box.append(canvas)
  const drawing = new Drawing(canvas)
  drawing.onShown = onShown
  const resize = (): void => {
    const { clientWidth: width, clientHeight: height } = box
    if (width > 0 && height > 0)
      drawing.send({ kind: 'size', width, height, density: Math.min(3, devicePixelRatio) })
  }
  const observer = new ResizeObserver(resize)
  observer.observe(box)
  resize()
  // For tests, and for who wants to know how quick it is.
  Object.assign(box, { drawing })
  return {
    drawing,
    close: () => {
      observer.disconnect()
      drawing.close()
      canvas.remove()
    },
  }
}

function zoom(drawing: Drawing | undefined, box: HTMLElement | null, factor: number): void {
  if (box === null) return
  drawing?.send({ kind: 'zoom', x: box.clientWidth / 2, y: box.clientHeight / 2, factor })
}

/** The rule, and what it took and gave back. */
function takingPart({ rule, taken, given }: ReactionForm): string[] {
  const back = new Set(given.map(({ text }) => text))
  const kept = taken.flatMap(({ text }) => (back.has(text) || rule.isCatalytic ? [text] : []))
  return rule.name === '' ? [`(${rule.text})`, ...kept] : [rule.name, ...kept]
}

function describe(solution: SolutionForm | undefined, { isGrouped }: Shown): string {
  if (solution === undefined) return 'Picture of the solution: nothing is loaded'
  const size = sizeOf(solution)
  const groups = solution.kinds.slice(0, 6).map(({ group, molecules }) => `${molecules} ${group}`)
  const state = solution.isInert ? ', inert' : ''
  const shown = isGrouped ? ', shown by group' : ''
  return `Picture of the solution: ${size} molecules${state}${shown}. ${groups.join(', ')}`
}

interface ToolProps {
  readonly name: string
  readonly sign: string
  readonly onPress: () => void
}

function Tool({ name, sign, onPress }: ToolProps) {
  return (
    <button type="button" aria-label={name} title={name} onClick={onPress}>
      <span aria-hidden="true">{sign}</span>
    </button>
  )
}

function Legend({ colours, isGrouped }: Shown) {
  return (
    <ul class="picture-legend" aria-label="Colours">
      {isGrouped && <li class="picture-legend-note">by group, areas as counts</li>}
      {colours.slice(0, 8).map(({ group, colour }) => (
        <li key={group}>
          <span class="picture-swatch" style={{ background: colour }} aria-hidden="true" />
          {group}
        </li>
      ))}
    </ul>
  )
}
