import type { VNode } from 'preact'
import { PLACES, perSecondAt, placeOf, speedText } from './speed.ts'
import type { ViewProps } from './views.ts'

/** How fast reactions follow one another, on a logarithmic scale. */
export function SpeedSlider({ workbench, state }: ViewProps): VNode {
  const text = speedText(state.perSecond)
  return (
    <label class="speed">
      <span>Speed</span>
      <input
        type="range"
        min={0}
        max={PLACES}
        value={placeOf(state.perSecond)}
        aria-label="Speed in reactions"
        aria-valuetext={text}
        onInput={(event) => {
          workbench.perSecond = perSecondAt(Number(event.currentTarget.value))
        }}
      />
      <output>{text}</output>
    </label>
  )
}
