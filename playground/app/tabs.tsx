import type { ComponentChildren, VNode } from 'preact'

export interface Tab {
  readonly id: string
  readonly title: string
  readonly badge?: number
}

interface TabsProps {
  /** Tells the tabs of the page apart. */
  readonly name: string
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly active: string
  readonly onChoose: (id: string) => void
  readonly children?: ComponentChildren
}

/** A row of tabs; arrow keys go from one to the next. */
export function Tabs({ name, label, tabs, active, onChoose, children }: TabsProps): VNode {
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = tabs.findIndex(({ id }) => id === active) + step
    const next =
      tabs[Number.isFinite(at) ? (at + tabs.length) % tabs.length : at < 0 ? 0 : tabs.length - 1]
    if (next === undefined) return
    onChoose(next.id)
    document.getElementById(`tab-${name}-${next.id}`)?.focus()
  }
  return (
    <div class="tab-row">
      <div role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(({ id, title, badge }) => (
          <button
            key={id}
            id={`tab-${name}-${id}`}
            type="button"
            role="tab"
            aria-selected={id === active}
            aria-controls={`panel-${name}`}
            tabIndex={id === active ? 0 : -1}
            onClick={() => {
              onChoose(id)
            }}
          >
            {title}
            {badge !== undefined && badge > 0 && <span class="badge">{badge}</span>}
          </button>
        ))}
      </div>
      {children}
    </div>
  )
}
