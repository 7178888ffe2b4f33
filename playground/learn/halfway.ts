import type { SolutionValue } from '../../interpreter/index.ts'
import { standardModules } from '../../stdlib/index.ts'
import { Reactor, Simulation, parse } from '../../vm/index.ts'
import type { Program } from '../../vm/index.ts'
import { solutionForm } from '../session/forms.ts'
import type { SolutionForm } from '../session/messages.ts'
import { Numbering } from '../session/numbering.ts'
import type { GalleryProgram } from './gallery.ts'
import type { LearnSettings } from './settings.ts'

/** A run that is longer than that is looked at after half of it. */
const MOST_REACTIONS = 400
const MOST_ENTRIES = 400
const MOST_RULES = 12

/** What a program looks like in the midst of its run, which says more of it than its beginning or its end. */
export async function halfway({ text, path, settings }: GalleryProgram): Promise<SolutionForm> {
  const program = parse(text, { name: `${path}.hocl`, modules: standardModules })
  const { reactions } = await after(MOST_REACTIONS, program, settings)
  const { solution } = await after(Math.floor(reactions / 2), program, settings)
  const form = solutionForm(solution, MOST_ENTRIES, { numbering: new Numbering(), isInert: false })
  return withoutCrowds(form)
}

/** The rules of a module would fill the picture, and say nothing of the program: where there are too many, none is shown. */
function withoutCrowds(form: SolutionForm): SolutionForm {
  const isCrowd = form.entries.filter(({ kind }) => kind === 'rule').length > MOST_RULES
  const entries = form.entries
    .filter(({ kind }) => !isCrowd || kind !== 'rule')
    .map((entry) => ({
      ...entry,
      ...(entry.inside !== undefined && { inside: entry.inside.map(withoutCrowds) }),
    }))
  return { ...form, entries, distinct: entries.length }
}

interface Course {
  readonly reactions: number
  readonly solution: SolutionValue
}

async function after(
  most: number,
  program: Program,
  { seed = 1, strategy = 'random', isStochastic }: LearnSettings,
): Promise<Course> {
  const limits = { reactions: most, depth: 1_000 }
  if (isStochastic)
    return new Simulation(program.first(seed), { seed, limits, clock: () => 0 }).run()
  await using reactor = Reactor.create(program, { seed, strategy, limits })
  return await reactor.run()
}
