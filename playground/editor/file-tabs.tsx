import type { VNode } from 'preact'
import { Icon } from '../app/icons.tsx'
import { Tabs } from '../app/tabs.tsx'
import type { ViewProps } from '../app/views.ts'

/** The files of the program; the first one runs. */
export function FileTabs({ workbench, state }: ViewProps): VNode {
  const { files, library, active } = state
  const shown = library === undefined ? files : [...files, library]
  const tabs = shown.map(({ name }) => ({ id: name, title: titleOf(name) }))
  const add = (): void => {
    const names = new Set(files.map(({ name }) => name))
    let number = 1
    while (names.has(`module-${String(number)}.hocl`)) number++
    workbench.add({ name: `module-${String(number)}.hocl`, text: '' })
  }
  return (
    <Tabs
      name="files"
      label="Files"
      tabs={tabs}
      active={active}
      onChoose={(name) => {
        workbench.show(name)
      }}
    >
      <button type="button" class="tool" aria-label="New file" title="New file" onClick={add}>
        <Icon name="add" />
      </button>
    </Tabs>
  )
}

/** `hocl.sets` of the address of a standard module. */
function titleOf(name: string): string {
  return name.replace(/^hocl:stdlib\/(.*)\.hocl$/, 'hocl.$1')
}
