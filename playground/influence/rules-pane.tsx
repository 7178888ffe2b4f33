import { useEffect, useState } from 'preact/hooks'
import type { VNode } from 'preact'
import { GraphView } from '../graph/graph-view.tsx'
import type { RuleFigures } from '../history/recording.ts'
import type { SourceFile } from '../session/messages.ts'
import type { InfluenceKind } from './influence.ts'
import type { InfluenceMap } from './influence-of-program.ts'

interface RulesProps {
  readonly files: readonly [SourceFile, ...SourceFile[]]
  readonly figures: readonly RuleFigures[]
  /** Reactions that were not told one by one. */
  readonly skipped: number
}

/** How often each rule reacted, and which rule can make which other one possible. */
export function RulesPane({ files, figures, skipped }: RulesProps): VNode {
  return (
    <div class="rules-pane">
      <Figures figures={figures} skipped={skipped} />
      <Influences files={files} />
    </div>
  )
}

/** Reactions of each rule as bars, with what each reaction takes and gives. */
export function Figures({ figures, skipped }: Omit<RulesProps, 'files'>): VNode {
  const most = Math.max(1, ...figures.map(({ reactions }) => reactions))
  const all = figures.reduce((sum, { reactions }) => sum + reactions, 0)
  if (figures.length === 0)
    return (
      <p class="empty">
        {skipped === 0
          ? 'Rules are counted here as they react.'
          : 'It ran too fast for each reaction to be told. Slow it down to see its rules.'}
      </p>
    )
  return (
    <section aria-label="Reactions by rule">
      <table class="rules-table">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Reactions</th>
            <th scope="col">Share</th>
            <th scope="col" title="Molecules that a reaction takes, on average">
              Takes
            </th>
            <th scope="col" title="Molecules that a reaction gives, on average">
              Gives
            </th>
            <th
              scope="col"
              title="Time to find and do its reactions, searches in vain before them among it"
            >
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ rule, reactions, taken, given, cost }) => (
            <tr key={rule}>
              <th scope="row">
                <code title={rule}>{rule}</code>
              </th>
              <td>
                <span class="rules-bar" aria-hidden="true">
                  <i style={{ inlineSize: `${(100 * reactions) / most}%` }} />
                </span>
                {reactions.toLocaleString('en')}
              </td>
              <td>{`${Math.round((100 * reactions) / all)} %`}</td>
              <td>{mean(taken, reactions)}</td>
              <td>{mean(given, reactions)}</td>
              <td>{duration(cost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {skipped > 0 && (
        <p class="rules-note">
          {`${skipped.toLocaleString('en')} more reactions went too fast to be told one by one.`}
        </p>
      )}
    </section>
  )
}

function duration(milliseconds: number): string {
  return `${milliseconds.toLocaleString('en', { maximumSignificantDigits: 2 })} ms`
}

function mean(sum: number, n: number): string {
  return String(Number((sum / n).toPrecision(3)))
}

const VERBS: Readonly<Record<InfluenceKind, string>> = {
  gives: 'gives what it takes',
  makes: 'gives the rule itself',
  opens: 'changes what it looks into',
}

/** Which rule can enable which, as a graph and as a list. */
function Influences({ files }: Pick<RulesProps, 'files'>): VNode {
  const map = useInfluence(files)
  if (map === undefined) return <p class="empty">Looking at the rules …</p>
  if (map.rules.length === 0) return <p class="empty">This program has no rules.</p>
  const { rules, influences, omitted } = map
  const nodes = rules.map(({ name, text }, i) => ({
    ...{ id: String(i), label: name, title: text },
    kind: 'rule' as const,
  }))
  const edges = influences.map(({ from, to, kind }) => ({
    ...{ from: String(from), to: String(to), isDashed: kind === 'opens' },
    title: `${rules[from]?.name ?? ''} → ${rules[to]?.name ?? ''}: ${VERBS[kind]}`,
  }))
  return (
    <section aria-label="Which rule can enable which">
      <h2>Which rule can enable which</h2>
      <p class="rules-note">
        An arrow leads to a rule that a reaction may make possible; a dashed one, by what happens in
        a solution that the rule looks into. What the texts do not tell is taken to be possible.
      </p>
      <div class="causes-graph" tabIndex={0} role="region" aria-label="Graph">
        <GraphView name="Influence of rules on one another" nodes={nodes} edges={edges} />
      </div>
      {omitted > 0 && <p class="rules-note">{`${omitted} more rules are left out.`}</p>}
      <details>
        <summary>As a list</summary>
        <ul class="rules-list">
          {rules.map(({ name }, from) => {
            const ends = influences.filter((each) => each.from === from)
            return (
              <li key={from}>
                <code>{name}</code>
                {ends.length === 0
                  ? ' enables no rule'
                  : ` can enable ${ends.map(({ to }) => rules[to]?.name ?? '').join(', ')}`}
              </li>
            )
          })}
        </ul>
      </details>
      <Costs rules={rules} />
    </section>
  )
}

/** What it costs to find what a rule takes: the steps of its searches, as they are planned. */
function Costs({ rules }: Pick<InfluenceMap, 'rules'>): VNode {
  return (
    <details>
      <summary>What each search costs</summary>
      <dl class="rules-costs">
        {rules.map(({ name, searches, inOneGo }, i) => (
          <div key={i}>
            <dt>
              <code>{name}</code>
            </dt>
            {inOneGo !== undefined && <dd>{`Where many are new, in one go: ${inOneGo}`}</dd>}
            {searches.map(({ as, steps }, j) => (
              <dd key={j}>
                {as === undefined ? 'When the rule is new: ' : `When ${as} is new: `}
                {steps.length === 0 ? 'nothing is looked for' : steps.join('; ')}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  )
}

/** Undefined until the texts have been read; they are read again after a pause in typing. */
function useInfluence(files: RulesProps['files']): InfluenceMap | undefined {
  const [map, setMap] = useState<InfluenceMap>()
  useEffect(() => {
    let isOver = false
    const timer = setTimeout(() => {
      void import('./influence-of-program.ts').then(({ influenceOfProgram }) => {
        if (!isOver) setMap(influenceOfProgram(files))
      })
    }, 200)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [files])
  return map
}
