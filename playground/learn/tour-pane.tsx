import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { DrawerViewProps, ViewProps } from '../app/views.ts'
import { Blocks, Line } from './blocks.tsx'
import type { LearnContent } from './content.ts'
import type { Learning } from './learning.ts'
import type { Target } from './markdown.ts'
import { OwnProgram } from './own-program.tsx'
import type { Lesson } from './tour.ts'
import { useLearning } from './use-learning.ts'
import './learn.css'

/** The lesson that is open, beside its program. */
export function TourPane({ workbench, state, onDrawer }: DrawerViewProps): VNode {
  const [learning, { lesson, content, own }] = useLearning(workbench)
  const text = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void learning.openTour()
  }, [learning])
  useEffect(() => {
    text.current?.scrollTo(0, 0)
  }, [lesson])
  useEffect(() => {
    learning.look()
  }, [learning, state.result])
  if (lesson === undefined || content === undefined) return <p class="empty">The tour is coming.</p>

  const onGo = (to: Target): void => {
    if (to.kind === 'lesson') void learning.go(to.at)
    else void learning.openProgram(to.at)
    if (to.kind === 'gallery') onDrawer('gallery')
  }
  const { before, after, links, title } = lesson
  return (
    <div class="tour">
      <LessonChoice {...{ learning, lesson, content }} />
      <div class="lesson" ref={text} tabIndex={0} role="region" aria-label="Lesson">
        <h3>{title}</h3>
        <Blocks {...{ blocks: before, onGo }} />
        <LessonProgram {...{ workbench, state, lesson, learning }} />
        <Blocks {...{ blocks: after, onGo }} />
        <LessonTrial {...{ workbench, state, lesson, learning, onGo }} />
        <h4>Go on</h4>
        <Blocks {...{ blocks: [{ kind: 'list', items: links }], onGo }} />
        {own !== undefined && <OwnProgram {...{ learning, onDrawer }} />}
      </div>
      <LessonSteps {...{ learning, lesson, content }} />
    </div>
  )
}

interface LessonProps {
  readonly learning: Learning
  readonly lesson: Lesson
}

interface PlaceProps extends LessonProps {
  readonly content: LearnContent
}

function LessonChoice({ learning, lesson, content: { lessons } }: PlaceProps): VNode {
  const { done } = learning.state
  return (
    <div class="tour-line">
      <select
        aria-label="Lesson"
        value={lesson.name}
        onChange={(event) => {
          void learning.go(event.currentTarget.value)
        }}
      >
        {lessons.map(({ name, number, title }) => (
          <option key={name} value={name}>
            {`${String(number)}. ${title}${done.has(name) ? ' ✓' : ''}`}
          </option>
        ))}
      </select>
    </div>
  )
}

function LessonSteps({ learning, lesson, content: { lessons } }: PlaceProps): VNode {
  return (
    <div class="tour-line steps">
      <button
        type="button"
        disabled={learning.lessonBeside(-1) === undefined}
        onClick={() => void learning.previous()}
      >
        Previous
      </button>
      <span class="soft">
        {lesson.number} of {lessons.length}
        {learning.state.done.has(lesson.name) && <span class="done"> done</span>}
      </span>
      <button
        type="button"
        class="primary"
        disabled={learning.lessonBeside(1) === undefined}
        onClick={() => void learning.next()}
      >
        Next
      </button>
    </div>
  )
}

/** The program as the lesson has it; what runs is what is in the editor, with whatever the reader made of it. */
function LessonProgram({ lesson, workbench, learning, state }: LessonProps & ViewProps): VNode {
  return (
    <>
      <pre>{lesson.program}</pre>
      <div class="acts">
        <button
          type="button"
          onClick={() => {
            workbench.toggle()
          }}
        >
          {state.session.status === 'running' ? 'Pause' : 'Run it'}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            learning.reset()
          }}
        >
          Reset
        </button>
      </div>
      <Outcome result={lesson.result} />
    </>
  )
}

interface LessonTrialProps extends LessonProps, ViewProps {
  readonly onGo: (to: Target) => void
}

function LessonTrial({ lesson: { trial }, workbench, learning, onGo }: LessonTrialProps): VNode {
  return (
    <>
      <h4>Try</h4>
      <p>
        <Line content={trial.content} onGo={onGo} />
      </p>
      <div class="acts">
        <button
          type="button"
          onClick={() => {
            learning.tryChange()
            workbench.send({ kind: 'run' })
          }}
        >
          Try it
        </button>
      </div>
      <Outcome result={trial.result} />
    </>
  )
}

function Outcome({ result }: { readonly result: string }): VNode {
  return (
    <details>
      <summary>What comes out</summary>
      <pre>{result}</pre>
    </details>
  )
}
