import type { VNode } from 'preact'
import { Icon } from './icons.tsx'
import type { IconName } from './icons.tsx'
import { SpeedSlider } from './speed-slider.tsx'
import { fragmentOf } from '../keep/share-link.ts'
import type { ViewProps } from './views.ts'
import { counted, grouped, statusText } from './wording.ts'

interface RunBarProps extends ViewProps {
  readonly isEmbedded: boolean
  readonly view: string
  /** Told when somebody lets something happen. */
  readonly onAct: () => void
}

/** What makes the program go, and where it stands. */
export function RunBar({ workbench, state, isEmbedded, view, onAct }: RunBarProps): VNode {
  const { session, program } = state
  const isRunning = session.status === 'running'
  const canRun = state.isStale || program?.canRun === true
  const canGoBack = session.position > session.recorded.first
  return (
    <section class="run-bar" aria-label="Run">
      <button
        type="button"
        class="primary"
        title="Ctrl+Enter"
        disabled={!canRun}
        onClick={() => {
          workbench.toggle()
          onAct()
        }}
      >
        <Icon name={isRunning ? 'pause' : 'run'} />
        {isRunning ? 'Pause' : 'Run'}
      </button>
      <Tool
        icon="back"
        label="Step back"
        keys="Shift+F10"
        isOff={!canGoBack}
        act={() => {
          workbench.back()
          onAct()
        }}
      />
      <Tool
        icon="step"
        label="Step"
        keys="F10"
        isOff={!canRun || isRunning}
        act={() => {
          workbench.step()
          onAct()
        }}
      />
      <Tool
        icon="finish"
        label="Run to inert"
        keys="Ctrl+Shift+Enter"
        isOff={!canRun}
        act={() => {
          workbench.finish()
          onAct()
        }}
      />
      <Tool
        icon="stop"
        label="Stop"
        keys="Esc"
        isOff={!isRunning}
        act={() => {
          workbench.stop()
        }}
      />
      <Tool
        icon="reset"
        label="Back to the beginning"
        keys=""
        isOff={false}
        act={() => {
          workbench.load()
        }}
      />
      <SpeedSlider {...{ workbench, state }} />
      <Standing {...{ session }} />
      {isEmbedded && (
        <a class="outside" href={`./${fragmentOf(state, view)}`} target="_blank" rel="noopener">
          Open in the playground
        </a>
      )}
    </section>
  )
}

/** Where the run stands. */
function Standing({ session }: Pick<ViewProps['state'], 'session'>): VNode {
  return (
    <p class="status">
      <span class="dot" data-status={session.status} />
      <span role="status">{statusText(session)}</span>
      <span class="figures">
        {counted(session.position, 'reaction')}
        {session.position < session.reactions && ` of ${grouped(session.reactions)}`}
        {session.time !== undefined && ` · t = ${String(Number(session.time.toPrecision(4)))}`}
      </span>
    </p>
  )
}

interface ToolProps {
  readonly icon: IconName
  readonly label: string
  readonly keys: string
  readonly isOff: boolean
  readonly act: () => void
}

function Tool({ icon, label, keys, isOff, act }: ToolProps): VNode {
  return (
    <button
      type="button"
      class="tool"
      aria-label={label}
      title={keys === '' ? label : `${label} (${keys})`}
      disabled={isOff}
      onClick={act}
    >
      <Icon name={icon} />
    </button>
  )
}
