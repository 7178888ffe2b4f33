import type { VNode } from 'preact'
import type { DiagnosticForm } from '../../session/messages.ts'
import { reveal } from '../reveal.ts'
import { codePage } from '../wording.ts'
import type { ViewProps } from '../views.ts'

/** What is wrong or odd about the program; each leads to its place and to a page about it. */
export function ProblemsPane({ state, workbench }: ViewProps): VNode {
  const { diagnostics } = state
  if (diagnostics.length === 0) return <p class="empty">No problems.</p>
  return (
    <ul class="problems">
      {diagnostics.map((diagnostic, i) => (
        <Problem
          key={i}
          diagnostic={diagnostic}
          onOpen={() => {
            workbench.show(diagnostic.labels[0].file)
            reveal(diagnostic.labels[0])
          }}
        />
      ))}
    </ul>
  )
}

interface ProblemProps {
  readonly diagnostic: DiagnosticForm
  readonly onOpen: () => void
}

function Problem({ diagnostic, onOpen }: ProblemProps): VNode {
  const { code, severity, title, hint, labels } = diagnostic
  const [{ file, line, column }] = labels
  return (
    <li class={severity}>
      <button type="button" class="place" onClick={onOpen}>
        <span class="severity">{severity}</span> {title}
        <span class="where">
          {file}:{line}:{column}
        </span>
      </button>
      {labels.map(({ text }, i) => text !== '' && <p key={i}>{text}</p>)}
      {hint !== undefined && <p class="hint">{hint}</p>}
      <a href={codePage(code)} target="_blank" rel="noreferrer">
        About {code}
      </a>
    </li>
  )
}
