import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { VNode } from 'preact'
import type { SolutionForm } from '../session/messages.ts'
import { PLAIN_VIEW, rowsOf, windowOf } from './rows.ts'
import type { Row, SortedBy, TableView } from './rows.ts'

interface TableProps {
  readonly solution: SolutionForm | undefined
  readonly onInspect: (molecule: number) => void
  readonly onStory: (molecule: number) => void
}

const ROW = 30
const COLUMNS: readonly (readonly [SortedBy, string])[] = [
  ['molecule', 'Molecule'],
  ['type', 'Type'],
  ['copies', 'Copies'],
]

/** The solution as a table: what the picture shows, as text. Only the lines that are seen are there. */
export function TablePane({ solution, onInspect, onStory }: TableProps): VNode {
  const [view, setView] = useState<TableView>(PLAIN_VIEW)
  const [current, setCurrent] = useState(0)
  const rows = useMemo(
    () => (solution === undefined ? [] : rowsOf(solution, view)),
    [solution, view],
  )
  const at = Math.min(current, Math.max(0, rows.length - 1))
  const { body, seen, reveal } = useWindow(rows.length)
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, to))
    setCurrent(next)
    reveal(next)
  }
  const open = (row: Row, isOpen: boolean): void => setView(opened(view, row, isOpen))
  const press = (event: KeyboardEvent): void => {
    const row = rows[at]
    if (row === undefined) return
    const page = Math.max(1, seen.last - seen.first - 18)
    if (event.key === 'ArrowDown') move(at + 1)
    else if (event.key === 'ArrowUp') move(at - 1)
    else if (event.key === 'PageDown') move(at + page)
    else if (event.key === 'PageUp') move(at - page)
    else if (event.key === 'Home') move(0)
    else if (event.key === 'End') move(rows.length - 1)
    else if (event.key === 'ArrowRight' && row.isOpen === false) open(row, true)
    else if (event.key === 'ArrowLeft' && row.isOpen === true) open(row, false)
    else if (event.key === 'ArrowLeft') move(around(rows, at))
    else if (event.key === 'Enter' && row.molecule > 0) onStory(row.molecule)
    else return
    event.preventDefault()
  }
  return (
    <div class="table-pane">
      <Filter {...{ view, setView }} lines={rows.length} />
      <div
        class="table-grid"
        role="treegrid"
        aria-label="Molecules of the solution"
        aria-rowcount={rows.length + 1}
        aria-colcount={COLUMNS.length}
        aria-activedescendant={rows.length > 0 ? `table-row-${at}` : undefined}
        tabIndex={0}
        ref={body}
        onKeyDown={press}
      >
        <div role="row" class="table-head" aria-rowindex={1}>
          {COLUMNS.map(([id, name]) => (
            <Heading key={id} {...{ id, name, view, setView }} />
          ))}
        </div>
        <div role="rowgroup" class="table-body" style={{ blockSize: `${rows.length * ROW}px` }}>
          {rows.slice(seen.first, seen.last).map((row, i) => (
            <Line
              key={row.key}
              row={row}
              number={seen.first + i}
              isCurrent={seen.first + i === at}
              onOpen={(isOpen) => open(row, isOpen)}
              onChoose={() => {
                setCurrent(seen.first + i)
                if (row.molecule > 0) onInspect(row.molecule)
              }}
            />
          ))}
        </div>
      </div>
      {rows.length === 0 && (
        <p class="empty">
          {solution === undefined
            ? 'Nothing is here yet.'
            : 'Nothing is there that has this in it.'}
        </p>
      )}
    </div>
  )
}

function opened(view: TableView, { key }: Row, isOpen: boolean): TableView {
  const closed = new Set(view.closed)
  if (isOpen) closed.delete(key)
  else closed.add(key)
  return { ...view, closed }
}

interface FilterProps {
  readonly view: TableView
  readonly setView: (view: TableView) => void
  readonly lines: number
}

function Filter({ view, setView, lines }: FilterProps): VNode {
  return (
    <label class="table-filter">
      <span>Filter</span>
      <input
        type="search"
        value={view.filter}
        placeholder="a text or a type"
        onInput={(event) => setView({ ...view, filter: event.currentTarget.value })}
      />
      <output aria-live="polite">{`${lines.toLocaleString('en')} lines`}</output>
    </label>
  )
}

/** The lines that are seen in a box that scrolls. */
function useWindow(count: number) {
  const body = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ top: 0, height: 600 })
  useEffect(() => {
    const box = body.current
    if (box === null) return undefined
    const look = (): void => {
      setPlace({ top: box.scrollTop, height: box.clientHeight })
    }
    const observer = new ResizeObserver(look)
    observer.observe(box)
    box.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', look)
    }
  }, [])
  const reveal = (row: number): void => {
    const box = body.current
    if (box === null) return
    // The head stays above.
    const [top, bottom] = [row * ROW, (row + 2) * ROW]
    if (top < box.scrollTop) box.scrollTop = top
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight
  }
  return { body, seen: windowOf(count, { ...place, row: ROW }), reveal }
}

/** The line of the solution around. */
function around(rows: readonly Row[], at: number): number {
  const level = rows[at]?.level ?? 1
  for (let i = at - 1; i >= 0; i--) if ((rows[i]?.level ?? 0) < level) return i
  return at
}

interface HeadingProps {
  readonly id: SortedBy
  readonly name: string
  readonly view: TableView
  readonly setView: (view: TableView) => void
}

function Heading({ id, name, view, setView }: HeadingProps): VNode {
  const isSorted = view.sortedBy === id
  const direction = view.isDescending ? 'descending' : 'ascending'
  return (
    <div role="columnheader" class={`table-${id}`} aria-sort={isSorted ? direction : 'none'}>
      <button
        type="button"
        onClick={() =>
          setView({
            ...view,
            sortedBy: id,
            isDescending: isSorted ? !view.isDescending : id === 'copies',
          })
        }
      >
        {name}
        <span aria-hidden="true">{isSorted ? (view.isDescending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </div>
  )
}

interface LineProps {
  readonly row: Row
  readonly number: number
  readonly isCurrent: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onChoose: () => void
}

function Line({ row, number, isCurrent, onOpen, onChoose }: LineProps): VNode {
  const { level, text, type, group, copies, isOpen, isInert } = row
  return (
    <div
      role="row"
      id={`table-row-${number}`}
      class={`table-row ${row.kind}${isCurrent ? ' is-current' : ''}`}
      aria-rowindex={number + 2}
      aria-level={level}
      aria-expanded={isOpen}
      aria-selected={isCurrent}
      style={{ insetBlockStart: `${number * ROW}px`, blockSize: `${ROW}px` }}
      onClick={onChoose}
    >
      <div role="gridcell" class="table-molecule" style={{ paddingInlineStart: `${level * 14}px` }}>
        {isOpen !== undefined && (
          <span class="table-twist" aria-hidden="true" onClick={() => onOpen(!isOpen)}>
            {isOpen ? '▾' : '▸'}
          </span>
        )}
        <code>{text}</code>
        {isInert === true && <span class="table-inert">inert</span>}
      </div>
      <div role="gridcell" class="table-type">
        {group === type ? type : `${type} · ${group}`}
      </div>
      <div role="gridcell" class="table-copies">
        {copies === Infinity ? '∞' : copies === -Infinity ? '−∞' : copies.toLocaleString('en')}
      </div>
    </div>
  )
}
