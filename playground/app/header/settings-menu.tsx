import type { VNode } from 'preact'
import { strategies } from '../../keep/project-data.ts'
import type { RunLimits, RunSettings } from '../../session/messages.ts'
import type { ViewProps } from '../views.ts'
import { Menu } from './menu.tsx'

/** How the program runs: what is drawn by chance, which reaction goes next, how far. */
export function SettingsMenu({ workbench, state }: ViewProps): VNode {
  const { settings, program } = state
  const change = (changed: Partial<RunSettings>): void => {
    workbench.settings = { ...settings, ...changed }
  }
  return (
    <Menu label="Settings" icon="settings">
      <label class="field">
        <span>Seed: the same seed gives the same course</span>
        <input
          type="number"
          min={0}
          max={Number.MAX_SAFE_INTEGER}
          value={settings.seed}
          onChange={(event) => {
            const seed = event.currentTarget.valueAsNumber
            if (Number.isSafeInteger(seed) && seed >= 0) change({ seed })
          }}
        />
      </label>
      <label class="field">
        <span>Strategy: which reaction goes next</span>
        <select
          value={settings.strategy}
          disabled={settings.isStochastic}
          onChange={(event) => {
            const strategy = strategies.find((each) => each === event.currentTarget.value)
            if (strategy !== undefined) change({ strategy })
          }}
        >
          {strategies.map((strategy) => (
            <option key={strategy} value={strategy}>
              {strategy}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={settings.isStochastic}
          onChange={(event) => {
            change({ isStochastic: event.currentTarget.checked })
          }}
        />
        <span>
          Stochastic: rules with rates react in simulated time
          {program?.hasRates === true && !settings.isStochastic && (
            <em> (this program has rates)</em>
          )}
        </span>
      </label>
      <fieldset>
        <legend>Stop a run after</legend>
        <LimitField
          {...{ settings, change }}
          name="reactions"
          label="reactions"
          title="So many reactions"
        />
        <LimitField
          {...{ settings, change }}
          name="milliseconds"
          label="milliseconds"
          title="So many milliseconds"
        />
        <LimitField
          {...{ settings, change }}
          name="molecules"
          label="molecules"
          title="More molecules than"
        />
      </fieldset>
    </Menu>
  )
}

interface LimitFieldProps {
  readonly settings: RunSettings
  readonly change: (changed: Partial<RunSettings>) => void
  readonly name: keyof RunLimits
  readonly label: string
  readonly title: string
}

function LimitField({ settings, change, name, label, title }: LimitFieldProps): VNode {
  return (
    <label class="limit">
      <input
        type="number"
        min={0}
        placeholder="no limit"
        aria-label={title}
        value={settings.limits[name] ?? ''}
        onChange={(event) => {
          const limit = event.currentTarget.valueAsNumber
          const { [name]: _, ...others } = settings.limits
          const isLimit = Number.isSafeInteger(limit) && limit >= 0
          change({ limits: isLimit ? { ...others, [name]: limit } : others })
        }}
      />
      <span>{label}</span>
    </label>
  )
}
