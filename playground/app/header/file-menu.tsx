import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { savedAs } from '../../keep/bundle.ts'
import { openFiles } from '../open-files.ts'
import { startingProject } from '../starting-project.ts'
import type { ViewProps } from '../views.ts'
import { Menu, closeMenu } from './menu.tsx'

/** Programs from files and into them. */
export function FileMenu({ workbench, state }: ViewProps): VNode {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <Menu label="File" icon="file">
      <div class="menu-list">
        <button
          type="button"
          class="quiet"
          onClick={(event) => {
            closeMenu(event.currentTarget)
            chooser.current?.click()
          }}
        >
          Open .hocl or .zip …
        </button>
        <button
          type="button"
          class="quiet"
          onClick={(event) => {
            closeMenu(event.currentTarget)
            save(savedAs(state.files))
          }}
        >
          Save {state.files.length === 1 ? state.files[0].name : 'all files as ZIP'}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={(event) => {
            closeMenu(event.currentTarget)
            workbench.replace(startingProject, 'A first program is there again.')
          }}
        >
          Start over
        </button>
      </div>
      <p class="note">What you write is kept in this browser by itself.</p>
      <input
        ref={chooser}
        type="file"
        accept=".hocl,.zip,text/plain"
        multiple
        hidden
        aria-label="Open files"
        onChange={(event) => {
          void openFiles(workbench, [...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </Menu>
  )
}

function save({ name, bytes, type }: ReturnType<typeof savedAs>): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 10_000)
}
