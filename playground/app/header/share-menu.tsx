import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { commandLine, typeScript } from '../../keep/copy-as.ts'
import { fragmentOf } from '../../keep/share-link.ts'
import type { ViewProps } from '../views.ts'
import { Menu, closeMenu } from './menu.tsx'

interface ShareMenuProps extends ViewProps {
  /** What is looked at: a link opens there. */
  readonly view: string
}

/** A link to the program as it is now, and other forms of it to copy. */
export function ShareMenu({ workbench, state, view }: ShareMenuProps): VNode {
  const [link, setLink] = useState('')
  useEffect(() => {
    const later = setTimeout(() => {
      setLink(linkTo(fragmentOf(state, view)))
    }, 200)
    return () => {
      clearTimeout(later)
    }
  }, [state.files, state.settings, state.perSecond, view])
  const copy = (text: () => string, told: string) => (event: Event) => {
    closeMenu(event.currentTarget)
    navigator.clipboard.writeText(text()).then(
      () => {
        workbench.notify(told)
      },
      () => {
        workbench.notify('The browser does not let the page copy.', 'trouble')
      },
    )
  }
  const now = (): string => linkTo(fragmentOf(state, view))
  return (
    <Menu label="Share" icon="share">
      <label class="field">
        <span>Link to this program, its settings and this view</span>
        <input
          class="link"
          readOnly
          value={link}
          onFocus={(event) => {
            event.currentTarget.select()
          }}
        />
      </label>
      <div class="menu-list">
        <button type="button" class="primary" onClick={copy(now, 'The link is copied.')}>
          Copy link
        </button>
        <button
          type="button"
          class="quiet"
          onClick={copy(() => embedding(now()), 'The HTML is copied.')}
        >
          Copy as HTML to embed
        </button>
        <button
          type="button"
          class="quiet"
          onClick={copy(() => commandLine(state), 'The command line is copied.')}
        >
          Copy as command line
        </button>
        <button
          type="button"
          class="quiet"
          onClick={copy(() => typeScript(state), 'The TypeScript program is copied.')}
        >
          Copy as TypeScript
        </button>
      </div>
    </Menu>
  )
}

function linkTo(fragment: string): string {
  return new URL(fragment, new URL(location.pathname, location.origin)).href
}

/** The program in a frame of another page. */
function embedding(link: string): string {
  const url = new URL(link)
  url.search = '?embed=1'
  return `<iframe src="${url.href}" title="A HOCL program" width="100%" height="420" style="border: 0" loading="lazy"></iframe>`
}
