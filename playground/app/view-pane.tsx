import type { VNode } from 'preact'
import { Tabs } from './tabs.tsx'
import type { View, ViewProps } from './views.ts'

interface ViewPaneProps extends ViewProps {
  readonly name: string
  readonly label: string
  readonly views: readonly View[]
  readonly active: string
  readonly onChoose: (id: string) => void
}

/** Views that share a place, one at a time. */
export function ViewPane(props: ViewPaneProps): VNode {
  const { name, label, views, active, onChoose, workbench, state } = props
  const there = views.filter(({ isThere }) => isThere?.(state) !== false)
  const shown = there.find(({ id }) => id === active) ?? there[0]
  const tabs = there.map(({ id, title, badge }) => ({
    ...{ id, title },
    ...(badge !== undefined && { badge: badge(state) }),
  }))
  return (
    <section class={`pane ${name}`} aria-label={label}>
      <Tabs {...{ name, label, tabs, onChoose }} active={shown?.id ?? ''} />
      <div
        id={`panel-${name}`}
        class="pane-body"
        role="tabpanel"
        aria-labelledby={`tab-${name}-${shown?.id ?? ''}`}
      >
        {shown !== undefined && <shown.Component {...{ workbench, state }} />}
      </div>
    </section>
  )
}
