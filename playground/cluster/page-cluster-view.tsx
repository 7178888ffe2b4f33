import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { NumberField } from '../app/number-field.tsx'
import { Icon } from '../app/icons.tsx'
import type { WorkbenchState } from '../app/workbench.ts'
import { MOST_NODES } from './page-cluster.ts'
import type { PageCluster } from './page-cluster.ts'
import type { Refusal } from './messages.ts'
import { useShown } from './shown.ts'
import { SolutionOnNodes } from './solution-on-nodes.tsx'

const paces: readonly (readonly [perSecond: number, name: string])[] = [
  [2, 'Slow: 2 records a second'],
  [8, 'Calm: 8 records a second'],
  [50, 'Brisk: 50 records a second'],
  [Infinity, 'As fast as possible'],
]

interface PageClusterViewProps {
  readonly cluster: PageCluster
  readonly state: WorkbenchState
}

/** A cluster inside the page, and what it is told to do. */
export function PageClusterView({ cluster, state }: PageClusterViewProps): VNode {
  const { phase, nodes, refusals, view, result, isPaused, trouble } = useShown(cluster)
  return (
    <>
      <ClusterBar {...{ cluster, state }} />
      {phase === 'none' && (
        <p class="empty">
          Nodes share one solution: each holds some shards of it, and molecules go to where they
          find what they can react with. Start the program of the editor on some nodes, each a
          thread of its own, and end one while it runs: nothing is lost.
        </p>
      )}
      {phase === 'refused' && <Refusals {...{ refusals }} />}
      {trouble !== undefined && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      {view !== undefined && (
        <SolutionOnNodes
          {...{ view, result, nodes, isPaused }}
          onKill={(name) => {
            cluster.kill(name)
          }}
        />
      )}
    </>
  )
}

/** What starts a cluster, and how fast it goes. */
function ClusterBar({ cluster, state }: PageClusterViewProps): VNode {
  const { phase, nodes, perSecond, isPaused } = useShown(cluster)
  const [wanted, setWanted] = useState({ nodes: 3, shards: 6 })
  const isOn = phase === 'on' || phase === 'starting'
  const start = (): void => {
    const { files, settings } = state
    cluster.start({ files, settings, ...wanted })
  }
  return (
    <div class="cluster-bar" role="group" aria-label="Cluster">
      <button type="button" class="primary" onClick={start}>
        <Icon name={isOn ? 'reset' : 'run'} />
        {isOn ? 'Start anew' : 'Start cluster'}
      </button>
      <button
        type="button"
        disabled={phase !== 'on'}
        aria-pressed={isPaused}
        onClick={() => {
          cluster.pause(!isPaused)
        }}
      >
        <Icon name={isPaused ? 'run' : 'pause'} />
        {isPaused ? 'Go on' : 'Pause'}
      </button>
      <button
        type="button"
        disabled={phase !== 'on' || nodes.length >= MOST_NODES}
        onClick={() => {
          cluster.add()
        }}
      >
        <Icon name="add" />
        Add a node
      </button>
      <button
        type="button"
        disabled={!isOn}
        onClick={() => {
          cluster.stop()
        }}
      >
        <Icon name="stop" />
        Stop
      </button>
      <Count
        label="Nodes"
        value={wanted.nodes}
        most={MOST_NODES}
        onChange={(value) => {
          setWanted({ ...wanted, nodes: value })
        }}
      />
      <Count
        label="Shards"
        value={wanted.shards}
        most={64}
        onChange={(value) => {
          setWanted({ ...wanted, shards: value })
        }}
      />
      <label class="field">
        <span>Pace</span>
        <select
          value={String(perSecond)}
          onChange={(event) => {
            cluster.perSecond = Number(event.currentTarget.value)
          }}
        >
          {paces.map(([each, name]) => (
            <option key={each} value={String(each)}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

interface CountProps {
  readonly label: string
  readonly value: number
  readonly most: number
  readonly onChange: (value: number) => void
}

function Count({ label, value, most, onChange }: CountProps): VNode {
  return (
    <label class="field count">
      <span>{label}</span>
      <NumberField
        min={1}
        max={most}
        value={value}
        onNumber={(typed) => {
          if (Number.isInteger(typed)) onChange(Math.min(most, Math.max(1, typed)))
        }}
      />
    </label>
  )
}

/** Why the program is not for nodes, as the command line says it. */
function Refusals({ refusals }: { readonly refusals: readonly Refusal[] }): VNode {
  return (
    <div class="refusals" role="alert">
      <p>This program cannot run on a cluster:</p>
      <ul class="problems">
        {refusals.map(({ code, title, hint, place }, i) => (
          <li key={i} class="error">
            <strong>{title}</strong>
            {place !== undefined && <span class="where"> {place}</span>}
            {hint !== undefined && <p class="hint">{hint}</p>}
            {code !== undefined && <p class="where">{code}</p>}
          </li>
        ))}
      </ul>
    </div>
  )
}
