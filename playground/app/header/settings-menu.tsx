import type { VNode } from 'preact'
import { strategies } from '../../keep/project-data.ts'
import type { RunLimits, RunSettings } from '../../session/messages.ts'
import type { ViewProps } from '../views.ts'
import { NumberField } from '../number-field.tsx'
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
        <NumberField
          min={0}
          max={Number.MAX_SAFE_INTEGER}
          value={settings.seed}
          onNumber={(seed) => {
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
      <Limits {...{ settings, change }} />
    </Menu>
  )
}

interface LimitsProps {
  readonly settings: RunSettings
  readonly change: (changed: Partial<RunSettings>) => void
}

const limits: readonly Pick<LimitFieldProps, 'name' | 'label' | 'title'>[] = [
  { name: 'reactions', label: 'reactions', title: 'So many reactions' },
  { name: 'milliseconds', label: 'milliseconds', title: 'So many milliseconds' },
  { name: 'molecules', label: 'molecules', title: 'More molecules than' },
  { name: 'until', label: 'units of simulated time', title: 'So much simulated time' },
]

function Limits({ settings, change }: LimitsProps): VNode {
  return (
    <fieldset>
      <legend>Stop a run after</legend>
      {limits
        .filter(({ name }) => name !== 'until' || settings.isStochastic)
        .map((each) => (
          <LimitField key={each.name} {...{ settings, change }} {...each} />
        ))}
    </fieldset>
  )
}

interface LimitFieldProps extends LimitsProps {
  readonly name: keyof RunLimits
  readonly label: string
  readonly title: string
}

function LimitField({ settings, change, name, label, title }: LimitFieldProps): VNode {
  return (
    <label class="limit">
      <NumberField
        min={0}
        step={name === 'until' ? 'any' : 1}
        placeholder="no limit"
        name={title}
        value={settings.limits[name]}
        onNumber={(limit) => {
          const { [name]: _, ...others } = settings.limits
          const isWhole = Number.isSafeInteger(limit) || name === 'until'
          const isLimit = isWhole && limit >= 0
          change({ limits: isLimit ? { ...others, [name]: limit } : others })
        }}
      />
      <span>{label}</span>
    </label>
  )
}
