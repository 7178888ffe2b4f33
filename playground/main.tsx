import { render } from 'preact'
import './styles/base.css'
import './styles/layout.css'
import './styles/panes.css'
import './styles/menus.css'
import { App } from './app/app.tsx'
import { beginning } from './app/beginning.ts'
import { seenOf } from './app/seen.ts'
import { Workbench } from './app/workbench.ts'
import { localStore } from './keep/storage.ts'

const page = document.getElementById('page')
if (page === null) throw new Error('index.html has a place for the page')

const isEmbedded = new URLSearchParams(location.search).get('embed') === '1'
const { project, view, trouble, before } = beginning(
  location.hash,
  isEmbedded ? undefined : localStore(),
)
const workbench = new Workbench(project)
// Whichever view is on the screen, what happens is remembered for the others.
seenOf(workbench)
if (trouble !== undefined) workbench.notify(trouble, 'trouble')
if (before !== undefined)
  workbench.notify('The program of the link is open.', 'plain', {
    label: 'Back to mine',
    act: () => {
      workbench.open(before)
    },
  })
// What is written from here on is kept in the browser; the link would bring back what it holds.
if (!isEmbedded && location.hash !== '')
  history.replaceState(null, '', location.pathname + location.search)
render(<App {...{ workbench, view, isEmbedded }} />, page)

// Another link in the same page: what it holds takes the place of what is there.
addEventListener('hashchange', () => {
  const { project: linked, trouble: wrong } = beginning(location.hash, undefined)
  if (wrong !== undefined) workbench.notify(wrong, 'trouble')
  else if (location.hash !== '') workbench.replace(linked, 'The program of the link is open.')
})

/** So long after the page, in milliseconds, what keeps it begins to fetch: not while somebody waits for the editor. */
const KEPT_AFTER = 3_000

// With it the page works without a network.
if (import.meta.env.PROD && !isEmbedded && 'serviceWorker' in navigator)
  addEventListener('load', () => {
    setTimeout(() => {
      navigator.serviceWorker.register('./offline.js').catch(() => undefined)
    }, KEPT_AFTER)
  })
