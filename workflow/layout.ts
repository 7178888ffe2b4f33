import { sourcesOf } from './description.ts'
import type { Workflow } from './description.ts'

/** Where tasks stand in a picture, and which way arrows go. */
export interface Layout {
  /** Rows from the top, each from the left: tasks, and places that are kept for arrows which pass through. */
  readonly layers: readonly (readonly string[])[]
  /** Each arrow with the places that it passes through. */
  readonly routes: ReadonlyMap<Arrow, readonly string[]>
}

/** An arrow of a picture. */
export interface Arrow {
  readonly from: string
  readonly to: string
}

/** The arrows between tasks that are there. */
export function arrowsOf({ tasks }: Workflow): readonly Arrow[] {
  return Object.entries(tasks).flatMap(([to, task]) =>
    sourcesOf(task)
      .filter((from) => from in tasks)
      .map((from) => ({ from, to })),
  )
}

/**
 * Tasks in layers: each stands below all that it waits for, and in its layer where its neighbours are (Sugiyama,
 * Tagawa & Toda 1981: the mean place of those above, then of those below, a few times).
 */
export function layoutOf(workflow: Workflow): Layout {
  const arrows = arrowsOf(workflow)
  const names = Object.keys(workflow.tasks)
  const layers = assigned(names, neighbours(names, arrows, 'to'))
  const routes = withPlaces(layers, arrows)
  const steps = [...routes].flatMap(([{ from, to }, through]) => {
    const stops = [from, ...through, to]
    return stops.slice(1).map((stop, i): Arrow => ({ from: stops[i] ?? from, to: stop }))
  })
  const all = layers.flat()
  const [above, below] = [neighbours(all, steps, 'to'), neighbours(all, steps, 'from')]
  for (let round = 0; round < 4; round++) {
    for (let i = 1; i < layers.length; i++) sort(layers, i, above)
    for (let i = layers.length - 2; i >= 0; i--) sort(layers, i, below)
  }
  return { layers, routes }
}

/** Keeps a place in each layer that an arrow passes, so that it does not run across tasks. */
function withPlaces(
  layers: string[][],
  arrows: readonly Arrow[],
): ReadonlyMap<Arrow, readonly string[]> {
  const layerOf = new Map(layers.flatMap((layer, i) => layer.map((name) => [name, i])))
  return new Map(
    arrows.map((arrow, number) => {
      const through: string[] = []
      const end = layerOf.get(arrow.to) ?? 0
      for (let i = (layerOf.get(arrow.from) ?? 0) + 1; i < end; i++) {
        // No name of a task begins with a digit.
        const place = `${String(number)} ${String(i)}`
        layers[i]?.push(place)
        through.push(place)
      }
      return [arrow, through]
    }),
  )
}

type Neighbours = ReadonlyMap<string, readonly string[]>

function neighbours(
  names: readonly string[],
  arrows: readonly Arrow[],
  end: 'from' | 'to',
): Neighbours {
  const found = new Map<string, string[]>(names.map((name) => [name, []]))
  for (const arrow of arrows) found.get(arrow[end])?.push(arrow[end === 'to' ? 'from' : 'to'])
  return found
}

/** One layer below the lowest of those that it waits for. Who waits in a circle comes last. */
function assigned(names: readonly string[], above: Neighbours): string[][] {
  const layerOf = new Map<string, number>()
  let open = [...names]
  while (open.length > 0) {
    const ready = open.filter((name) => above.get(name)?.every((each) => layerOf.has(each)) ?? true)
    // All at once, as none of them is above another.
    for (const name of ready.length > 0 ? ready : open)
      layerOf.set(
        name,
        1 + Math.max(-1, ...(above.get(name) ?? []).map((each) => layerOf.get(each) ?? -1)),
      )
    open = open.filter((name) => !layerOf.has(name))
  }
  const layers: string[][] = []
  for (const name of names) {
    const layer = layerOf.get(name) ?? 0
    while (layers.length <= layer) layers.push([])
    layers[layer]?.push(name)
  }
  return layers
}

function sort(layers: string[][], at: number, towards: Neighbours): void {
  const layer = layers[at] ?? []
  const places = new Map(layers.flatMap((each) => each.map((name, i) => [name, i / each.length])))
  const wanted = new Map(
    layer.map((name) => {
      const near = towards.get(name) ?? []
      const sum = near.reduce((total, each) => total + (places.get(each) ?? 0), 0)
      return [name, near.length > 0 ? sum / near.length : (places.get(name) ?? 0)]
    }),
  )
  layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0))
}
