import type { VNode } from 'preact'
import type { Breakpoint } from '../../session/messages.ts'
import { Icon } from '../icons.tsx'
import type { ViewProps } from '../views.ts'

/** Where runs stop: after the reactions of rules, and when patterns match. */
export function BreakpointsPane({ workbench, state }: ViewProps): VNode {
  const { breakpoints, program } = state
  const rules = new Set(breakpoints.flatMap((each) => (each.kind === 'rule' ? [each.name] : [])))
  const patterns = breakpoints.filter((each) => each.kind === 'pattern')
  const toggle = (name: string): void => {
    workbench.breakpoints = rules.has(name)
      ? breakpoints.filter((each) => each.kind !== 'rule' || each.name !== name)
      : [...breakpoints, { kind: 'rule', name }]
  }
  const add = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.currentTarget
    if (!(form instanceof HTMLFormElement)) return
    const typed = new FormData(form).get('pattern')
    const breakpoint = typeof typed === 'string' ? patternOf(typed) : undefined
    if (breakpoint === undefined) return
    workbench.breakpoints = [...breakpoints, breakpoint]
    form.reset()
  }
  return (
    <div class="breakpoints-pane">
      <fieldset>
        <legend>Stop when one of these rules has reacted</legend>
        {program?.rules.length === 0 && <p class="empty">The program has no named rules.</p>}
        {program?.rules.map(({ name, text }) => (
          <label key={name} class="check" title={text}>
            <input
              type="checkbox"
              checked={rules.has(name)}
              onChange={() => {
                toggle(name)
              }}
            />
            <code>{name}</code>
          </label>
        ))}
      </fieldset>
      <form onSubmit={add}>
        <label class="field">
          <span>Stop when patterns match</span>
          <input name="pattern" placeholder="x, y if x > 5" spellcheck={false} autocomplete="off" />
        </label>
        <button type="submit">Add</button>
      </form>
      <ul>
        {patterns.map((each) => (
          <li key={textOf(each)}>
            <code>{textOf(each)}</code>
            <button
              type="button"
              class="tool"
              aria-label={`Remove ${textOf(each)}`}
              onClick={() => {
                workbench.breakpoints = breakpoints.filter((other) => other !== each)
              }}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** `x, y if x > 5`: the patterns, and when they count. */
function patternOf(text: string): Breakpoint | undefined {
  const [pattern = '', ...conditions] = text.split(/\bif\b/)
  if (pattern.trim() === '') return undefined
  const when = conditions.join('if').trim()
  return { kind: 'pattern', pattern: pattern.trim(), ...(when !== '' && { when }) }
}

function textOf({ pattern, when }: Extract<Breakpoint, { kind: 'pattern' }>): string {
  return when === undefined ? pattern : `${pattern} if ${when}`
}
