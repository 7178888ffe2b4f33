import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { VNode } from 'preact'
import type uPlot from 'uplot'
import { bubbleColour, themeOf } from '../picture/colours.ts'
import type { ThemeName } from '../picture/colours.ts'
import { chartSvg } from './chart-svg.ts'
import { csvOf } from './counts.ts'
import type { Counts, Observable, Series } from './counts.ts'

interface ChartProps {
  readonly counts: Counts
  /** Changes whenever the counts do. */
  readonly version: number
  readonly theme: ThemeName
}

const TIME = 'simulated time'
/** There is no half of a reaction, nor of a molecule. */
const incrs = Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((n) => n * 10 ** power)).flat()

/** So many groups are shown where nothing was chosen. */
const AT_FIRST = 6
const MOST_GROUPS = 30

/** How many there are of what, over time. */
export function ChartPane({ counts, version, theme }: ChartProps): VNode {
  const [chosen, setChosen] = useState<ReadonlySet<string>>()
  const [patterns, setPatterns] = useState<readonly Extract<Observable, { kind: 'match' }>[]>([])
  const [wantsReactions, setWantsReactions] = useState(false)
  const by = counts.hasTime && !wantsReactions ? 'time' : 'reaction'
  const groups = counts.groups.slice(0, MOST_GROUPS)
  const shown = chosen ?? new Set(groups.slice(0, AT_FIRST))
  const { xs, series } = useMemo(() => {
    const observables: Observable[] = groups
      .filter((group) => shown.has(group))
      .map((group) => ({ kind: 'group', group }))
    if (shown.has(ALL)) observables.push({ kind: 'all' })
    return { xs: counts.xs(by), series: counts.series([...observables, ...patterns]) }
  }, [version, chosen, patterns, by])
  const colours = series.map((_, i) => bubbleColour(i, theme).fill)
  const toggle = (name: string): void => {
    const next = new Set(shown)
    if (!next.delete(name)) next.add(name)
    setChosen(next)
  }
  const x = by === 'time' ? TIME : 'reactions'
  const plot = useRef<HTMLDivElement>(null)
  return (
    <div class="chart-pane">
      <Plot {...{ xs, series, colours, theme, x }} box={plot} />
      <fieldset class="chart-choice">
        <legend>Shown</legend>
        {[...groups, ALL].map((name) => (
          <Choice
            key={name}
            name={name === ALL ? 'all molecules' : name}
            isChosen={shown.has(name)}
            colour={
              colours[
                series.findIndex((each) => each.name === (name === ALL ? 'all molecules' : name))
              ]
            }
            onToggle={() => toggle(name)}
          />
        ))}
        {patterns.map(({ text }) => (
          <Choice
            key={`/${text}`}
            name={text}
            isChosen
            colour={colours[series.findIndex((each) => each.name === text)]}
            onToggle={() => setPatterns(patterns.filter((each) => each.text !== text))}
          />
        ))}
      </fieldset>
      <PatternField onPattern={(pattern) => setPatterns([...patterns, pattern])} />
      <Tools
        {...{ xs, series, colours, theme, x, by }}
        box={plot}
        canHaveTime={counts.hasTime}
        wantsReactions={wantsReactions}
        onReactions={setWantsReactions}
      />
    </div>
  )
}

interface ToolsProps extends PlotProps {
  readonly by: 'time' | 'reaction'
  readonly canHaveTime: boolean
  readonly wantsReactions: boolean
  readonly onReactions: (wanted: boolean) => void
}

/** What the lines run over, and the chart as files. */
function Tools(props: ToolsProps): VNode {
  const { xs, series, colours, theme, x, by, box, canHaveTime } = props
  return (
    <div class="chart-tools">
      {canHaveTime && (
        <label>
          <input
            type="checkbox"
            checked={props.wantsReactions}
            onChange={(event) => props.onReactions(event.currentTarget.checked)}
          />
          by reactions
        </label>
      )}
      <span>Export</span>
      <button type="button" onClick={() => save('counts.csv', 'text/csv', csvOf(by, xs, series))}>
        CSV
      </button>
      <button type="button" onClick={() => savePng(box.current)}>
        PNG
      </button>
      <button
        type="button"
        onClick={() => {
          const { text, inert, background } = themeOf(theme)
          const look = {
            x,
            isWhole: x !== TIME,
            width: 800,
            height: 420,
            colours,
            text,
            background,
          }
          save('counts.svg', 'image/svg+xml', chartSvg(xs, series, { ...look, line: inert.line }))
        }}
      >
        SVG
      </button>
    </div>
  )
}

/** No group has this name. */
const ALL = '\u0000all'

interface ChoiceProps {
  readonly name: string
  readonly isChosen: boolean
  readonly colour: string | undefined
  readonly onToggle: () => void
}

function Choice({ name, isChosen, colour, onToggle }: ChoiceProps): VNode {
  return (
    <label>
      <input type="checkbox" checked={isChosen} onChange={onToggle} />
      <span
        class="picture-swatch"
        style={{ background: colour ?? 'transparent' }}
        aria-hidden="true"
      />
      <code>{name}</code>
    </label>
  )
}

interface PatternProps {
  readonly onPattern: (pattern: Extract<Observable, { kind: 'match' }>) => void
}

/** Adds what a pattern of the language takes. */
function PatternField({ onPattern }: PatternProps): VNode {
  const [text, setText] = useState('')
  const [trouble, setTrouble] = useState('')
  const add = async (): Promise<void> => {
    try {
      const { testOf } = await import('./pattern.ts')
      onPattern({ kind: 'match', text: text.trim(), test: testOf(text.trim()) })
      setText('')
      setTrouble('')
    } catch (error) {
      setTrouble(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
    }
  }
  return (
    <form
      class="chart-pattern"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void add()
      }}
    >
      <label>
        Count what matches
        <input
          type="text"
          value={text}
          placeholder="EDGE:x:y if x > 3"
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit">Add</button>
      <p role="status">{trouble}</p>
    </form>
  )
}

interface PlotProps {
  readonly xs: readonly number[]
  readonly series: readonly Series[]
  readonly colours: readonly string[]
  readonly theme: ThemeName
  readonly x: string
  readonly box: { current: HTMLDivElement | null }
}

/** The lines. The library comes when the first chart is seen. */
function Plot({ xs, series, colours, theme, x, box }: PlotProps): VNode {
  const plot = useRef<{ readonly plot: uPlot; readonly make: string } | undefined>(undefined)
  const latest = useRef({ xs, series })
  latest.current = { xs, series }
  const make = JSON.stringify([series.map(({ name }) => name), theme, x])
  useEffect(() => {
    let isOver = false
    const draw = async (): Promise<void> => {
      const { default: Plotted } = await import('uplot')
      const target = box.current
      if (isOver || target === null) return
      plot.current?.plot.destroy()
      const names = series.map(({ name }) => name)
      const made = new Plotted(
        optionsOf({ names, colours, theme, x, target }),
        dataOf(latest.current),
        target,
      )
      plot.current = { plot: made, make }
    }
    void draw()
    return () => {
      isOver = true
    }
  }, [make])
  useEffect(() => {
    if (plot.current?.make === make) plot.current.plot.setData(dataOf({ xs, series }))
  }, [xs, series])
  useEffect(() => {
    const target = box.current
    if (target === null) return undefined
    const observer = new ResizeObserver(() => {
      const size = sizeOf(target)
      if (size.width > 0) plot.current?.plot.setSize(size)
    })
    observer.observe(target)
    return () => {
      observer.disconnect()
      plot.current?.plot.destroy()
      plot.current = undefined
    }
  }, [])
  const last = series.map(({ name, values }) => `${name}: ${values.at(-1) ?? 0}`).join(', ')
  return (
    <div
      class="chart-plot"
      role="img"
      aria-label={`Counts over ${x}. At the end ${last === '' ? 'nothing' : last}`}
      ref={box}
    />
  )
}

function sizeOf(target: HTMLElement): { width: number; height: number } {
  return { width: target.clientWidth, height: Math.max(180, target.clientHeight) }
}

function dataOf({ xs, series }: Pick<PlotProps, 'xs' | 'series'>): uPlot.AlignedData {
  const values = series.map((each) => each.values.map((y) => (Number.isFinite(y) ? y : null)))
  return [[...xs], ...values]
}

interface PlotMake extends Pick<PlotProps, 'colours' | 'theme' | 'x'> {
  readonly names: readonly string[]
  readonly target: HTMLElement
}

function optionsOf({ names, colours, theme, x, target }: PlotMake): uPlot.Options {
  const { faint, inert } = themeOf(theme)
  const grid = { stroke: inert.line, width: 0.5 }
  const axis = { stroke: faint, grid, ticks: grid, font: '11px system-ui, sans-serif' }
  return {
    ...sizeOf(target),
    // Without this, numbers on the x axis would be dates.
    scales: {
      x: { time: false },
      y: { range: (_, least, most) => [Math.min(0, least), Math.max(1, most * 1.05)] },
    },
    axes: [
      { ...axis, label: x, labelSize: 22, labelFont: axis.font, ...(x === TIME ? {} : { incrs }) },
      { ...axis, size: 54, incrs },
    ],
    legend: { show: false },
    cursor: { drag: { x: true, y: false } },
    series: [
      {},
      ...names.map((label, i) => ({
        label,
        stroke: colours[i] ?? faint,
        width: 2,
        points: { show: false },
      })),
    ],
  }
}

function savePng(box: HTMLElement | null): void {
  box?.querySelector('canvas')?.toBlob((blob) => {
    if (blob !== null) saveBlob('counts.png', blob)
  })
}

function save(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type }))
}

function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(link.href)
  }, 10_000)
}
