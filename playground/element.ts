/*
 * `<hocl-playground>`: a program in a page, which can be run there. Its text is the program:
 *
 *     <script type="module" src="https://…/playground/hocl-playground.js"></script>
 *     <hocl-playground view="picture" speed="4"><pre>
 *       &lt;1, 2, replace x, y by x + y&gt;
 *     </pre></hocl-playground>
 *
 * It is the playground itself in a frame: this script is small, and what is run there cannot reach the page.
 */
import { standardSettings } from './app/starting-project.ts'
import { strategies } from './keep/project-data.ts'
import { fragmentOf } from './keep/share-link.ts'

/** The attributes: `name`, `seed`, `strategy`, `stochastic`, `speed` and `view`; `height` is a CSS length. */
class HoclPlayground extends HTMLElement {
  static readonly observedAttributes = ['seed', 'strategy', 'stochastic', 'speed', 'view', 'height']

  connectedCallback(): void {
    this.#draw()
  }

  attributeChangedCallback(): void {
    if (this.shadowRoot !== null) this.#draw()
  }

  #draw(): void {
    const frame = document.createElement('iframe')
    // Beside this script, wherever that was loaded from.
    frame.src = new URL(/* @vite-ignore */ `./?embed=1${this.#fragment()}`, import.meta.url).href
    frame.title = this.getAttribute('aria-label') ?? 'A HOCL program'
    frame.loading = 'lazy'
    frame.allow = 'clipboard-write'
    frame.style.cssText = 'display: block; width: 100%; height: 100%; border: 0'
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    const style = document.createElement('style')
    const height = this.getAttribute('height') ?? '420px'
    style.textContent = ':host { display: block }'
    this.style.height = height
    root.replaceChildren(style, frame)
  }

  #fragment(): string {
    const name = this.getAttribute('name') ?? 'main.hocl'
    const seed = Number(this.getAttribute('seed') ?? 1)
    const strategy = strategies.find((each) => each === this.getAttribute('strategy')) ?? 'fast'
    const speed = Number(this.getAttribute('speed') ?? 2)
    const settings = { ...standardSettings, seed, strategy }
    return fragmentOf(
      {
        files: [{ name, text: unindented(this.textContent) }],
        settings: { ...settings, isStochastic: this.hasAttribute('stochastic') },
        perSecond: speed > 0 ? speed : Infinity,
      },
      this.getAttribute('view') ?? undefined,
    )
  }
}

/** A text without the blanks that all its lines begin with. */
function unindented(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n')
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const indent = Math.min(...indents)
  return `${lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0)).join('\n')}\n`
}

if (customElements.get('hocl-playground') === undefined)
  customElements.define('hocl-playground', HoclPlayground)
