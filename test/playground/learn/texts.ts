import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Source } from '../../../grammar/index.ts'
import { diagnosticsOf, lowerSource, prelude, print } from '../../../interpreter/index.ts'
import type { Diagnostic } from '../../../grammar/index.ts'
import type { OutcomeKind } from '../../../interpreter/index.ts'
import type { LearnSettings } from '../../../playground/learn/settings.ts'
import { root } from '../../../scripts/tools.ts'
import { standardModules } from '../../../stdlib/index.ts'
import { Reactor, Simulation, parse, planChecks } from '../../../vm/index.ts'

/** The texts of a folder of `playground/learn`, by their paths in it. */
export function textsIn(folder: 'tour' | 'gallery', suffix: string): Record<string, string> {
  const at = join(root, 'playground', 'learn', folder)
  const paths = readdirSync(at, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    paths
      .filter((path) => path.endsWith(suffix))
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(at, path), 'utf8')]),
  )
}

/** What the checker says of a program, as the page shows it. */
export function diagnosticsIn(text: string): readonly Diagnostic[] {
  const modules = {
    standard: sourceOf,
    file: () => undefined,
    standardNames: [...standardModules.keys()],
  }
  const lowered = lowerSource(new Source('program.hocl', text), { host: prelude, modules })
  return diagnosticsOf(lowered, { checks: planChecks })
}

/** Of an endless program so many reactions are enough. */
const ENOUGH = 500

/** How a program ends that is run as its settings say, and what is there then. */
export async function ended(
  text: string,
  { seed = 1, strategy = 'fast', isStochastic, until, isEndless }: LearnSettings,
): Promise<{ readonly kind: OutcomeKind; readonly result: string }> {
  const limits = isEndless && until === undefined ? { reactions: ENOUGH } : { reactions: 20_000 }
  const program = parse(text, { modules: standardModules })
  if (!isStochastic) {
    await using reactor = Reactor.create(program, { seed, strategy, limits })
    const { kind, solution } = await reactor.run()
    return { kind, result: print(solution) }
  }
  const simulation = new Simulation(program.first(seed), {
    ...{ seed, clock: () => 0 },
    limits: { ...limits, depth: 1_000 },
    ...(until !== undefined && { until }),
  })
  const { kind, solution } = await simulation.run()
  return { kind, result: print(solution) }
}

function sourceOf(path: string): Source | undefined {
  const text = standardModules.get(path)
  return text === undefined ? undefined : new Source(path, text)
}
