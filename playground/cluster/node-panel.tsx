import type { VNode } from 'preact'
import { copiesText } from './copies-text.ts'
import { counted, grouped } from '../app/wording.ts'
import { hueOf } from './hues.ts'
import type { KindView, MoleculeView, ShardView } from './messages.ts'
import type { NodeGroup } from './node-groups.ts'

interface NodePanelProps {
  readonly group: NodeGroup
  readonly onKill: (name: string) => void
  readonly onLeave?: (name: string) => void
}

/** A node with its shards. */
export function NodePanel({ group, onKill, onLeave }: NodePanelProps): VNode {
  const { name, place, node, shards } = group
  const title = name ?? 'Nobody yet'
  return (
    <section class={`node ${place}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span class="about">{aboutOf(group)}</span>
        {name !== undefined && node !== undefined && (
          <span class="node-buttons">
            {onLeave !== undefined && (
              <button
                type="button"
                aria-label={`Let ${name} leave`}
                disabled={node.state === 'leaving'}
                onClick={() => {
                  onLeave(name)
                }}
              >
                Leave
              </button>
            )}
            <button
              type="button"
              class="danger"
              aria-label={`Kill ${name}`}
              onClick={() => {
                onKill(name)
              }}
            >
              Kill
            </button>
          </span>
        )}
      </header>
      {node?.trouble !== undefined && (
        <p class="trouble" role="alert">
          {node.trouble}
        </p>
      )}
      <div class="shards">
        {shards.map((shard) => (
          <ShardCard key={shard.shard} {...{ shard }} />
        ))}
      </div>
    </section>
  )
}

function aboutOf({ place, node, shards }: NodeGroup): string {
  const holds = counted(shards.length, 'shard')
  if (place === 'gone') return `gone: others take ${holds} over`
  if (place === 'nobody') return holds
  if (node?.state === 'coming') return 'starts …'
  if (node?.state === 'leaving') return 'gives its shards away …'
  return holds
}

function ShardCard({ shard }: { readonly shard: ShardView }): VNode {
  const { isOutside, isInert, reactions, commits, molecules, distinct, entries, kinds } = shard
  const name = isOutside ? 'entrance' : `shard ${String(shard.shard)}`
  const isMany = distinct > entries.length
  return (
    <article
      class={isInert ? 'shard inert' : 'shard'}
      data-shard={shard.shard}
      aria-label={`${name}, ${counted(molecules, 'molecule')}`}
    >
      <p class="shard-name">
        <span>{name}</span>
        {shard.claims > 1 && (
          <span class="claims" title="How many owners it has had">
            owner {String(shard.claims)}
          </span>
        )}
        <span class="figures">
          {counted(reactions, 'reaction')} · {counted(commits, 'record')}
        </span>
      </p>
      <ul>
        {isMany
          ? kinds.map((kind) => <Kind key={kind.group} {...{ kind }} />)
          : entries.map((molecule) => <Molecule key={molecule.text} {...{ molecule }} />)}
        {entries.length === 0 && <li class="none">{isInert ? 'empty' : 'nothing yet'}</li>}
      </ul>
    </article>
  )
}

function Molecule({ molecule }: { readonly molecule: MoleculeView }): VNode {
  const { text, group, copies } = molecule
  return (
    <li class="chip" style={{ '--hue': String(hueOf(group)) }}>
      <code>{text}</code>
      {copies !== 1 && <sup>{copiesText(copies)}</sup>}
    </li>
  )
}

function Kind({ kind: { group, molecules } }: { readonly kind: KindView }): VNode {
  return (
    <li class="chip many" style={{ '--hue': String(hueOf(group)) }}>
      <code>{group}</code>
      <sup>×{grouped(molecules)}</sup>
    </li>
  )
}
