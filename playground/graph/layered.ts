/*
 * Graphs in layers, from the left to the right: arrows that would go back are turned for the while, each node stands
 * after those before it, and within a layer near its neighbours (Sugiyama, Tagawa & Toda 1981).
 */

export interface GraphNode {
  readonly id: string
  readonly width: number
  readonly height: number
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Middles of nodes, and the way of each edge, in the order in which they were given. */
export interface GraphLayout {
  readonly places: ReadonlyMap<string, Point>
  readonly routes: readonly (readonly Point[])[]
  readonly width: number
  readonly height: number
}

const GAP = { layer: 54, node: 16, route: 10 } as const
const MARGIN = 12
const SWEEPS = 8

/** A node, or the place where a long arrow passes through a layer. */
interface Stop {
  readonly id: string
  readonly width: number
  readonly height: number
  readonly layer: number
  y: number
}

/** Places for a graph; `edges` may form circles and name a node twice. */
export function layeredLayout(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): GraphLayout {
  const ids = new Set(nodes.map(({ id }) => id))
  const known = edges.filter(({ from, to }) => ids.has(from) && ids.has(to) && from !== to)
  const turned = turnedEdges(nodes, known)
  const forward = known.map((edge) => (turned.has(edge) ? { from: edge.to, to: edge.from } : edge))
  const layerOf = layersOf(nodes, forward)
  const stops = new Map<string, Stop>()
  for (const { id, width, height } of nodes)
    stops.set(id, { id, width, height, layer: layerOf.get(id) ?? 0, y: 0 })
  const chains = forward.map((edge, number) => chainOf(edge, number, stops))
  const layers = ordered(stops, chains)
  spread(layers, chains)
  const xs = columns(layers)
  const placeOf = (id: string): Point => {
    const stop = stops.get(id)
    return { x: xs[stop?.layer ?? 0] ?? 0, y: stop?.y ?? 0 }
  }
  const chainFor = new Map(known.map((edge, i) => [edge, chains[i] ?? []]))
  const routes = edges.map((edge) => {
    const points = (chainFor.get(edge) ?? []).map(placeOf)
    return turned.has(edge) ? points.reverse() : points
  })
  const all = [...stops.values()]
  return {
    places: new Map(nodes.map(({ id }) => [id, placeOf(id)])),
    routes,
    width: Math.max(0, ...all.map((s) => (xs[s.layer] ?? 0) + s.width / 2)) + MARGIN,
    height: Math.max(0, ...all.map((s) => s.y + s.height / 2)) + MARGIN,
  }
}

/** Edges that lead back to where a walk came from. */
function turnedEdges(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): ReadonlySet<GraphEdge> {
  const out = listed(edges, ({ from }) => from)
  const state = new Map<string, 'open' | 'done'>()
  const turned = new Set<GraphEdge>()
  for (const { id } of nodes) {
    if (state.has(id)) continue
    const stack = [{ id, left: [...(out.get(id) ?? [])] }]
    state.set(id, 'open')
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = top.left.shift()
      if (edge === undefined) {
        state.set(top.id, 'done')
        stack.pop()
      } else if (state.get(edge.to) === 'open') turned.add(edge)
      else if (!state.has(edge.to)) {
        state.set(edge.to, 'open')
        stack.push({ id: edge.to, left: [...(out.get(edge.to) ?? [])] })
      }
    }
  }
  return turned
}

/** Each node one layer after the last of those before it. */
function layersOf(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): ReadonlyMap<string, number> {
  const before = new Map<string, number>(nodes.map(({ id }) => [id, 0]))
  for (const { to } of edges) before.set(to, (before.get(to) ?? 0) + 1)
  const out = listed(edges, ({ from }) => from)
  const layers = new Map<string, number>(nodes.map(({ id }) => [id, 0]))
  const ready = nodes.filter(({ id }) => before.get(id) === 0).map(({ id }) => id)
  for (let id = ready.pop(); id !== undefined; id = ready.pop())
    for (const { to } of out.get(id) ?? []) {
      layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(id) ?? 0) + 1))
      const left = (before.get(to) ?? 0) - 1
      before.set(to, left)
      if (left === 0) ready.push(to)
    }
  return layers
}

/** The stops of an edge, with one in each layer that it passes. */
function chainOf({ from, to }: GraphEdge, number: number, stops: Map<string, Stop>): string[] {
  const chain = [from]
  const [first, last] = [stops.get(from)?.layer ?? 0, stops.get(to)?.layer ?? 0]
  for (let layer = first + 1; layer < last; layer++) {
    const id = `\u0000${String(number)}.${String(layer)}`
    stops.set(id, { id, width: 0, height: GAP.route, layer, y: 0 })
    chain.push(id)
  }
  return [...chain, to]
}

/** The layers, each in an order in which few arrows cross. */
function ordered(stops: ReadonlyMap<string, Stop>, chains: readonly string[][]): Stop[][] {
  const layers: Stop[][] = []
  for (const stop of stops.values()) {
    while (layers.length <= stop.layer) layers.push([])
    layers[stop.layer]?.push(stop)
  }
  const { before, after } = neighbours(chains)
  const place = new Map<string, number>()
  const note = (layer: readonly Stop[]): void => {
    for (const [i, { id }] of layer.entries()) place.set(id, (i + 0.5) / layer.length)
  }
  layers.forEach(note)
  const sort = (layer: Stop[], near: Neighbours): void => {
    const wanted = new Map(
      layer.map(({ id }) => {
        const known = (near.get(id) ?? []).map((each) => place.get(each) ?? 0)
        return [id, known.length === 0 ? (place.get(id) ?? 0) : mean(known)]
      }),
    )
    layer.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0))
    note(layer)
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of layers.slice(1)) sort(layer, before)
    for (const layer of layers.slice(0, -1).reverse()) sort(layer, after)
  }
  return layers
}

/** Gives each stop a height: near its neighbours, and no two on one another. */
function spread(layers: readonly Stop[][], chains: readonly string[][]): void {
  const { before, after } = neighbours(chains)
  const byId = new Map(layers.flat().map((stop) => [stop.id, stop]))
  for (const layer of layers) {
    let y = 0
    for (const stop of layer) {
      stop.y = y + stop.height / 2
      y += stop.height + GAP.node
    }
  }
  const pull = (layer: readonly Stop[], near: Neighbours): void => {
    const wanted = layer.map(({ id, y }) => {
      const known = (near.get(id) ?? []).map((each) => byId.get(each)?.y ?? 0)
      return known.length === 0 ? y : mean(known)
    })
    placeInOrder(layer, wanted)
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of layers.slice(1)) pull(layer, before)
    for (const layer of layers.slice(0, -1).reverse()) pull(layer, after)
  }
  const top = Math.min(...[...byId.values()].map(({ y, height }) => y - height / 2), Infinity)
  for (const stop of byId.values()) stop.y += MARGIN - (Number.isFinite(top) ? top : 0)
}

/** As near as may be to where each wants to be, without changing their order: neighbours in each other's way share. */
function placeInOrder(layer: readonly Stop[], wanted: readonly number[]): void {
  interface Block {
    stops: Stop[]
    offsets: number[]
    sum: number
    y: number
  }
  const blocks: Block[] = []
  for (const [i, stop] of layer.entries()) {
    let block: Block = { stops: [stop], offsets: [0], sum: wanted[i] ?? 0, y: wanted[i] ?? 0 }
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      const [end, start] = [last.stops.at(-1), block.stops[0]]
      if (end === undefined || start === undefined) break
      const apart = (end.height + start.height) / 2 + GAP.node
      const shift = (last.offsets.at(-1) ?? 0) + apart
      if (last.y + shift <= block.y) break
      blocks.pop()
      const stops = [...last.stops, ...block.stops]
      const offsets = [...last.offsets, ...block.offsets.map((each) => each + shift)]
      const sum = last.sum + block.sum - shift * block.stops.length
      block = { stops, offsets, sum, y: sum / stops.length }
    }
    blocks.push(block)
  }
  for (const { stops, offsets, y } of blocks)
    for (const [i, stop] of stops.entries()) stop.y = y + (offsets[i] ?? 0)
}

/** The middle of each layer. */
function columns(layers: readonly (readonly Stop[])[]): readonly number[] {
  let x = MARGIN
  return layers.map((layer) => {
    const width = Math.max(0, ...layer.map((stop) => stop.width))
    const middle = x + width / 2
    x += width + GAP.layer
    return middle
  })
}

type Neighbours = ReadonlyMap<string, readonly string[]>

function neighbours(chains: readonly string[][]): { before: Neighbours; after: Neighbours } {
  const before = new Map<string, string[]>()
  const after = new Map<string, string[]>()
  for (const chain of chains)
    for (const [i, id] of chain.slice(1).entries()) {
      const from = chain[i] ?? id
      before.set(id, [...(before.get(id) ?? []), from])
      after.set(from, [...(after.get(from) ?? []), id])
    }
  return { before, after }
}

function listed<T>(all: readonly T[], key: (each: T) => string): Map<string, T[]> {
  const map = new Map<string, T[]>()
  for (const each of all) {
    const list = map.get(key(each))
    if (list === undefined) map.set(key(each), [each])
    else list.push(each)
  }
  return map
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}

/** A smooth line through these places, as the `d` of an SVG path. It ends at the border of its last node. */
export function pathThrough(points: readonly Point[], widths: readonly [number, number]): string {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined || points.length < 2) return ''
  const direction = last.x >= first.x ? 1 : -1
  const stops = [
    { x: first.x + (direction * widths[0]) / 2, y: first.y },
    ...points.slice(1, -1),
    { x: last.x - direction * (widths[1] / 2 + 4), y: last.y },
  ]
  const parts = stops.map(({ x, y }, i) => {
    if (i === 0) return `M${shown(x)} ${shown(y)}`
    const before = stops[i - 1] ?? { x, y }
    const bend = (x - before.x) / 2
    return `C${shown(before.x + bend)} ${shown(before.y)} ${shown(x - bend)} ${shown(y)} ${shown(x)} ${shown(y)}`
  })
  return parts.join('')
}

function shown(value: number): string {
  return String(Math.round(value * 10) / 10)
}
