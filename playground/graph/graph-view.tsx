import type { ComponentChildren } from 'preact'
import { layeredLayout, pathThrough } from './layered.ts'

/** A node as it is drawn. */
export interface ShownNode {
  readonly id: string
  readonly label: string
  /** What is said of it on hovering and to screen readers. */
  readonly title: string
  readonly kind: 'molecule' | 'reaction' | 'rule'
  readonly colour?: string
  readonly isChosen?: boolean
  readonly isFaint?: boolean
}

export interface ShownEdge {
  readonly from: string
  readonly to: string
  readonly title: string
  readonly isDashed?: boolean
}

interface GraphViewProps {
  readonly name: string
  readonly nodes: readonly ShownNode[]
  readonly edges: readonly ShownEdge[]
  readonly onChoose?: (id: string) => void
}

const LETTER = 7.2
const HEIGHT = { molecule: 28, reaction: 24, rule: 32 } as const
const MOST_LETTERS = 22

/** A graph as SVG, from the left to the right. What is in it can be reached with Tab where it can be chosen. */
export function GraphView({ name, nodes, edges, onChoose }: GraphViewProps) {
  const boxes = nodes.map(({ id, label, kind }) => {
    const width = Math.max(30, cut(label).length * LETTER + 22)
    return { id, width, height: HEIGHT[kind] }
  })
  const widthOf = new Map(boxes.map(({ id, width }) => [id, width]))
  const loops = new Set(edges.filter(({ from, to }) => from === to).map(({ from }) => from))
  const { places, routes, width, height } = layeredLayout(boxes, edges)
  const margin = loops.size > 0 ? 18 : 0
  return (
    <svg
      class="graph"
      role="group"
      aria-label={name}
      viewBox={`0 ${-margin} ${width} ${height + margin}`}
      width={width}
      height={height + margin}
    >
      <defs>
        <marker
          id="graph-tip"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path d="M0 0 8 4 0 8z" class="graph-tip" />
        </marker>
      </defs>
      {edges.map(({ from, to, title, isDashed = false }, i) => {
        const at = places.get(from)
        const d =
          from === to && at !== undefined
            ? loop(at.x, at.y - HEIGHT.rule / 2)
            : pathThrough(routes[i] ?? [], [widthOf.get(from) ?? 0, widthOf.get(to) ?? 0])
        return (
          <path
            key={i}
            d={d}
            class={isDashed ? 'graph-edge is-dashed' : 'graph-edge'}
            marker-end="url(#graph-tip)"
          >
            <title>{title}</title>
          </path>
        )
      })}
      {nodes.map((node) => {
        const { x, y } = places.get(node.id) ?? { x: 0, y: 0 }
        const size = { width: widthOf.get(node.id) ?? 0, height: HEIGHT[node.kind] }
        return (
          <Node key={node.id} node={node} at={{ x, y }} {...size} onChoose={onChoose}>
            {cut(node.label)}
          </Node>
        )
      })}
    </svg>
  )
}

interface NodeProps {
  readonly node: ShownNode
  readonly at: { readonly x: number; readonly y: number }
  readonly width: number
  readonly height: number
  readonly onChoose: ((id: string) => void) | undefined
  readonly children: ComponentChildren
}

function Node({ node, at, width, height, onChoose, children }: NodeProps) {
  const { id, kind, title, colour, isChosen = false, isFaint = false } = node
  const names = ['graph-node', `is-${kind}`, isChosen ? 'is-chosen' : '', isFaint ? 'is-faint' : '']
  const press =
    onChoose === undefined
      ? {}
      : {
          role: 'button' as const,
          tabIndex: 0,
          onClick: () => onChoose(id),
          onKeyDown: (event: KeyboardEvent) => {
            if (event.key !== 'Enter' && event.key !== ' ') return
            event.preventDefault()
            onChoose(id)
          },
        }
  return (
    <g
      class={names.join(' ').trim()}
      transform={`translate(${at.x} ${at.y})`}
      aria-label={title}
      role="img"
      {...press}
    >
      <title>{title}</title>
      <rect
        x={-width / 2}
        y={-height / 2}
        width={width}
        height={height}
        rx={kind === 'molecule' ? height / 2 : 6}
        style={colour === undefined ? undefined : { stroke: colour }}
      />
      <text text-anchor="middle" dy="0.35em" aria-hidden="true">
        {children}
      </text>
    </g>
  )
}

function loop(x: number, y: number): string {
  return `M${x - 9} ${y}C${x - 16} ${y - 22} ${x + 16} ${y - 22} ${x + 9} ${y - 3}`
}

function cut(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text
}
