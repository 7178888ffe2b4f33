import { useEffect, useState } from 'preact/hooks'
import type { Workbench } from '../app/workbench.ts'
import { Learning } from './learning.ts'
import type { LearningState } from './learning.ts'
import { Progress } from './progress.ts'

/** One for each workbench: a drawer that is closed forgets nothing. */
const learnings = new WeakMap<Workbench, Learning>()

function learningAt(workbench: Workbench): Learning {
  let learning = learnings.get(workbench)
  if (learning === undefined) {
    const load = () => import('virtual:learn-content')
    learning = new Learning(workbench, load, new Progress(() => localStorage))
    learnings.set(workbench, learning)
  }
  return learning
}

/** The tour and the gallery of a page, and what is open of them; the component is drawn again when that changes. */
export function useLearning(workbench: Workbench): readonly [Learning, LearningState] {
  const learning = learningAt(workbench)
  const [state, setState] = useState(learning.state)
  useEffect(() => {
    setState(learning.state)
    return learning.subscribe(() => {
      setState(learning.state)
    })
  }, [learning])
  return [learning, state]
}
