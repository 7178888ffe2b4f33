import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { counted, grouped } from '../app/wording.ts'
import type { ListedNode, ListedSolution } from './messages.ts'
import { serverAddress } from './server-address.ts'
import type { ServerCluster } from './server-cluster.ts'
import { useShown } from './shown.ts'
import { SolutionOnNodes } from './solution-on-nodes.tsx'

interface ServerClusterViewProps {
  readonly cluster: ServerCluster
}

/** A real cluster: where it is, what is there, and one solution of it. */
export function ServerClusterView({ cluster }: ServerClusterViewProps): VNode {
  const { phase, url, solutions, listedNodes, watched, view, result, nodes, trouble } =
    useShown(cluster)
  return (
    <>
      {phase === 'there' ? (
        <p class="cluster-status">
          <span class="dot ended" />
          <strong role="status">Connected to {url}</strong>
          <button
            type="button"
            onClick={() => {
              cluster.leave()
            }}
          >
            Disconnect
          </button>
        </p>
      ) : (
        <ServerForm {...{ cluster }} isConnecting={phase === 'connecting'} />
      )}
      {trouble !== undefined && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      {phase === 'there' && (
        <Solutions
          {...{ solutions, listedNodes }}
          watched={watched?.solution}
          onWatch={(solution) => {
            cluster.watch(solution)
          }}
        />
      )}
      {watched !== undefined && view !== undefined && (
        <>
          <div class="watched">
            <h2>{watched.solution}</h2>
            <button
              type="button"
              class="primary"
              disabled={nodes.length > 0 || view.state === 'cancelled'}
              onClick={() => {
                cluster.join()
              }}
            >
              Join as a node
            </button>
            <span class="note-inline">
              The node runs in this page: the program of the server reacts in a thread of your
              browser.
            </span>
          </div>
          <SolutionOnNodes
            {...{ view, result, nodes }}
            onKill={(name) => {
              cluster.kill(name)
            }}
            onLeave={(name) => {
              cluster.leaveWith(name)
            }}
          />
        </>
      )}
    </>
  )
}

interface ServerFormProps {
  readonly cluster: ServerCluster
  readonly isConnecting: boolean
}

function ServerForm({ cluster, isConnecting }: ServerFormProps): VNode {
  const [trouble, setTrouble] = useState<string>()
  const connect = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.currentTarget
    if (!(form instanceof HTMLFormElement)) return
    const typed = new FormData(form)
    const read = (name: string): string | undefined => {
      const value = typed.get(name)
      return typeof value === 'string' && value !== '' ? value : undefined
    }
    const address = serverAddress(read('server') ?? '')
    if ('trouble' in address) {
      setTrouble(address.trouble)
      return
    }
    setTrouble(undefined)
    const [user, password, token] = [read('user'), read('password'), read('token')]
    cluster.connect({
      url: address.url,
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
      ...(token !== undefined && { token }),
    })
  }
  return (
    <form class="server-form" onSubmit={connect}>
      <label class="field wide">
        <span>NATS server, by WebSocket</span>
        <input
          name="server"
          placeholder="ws://127.0.0.1:8080"
          autocomplete="off"
          spellcheck={false}
          aria-invalid={trouble !== undefined}
        />
      </label>
      <label class="field">
        <span>User (if it asks)</span>
        <input name="user" autocomplete="off" />
      </label>
      <label class="field">
        <span>Password</span>
        <input name="password" type="password" autocomplete="off" />
      </label>
      <label class="field">
        <span>or token</span>
        <input name="token" type="password" autocomplete="off" />
      </label>
      <button type="submit" class="primary" disabled={isConnecting}>
        {isConnecting ? 'Connecting …' : 'Connect'}
      </button>
      {trouble !== undefined && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      <p class="note-inline">
        The page connects to this server and to no other. Nothing that you type here is kept.
      </p>
    </form>
  )
}

interface SolutionsProps {
  readonly solutions: readonly ListedSolution[]
  readonly listedNodes: readonly ListedNode[]
  readonly watched: string | undefined
  readonly onWatch: (solution: string) => void
}

function Solutions({ solutions, listedNodes, watched, onWatch }: SolutionsProps): VNode {
  return (
    <div class="listed">
      {solutions.length === 0 ? (
        <p class="empty">
          There is no solution at this server. <code>hocl cluster submit FILE</code> gives it one.
        </p>
      ) : (
        <table>
          <caption class="unseen">Solutions at the server</caption>
          <thead>
            <tr>
              <th scope="col">Solution</th>
              <th scope="col">State</th>
              <th scope="col">Reactions</th>
              <th scope="col">Inert</th>
              <th scope="col">Program</th>
              <th scope="col">
                <span class="unseen">Watch</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {solutions.map(({ solution, state, reactions, inert, shards, program, why }) => (
              <tr key={solution} title={why ?? ''}>
                <td>{solution}</td>
                <td>{state}</td>
                <td>{grouped(reactions)}</td>
                <td>
                  {inert}/{shards}
                </td>
                <td>{program}</td>
                <td>
                  <button
                    type="button"
                    aria-label={`Watch ${solution}`}
                    aria-pressed={solution === watched}
                    onClick={() => {
                      onWatch(solution)
                    }}
                  >
                    Watch
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="note-inline">
        {listedNodes.length === 0
          ? 'No node is at this server.'
          : `${counted(listedNodes.length, 'node')}: ${listedNodes.map(({ node }) => node).join(', ')}`}
      </p>
      {listedNodes.map(
        ({ node, trouble }) =>
          trouble !== undefined && (
            <p key={node} class="trouble">
              {node}, in {trouble}
            </p>
          ),
      )}
    </div>
  )
}
